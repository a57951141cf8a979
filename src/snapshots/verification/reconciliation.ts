import type { CatalogueIndex, IndexEntry } from '../index/catalogue-index.js';
import { differencesBetween } from '../index/reconcile.js';
import type { Finding } from './finding.js';
import type { PackedCatalogues } from './packed-catalogue.js';

/** An index made anew, and what was wrong with the one before. */
export interface Reconciliation {
  readonly index: CatalogueIndex;
  /** Snapshots that it knew, and that are gone. */
  readonly findings: readonly Finding[];
  /** Of how many states it did not know the newest: jobs took snapshots, or removed old ones, without it. */
  readonly behind: number;
}

/**
 * Compares an index with a listing of all catalogues, and makes it anew of what is there. What it knows, and is not there, stays in
 * it where the state is not meant: nobody would hear of it any more.
 *
 * @param known Absent where there is none, or none that can be read.
 */
export function reconcile(
  known: CatalogueIndex | undefined,
  catalogues: PackedCatalogues,
  { now, isMeant }: Reconciling,
): Reconciliation {
  const entries = entriesOf(catalogues);
  const differences = known ? differencesBetween(known.entries, entries) : [];
  const allMissing = differences.filter(({ kind }) => kind === 'missing');
  const missing = allMissing.filter(({ statePath }) => isMeant(statePath));
  const left = allMissing.filter(({ statePath }) => !isMeant(statePath));
  for (const { statePath } of left) {
    const entry = known?.entries.get(statePath);
    if (entry) entries.set(statePath, entry);
  }
  return {
    index: {
      entries,
      reconciledAt: known && left.length > 0 ? known.reconciledAt : now,
      ...(known?.retentionHash !== undefined && { retentionHash: known.retentionHash }),
      ...(known?.comparedUpTo !== undefined && { comparedUpTo: known.comparedUpTo }),
    },
    findings: missing.flatMap(({ statePath }) => {
      const mark = known?.entries.get(statePath)?.verified;
      return mark ? [{ key: statePath, statePath, doubt: { kind: 'vanished', mark } }] : [];
    }),
    behind: differences.length - allMissing.length,
  };
}

export interface Reconciling {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Whether the findings of this state are told. */
  readonly isMeant: (statePath: string) => boolean;
}

function entriesOf(catalogues: PackedCatalogues): Map<string, IndexEntry> {
  const entries = new Map<string, IndexEntry>();
  for (const [path, { entry }] of catalogues) if (entry) entries.set(path, entry);
  return entries;
}
