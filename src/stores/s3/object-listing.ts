import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { BackendError } from '../../job/backend-error.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { send } from '../aws/send.js';

/** An object as a listing shows it. */
export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  /** As S3 gives it, in quotes; empty where a store leaves it out. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch; undefined where a store does not say. */
  readonly lastModified?: number;
}

export interface Listing {
  readonly bucket: string;
  readonly prefix?: string;
  /** What is deeper is left out. */
  readonly delimiter?: '/';
  /** The first is the one after this. */
  readonly startAfter?: string;
}

/**
 * Objects in the order of their keys, page by page: none of a later page is asked for before it is needed. What a store gives
 * beyond what it was asked for is left out, for whoever lists a folder may remove what is in it.
 *
 * @throws BackendError also where the pages do not come to an end, or end before the last: a part is not taken for the whole.
 */
export async function* listObjects(
  s3: ConnectedS3,
  { bucket, prefix, delimiter, startAfter }: Listing,
  signal?: AbortSignal,
): AsyncGenerator<ListedObject> {
  const asked = { action: 's3:ListBucket', container: bucket, signal };
  const place = { Bucket: bucket, Prefix: prefix, Delimiter: delimiter, StartAfter: startAfter };
  const begin = startAfter === undefined ? undefined : Buffer.from(startAfter);
  const isAsked = (key: string) =>
    key.startsWith(prefix ?? '') && (begin === undefined || Buffer.from(key).compare(begin) > 0);
  const known = new Set<string>();
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({ ...place, ContinuationToken });
    const {
      Contents = [],
      NextContinuationToken,
      IsTruncated,
    } = await send(s3, asked, (client, options) => client.send(command, options));
    for (const { Key = '', Size = 0, ETag = '', LastModified } of Contents)
      if (isAsked(Key)) yield { key: Key, bytes: Size, etag: ETag, lastModified: LastModified?.getTime() };
    // Some stores send an empty one with the last page.
    if (!NextContinuationToken && IsTruncated) throw oddPages(bucket, CUT_SHORT);
    if (NextContinuationToken && known.has(NextContinuationToken)) throw oddPages(bucket, IN_CIRCLES);
    known.add(NextContinuationToken ?? '');
    ContinuationToken = NextContinuationToken;
  } while (ContinuationToken);
}

const CUT_SHORT = 'the store says that there are more pages, and not how to ask for the next';
const IN_CIRCLES = 'the store answers a request for the next page with one that it has given before';

function oddPages(resource: string, detail: string): BackendError {
  return new BackendError({ kind: 'unexpected', action: 's3:ListBucket', resource, detail });
}
