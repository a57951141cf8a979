import type { CatalogueIndex, IndexEntries, IndexEntry } from '../index/catalogue-index.js';
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
 * Compares an index with a listing of all catalogues, and makes it anew of what is there.
 *
 * @param known Absent where there is none, or none that can be read.
 * @param now Milliseconds since the Unix epoch.
 */
export function reconcile(
  known: CatalogueIndex | undefined,
  catalogues: PackedCatalogues,
  now: number,
): Reconciliation {
  const entries = entriesOf(catalogues);
  const differences = known ? differencesBetween(known.entries, entries) : [];
  const missing = differences.filter(({ kind }) => kind === 'missing');
  return {
    index: {
      entries,
      reconciledAt: now,
      ...(known?.retentionHash !== undefined && { retentionHash: known.retentionHash }),
      ...(known?.comparedUpTo !== undefined && { comparedUpTo: known.comparedUpTo }),
    },
    findings: missing.flatMap(({ statePath }) => {
      const mark = known?.entries.get(statePath)?.verified;
      return mark ? [{ key: statePath, statePath, doubt: { kind: 'vanished', mark } }] : [];
    }),
    behind: differences.length - missing.length,
  };
}

function entriesOf(catalogues: PackedCatalogues): IndexEntries {
  const entries = new Map<string, IndexEntry>();
  for (const [path, { entry }] of catalogues) if (entry) entries.set(path, entry);
  return entries;
}
