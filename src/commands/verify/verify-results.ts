import { type Finding, isRed } from '../../snapshots/verification/finding.js';
import type { CatalogueReport } from './check-catalogue.js';
import type { DrillOutcome } from './drill/drill.js';
import type { Overview } from './overview.js';

/** What a verification tells of. */
export interface VerifyResults {
  readonly overview: Overview;
  readonly totals: Totals;
  readonly findings: SortedFindings;
  /** Acknowledged keys that stand for nothing that was found. */
  readonly unmatched: readonly string[];
  readonly drill?: DrillResults;
  /** Milliseconds. */
  readonly tookMs: number;
}

export interface Totals {
  /** State paths that were looked at, and how many of these have no state any more. */
  readonly states: number;
  readonly gone: number;
  /** In their catalogues, and how many of these were read. */
  readonly snapshots: number;
  readonly checked: number;
  /** That were read. */
  readonly bytes: number;
}

/** Each in the order of state paths. */
export interface SortedFindings {
  /** What nobody has acknowledged, and must not be green. */
  readonly red: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly acknowledged: readonly Finding[];
}

export interface DrillResults {
  /** The client that listed the states; absent where there is none. */
  readonly client?: string;
  readonly outcomes: Readonly<Record<DrillOutcome['kind'], number>>;
  /** Of drills that were killed. */
  readonly leftOvers: number;
  /** Why the drill could not go on. */
  readonly failure?: unknown;
}

export function totalsOf(reports: readonly CatalogueReport[]): Totals {
  const sum = (of: (report: CatalogueReport) => number) =>
    reports.reduce((total, report) => total + of(report), 0);
  return {
    states: reports.length,
    gone: reports.filter(({ hasState }) => !hasState).length,
    snapshots: sum(({ snapshots }) => snapshots),
    checked: sum(({ checked }) => checked),
    bytes: sum(({ bytes }) => bytes),
  };
}

export function sortFindings(findings: readonly Finding[], acknowledged: readonly string[]): SortedFindings {
  const known = new Set(acknowledged);
  const sorted = [...findings].sort((one, other) => (one.statePath < other.statePath ? -1 : 1));
  const open = sorted.filter(({ key }) => !known.has(key));
  return {
    red: open.filter(isRed),
    warnings: open.filter((finding) => !isRed(finding)),
    acknowledged: sorted.filter(({ key }) => known.has(key)),
  };
}

/** Acknowledged keys that nothing was found of, although it was looked for. */
export function unmatchedKeys(
  acknowledged: readonly string[],
  { findings, unseen }: { readonly findings: readonly Finding[]; readonly unseen: readonly string[] },
): readonly string[] {
  const known = new Set([...findings.map(({ key }) => key), ...unseen]);
  return acknowledged.filter((key) => !known.has(key));
}
