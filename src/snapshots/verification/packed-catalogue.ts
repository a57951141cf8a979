import { parseSnapshotKey } from '../../names/snapshot-key.js';
import type { ListedSnapshot } from '../catalogue.js';
import { type CataloguedSnapshot, type IndexEntry, withSnapshot } from '../index/catalogue-index.js';
import { type KeyRange, type ListRange, rangesOf } from '../index/reconcile.js';
import { oldestFirst } from './finding.js';

/**
 * One catalogue in little memory: names are unpacked when they are asked for. A million snapshots, 100 of each of 10,000 states,
 * would fill a gigabyte as objects.
 */
export class PackedCatalogue {
  readonly #prefix: string;
  readonly #names: string[] = [];
  readonly #bytes: number[] = [];
  readonly #storedAt: number[] = [];
  #entry: IndexEntry | undefined;

  /** @param prefix Of the catalogue; all that is added lies directly below it. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  add(snapshot: ListedSnapshot): void {
    const { key, bytes, storedAt } = snapshot;
    this.#entry = withSnapshot(this.#entry, snapshot);
    // A part of a text keeps the whole of it in memory; decoded anew, it stands alone.
    this.#names.push(Buffer.from(key.slice(this.#prefix.length), 'latin1').toString('latin1'));
    this.#bytes.push(bytes);
    this.#storedAt.push(storedAt);
  }

  /** What an index has of all that was added. */
  get entry(): IndexEntry | undefined {
    return this.#entry;
  }

  /** All, each once, oldest first. */
  snapshots(): readonly ListedSnapshot[] {
    const byName = new Map<string, ListedSnapshot>();
    for (const [index, name] of this.#names.entries()) {
      const key = this.#prefix + name;
      const parsed = parseSnapshotKey(key, this.#prefix);
      const [bytes = 0, storedAt = 0] = [this.#bytes[index], this.#storedAt[index]];
      if (parsed) byName.set(name, { ...parsed, key, bytes, storedAt });
    }
    return [...byName.values()].sort(oldestFirst);
  }
}

/** Catalogues by state path. */
export type PackedCatalogues = ReadonlyMap<string, PackedCatalogue>;

/**
 * Lists all catalogues of a bucket, several parts at a time.
 *
 * @param statePaths Where the parts may be cut, in the order of S3. They need not have catalogues.
 */
export async function gatherCatalogues(
  list: ListRange,
  statePaths: readonly string[],
  signal?: AbortSignal,
): Promise<PackedCatalogues> {
  const catalogues = new Map<string, PackedCatalogue>();
  const gather = async (range: KeyRange) => {
    for await (const snapshot of list(range, signal)) catalogueOf(catalogues, snapshot).add(snapshot);
  };
  await Promise.all(rangesOf(statePaths).map(gather));
  return catalogues;
}

function catalogueOf(
  catalogues: Map<string, PackedCatalogue>,
  { key, statePath }: CataloguedSnapshot,
): PackedCatalogue {
  const known = catalogues.get(statePath);
  if (known) return known;
  const made = new PackedCatalogue(key.slice(0, key.lastIndexOf('/') + 1));
  catalogues.set(statePath, made);
  return made;
}
