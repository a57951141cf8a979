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

/** Objects in the order of their keys, page by page: none of a later page is asked for before it is needed. */
export async function* listObjects(
  s3: ConnectedS3,
  { bucket, prefix, delimiter, startAfter }: Listing,
  signal?: AbortSignal,
): AsyncGenerator<ListedObject> {
  const asked = { action: 's3:ListBucket', container: bucket, signal };
  const place = { Bucket: bucket, Prefix: prefix, Delimiter: delimiter, StartAfter: startAfter };
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({ ...place, ContinuationToken });
    const { Contents = [], NextContinuationToken } = await send(s3, asked, (client, options) =>
      client.send(command, options),
    );
    for (const { Key = '', Size = 0, ETag = '', LastModified } of Contents)
      yield { key: Key, bytes: Size, etag: ETag, lastModified: LastModified?.getTime() };
    if (NextContinuationToken && NextContinuationToken === ContinuationToken) throw inCircles(bucket);
    ContinuationToken = NextContinuationToken;
    // Some stores send an empty one with the last page.
  } while (ContinuationToken);
}

function inCircles(resource: string): BackendError {
  const detail = 'the store answers a request for the next page with the same one again';
  return new BackendError({ kind: 'unexpected', action: 's3:ListBucket', resource, detail });
}
