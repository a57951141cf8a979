import { nameStart, parseSnapshotKey } from '../src/names/snapshot-key.js';
import type { Catalogue, Snapshot } from '../src/snapshots/catalogue.js';

/** A catalogue in this process. */
export interface MemoryCatalogue extends Catalogue {
  /** What was stored, by key. */
  readonly snapshots: Map<string, Snapshot>;
}

/** @param options.snapshots What is there already, also of other state paths. */
export function memoryCatalogue({
  bucket = 'backups',
  prefix = 'lockkeeper/states/network/terraform.tfstate/',
  snapshots = new Map<string, Snapshot>(),
} = {}): MemoryCatalogue {
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
      return { body: piecesOf(found.body), recorded: found.metadata };
    },
    async *list(signal, writtenAt) {
      const start = prefix + (writtenAt === undefined ? '' : nameStart(writtenAt));
      for (const { key, body } of snapshots.values()) {
        signal?.throwIfAborted();
        const name = parseSnapshotKey(key, prefix);
        if (name && key.startsWith(start))
          yield { ...name, key, bytes: body.length, storedAt: name.lastModified };
      }
    },
    async remove(keys, { signal }) {
      signal?.throwIfAborted();
      return keys.map((key) => {
        snapshots.delete(key);
        return { kind: 'removed', key };
      });
    },
  };
}

async function* piecesOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  const half = Math.ceil(body.length / 2);
  yield body.subarray(0, half);
  yield body.subarray(half);
}
