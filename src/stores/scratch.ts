import type { StateBucket } from '../config/settings.js';
import { digestId } from '../names/digest-id.js';
import type { Scratch } from '../snapshots/verification/scratch.js';
import type { StateSource } from '../state/state-source.js';
import type { ConnectedDynamodb, ConnectedS3 } from './aws/clients.js';

/** Where a drill takes place. */
export interface ScratchPlace {
  readonly backend: Pick<StateBucket, 'bucket' | 'encryption' | 'acl'>;
  /** Of all drills; ends with `/`. */
  readonly drills: string;
  /** Of this one. */
  readonly folder: string;
  /** That of the states; absent where there are no digests. */
  readonly table?: string;
}

/** How it is reached. */
export interface ScratchConnections {
  readonly stateS3: () => Promise<ConnectedS3>;
  readonly dynamodb: () => Promise<ConnectedDynamodb>;
  readonly openSource: (path: string) => Promise<StateSource>;
}

/**
 * A place for drills. Whenever there is a digest there is its object: so whoever lists the objects finds all that a drill that was
 * killed has left.
 */
export async function scratchAt(
  { backend, drills, folder, table }: ScratchPlace,
  { stateS3, dynamodb, openSource }: ScratchConnections,
): Promise<Scratch> {
  const { putScratch, deleteScratch, listScratch } = await import('./s3/scratch-objects.js');
  const { putDigest, deleteDigest } = await import('./dynamodb/digest-writing.js');
  const { bucket } = backend;
  const s3 = await stateS3();
  const itemOf = (path: string) => table !== undefined && { table, id: digestId(bucket, path) };
  return {
    folder,
    open: openSource,
    async put(path, { body, md5 }, signal) {
      await putScratch(s3, backend, { path, body, signal });
      const item = itemOf(path);
      if (item) await putDigest(await dynamodb(), item, { md5, signal });
    },
    async remove(path, signal) {
      const item = itemOf(path);
      if (item) await deleteDigest(await dynamodb(), item, signal);
      await deleteScratch(s3, bucket, { path, signal });
    },
    list: (signal) => listScratch(s3, { bucket, folder: drills }, signal),
  };
}
