import type { Catalogue, Snapshot } from '../src/snapshots/catalogue.js';

/** A catalogue in this process. */
export interface MemoryCatalogue extends Catalogue {
  /** What was stored, by key. */
  readonly snapshots: ReadonlyMap<string, Snapshot>;
}

export function memoryCatalogue({
  bucket = 'backups',
  prefix = 'lockkeeper/states/network/terraform.tfstate/',
} = {}): MemoryCatalogue {
  const snapshots = new Map<string, Snapshot>();
  return {
    bucket,
    prefix,
    snapshots,
    async add(snapshot, signal) {
      signal?.throwIfAborted();
      if (snapshots.has(snapshot.key)) return 'already-there';
      snapshots.set(snapshot.key, { ...snapshot, body: Uint8Array.from(snapshot.body) });
      return 'created';
    },
    async open(key, signal) {
      signal?.throwIfAborted();
      const found = snapshots.get(key);
      if (!found) throw new Error(`The catalogue has no snapshot ${key}.`);
      return piecesOf(found.body);
    },
  };
}

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  const half = Math.ceil(body.length / 2);
  yield body.subarray(0, half);
  yield body.subarray(half);
}
