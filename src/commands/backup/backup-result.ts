import type { BackupSettings } from '../../config/settings.js';
import { oldestSnapshotAge, type Stale, staleStates } from './freshness.js';
import { type Outcome, ofKind } from './outcomes.js';

/** What a run has done, for people and for programs. */
export interface BackupResult {
  readonly settings: BackupSettings;
  /** Of all states that are meant, in the order of S3. */
  readonly outcomes: readonly Outcome[];
  readonly stale: readonly Stale[];
  readonly totals: Totals;
  readonly tookMs: number;
}

export interface Totals {
  readonly states: number;
  readonly copied: number;
  readonly wouldCopy: number;
  readonly doubtful: number;
  readonly unchanged: number;
  readonly failed: number;
  /** Snapshots; in a dry run, those that would be removed. */
  readonly pruned: number;
  /** Of the copies that were made. */
  readonly bytes: number;
  readonly oldestAgeMs?: number;
}

export interface RunFacts {
  readonly settings: BackupSettings;
  readonly outcomes: readonly Outcome[];
  /** Both in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly now: number;
}

/** Adds up what became of the states. */
export function resultOf({ settings, outcomes, startedAt, now }: RunFacts): BackupResult {
  const copies = [...ofKind(outcomes, 'copied'), ...ofKind(outcomes, 'doubtful')];
  const oldestAgeMs = oldestSnapshotAge(outcomes, now);
  // What a dry run does not copy, the next run may.
  const maxAgeMs = settings.run.dryRun ? undefined : settings.run.maxAgeMs;
  return {
    settings,
    outcomes,
    stale: staleStates(outcomes, { now, maxAgeMs }),
    tookMs: now - startedAt,
    totals: {
      states: outcomes.length,
      copied: ofKind(outcomes, 'copied').length,
      wouldCopy: ofKind(outcomes, 'would-copy').length,
      doubtful: ofKind(outcomes, 'doubtful').length,
      unchanged: ofKind(outcomes, 'unchanged').length,
      failed: ofKind(outcomes, 'failed').length,
      pruned: sum(outcomes.map(({ pruning }) => pruning?.removed.length ?? 0)),
      bytes: sum(copies.map(({ result }) => (result.created ? result.bytes : 0))),
      ...(oldestAgeMs !== undefined && { oldestAgeMs }),
    },
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
