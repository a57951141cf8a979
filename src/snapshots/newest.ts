import type { Catalogue, ListedSnapshot } from './catalogue.js';

/** The snapshots that a person asks for first. */
export interface NewestSnapshots {
  /** Newest first. */
  readonly newest: readonly ListedSnapshot[];
  /** How many there are, these included. */
  readonly total: number;
}

/**
 * Goes through a whole catalogue, and keeps no more of it than is wanted: nobody knows how long it is.
 *
 * @param most How many are wanted at most.
 */
export async function newestSnapshots(
  catalogue: Catalogue,
  most: number,
  signal?: AbortSignal,
): Promise<NewestSnapshots> {
  let newest: ListedSnapshot[] = [];
  let total = 0;
  for await (const snapshot of catalogue.list(signal)) {
    newest.push(snapshot);
    total++;
    if (newest.length >= most + SPARE) newest = newest.sort(newestFirst).slice(0, most);
  }
  return { newest: newest.sort(newestFirst).slice(0, most), total };
}

/** So many more are kept before they are sorted: to sort for each would take long where many are wanted. */
const SPARE = 1_000;

/** An order for `sort`. Where all else is the same, keys decide, so that it depends on the snapshots alone. */
export function newestFirst(one: ListedSnapshot, other: ListedSnapshot): number {
  return other.lastModified - one.lastModified || other.serial - one.serial || (one.key < other.key ? 1 : -1);
}
