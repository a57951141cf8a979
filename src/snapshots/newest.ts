import type { Catalogue, ListedSnapshot } from './catalogue.js';

/** The snapshots that a person asks for first. */
export interface NewestSnapshots {
  /** Newest first. */
  readonly newest: readonly ListedSnapshot[];
  /** How many there are, these included. */
  readonly total: number;
}

/** @param most How many are wanted at most. */
export async function newestSnapshots(
  catalogue: Catalogue,
  most: number,
  signal?: AbortSignal,
): Promise<NewestSnapshots> {
  const all: ListedSnapshot[] = [];
  for await (const snapshot of catalogue.list(signal)) all.push(snapshot);
  all.sort((one, other) => other.lastModified - one.lastModified || other.serial - one.serial);
  return { newest: all.slice(0, most), total: all.length };
}
