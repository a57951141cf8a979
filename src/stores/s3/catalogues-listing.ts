import { parseCataloguedKey } from '../../names/snapshot-key.js';
import type { CataloguedSnapshot } from '../../snapshots/index/catalogue-index.js';
import type { KeyRange } from '../../snapshots/index/reconcile.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { listObjects } from './object-listing.js';

/** Where the catalogues of one bucket of states are. */
export interface CataloguesFolder {
  readonly bucket: string;
  /** Ends with `/`. */
  readonly backupPrefix: string;
  readonly statesBucket: string;
}

/** The snapshots of all states, in the order of their keys, from one state path to another. What else lies there is left out. */
export async function* listCatalogues(
  s3: ConnectedS3,
  { bucket, backupPrefix, statesBucket }: CataloguesFolder,
  { after, upTo, signal }: KeyRange & { readonly signal?: AbortSignal | undefined },
): AsyncGenerator<CataloguedSnapshot> {
  const prefix = `${backupPrefix}${statesBucket}/`;
  const startAfter = after === undefined ? undefined : prefix + after;
  const end = upTo === undefined ? undefined : Buffer.from(prefix + upTo);
  for await (const { key, bytes, lastModified } of listObjects(s3, { bucket, prefix, startAfter }, signal)) {
    if (end && Buffer.from(key).compare(end) > 0) return;
    const name = parseCataloguedKey(key, backupPrefix, statesBucket);
    if (name) yield { ...name, key, bytes, storedAt: lastModified ?? Number.POSITIVE_INFINITY };
  }
}
