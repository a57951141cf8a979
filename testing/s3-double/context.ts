import { s3Error } from './errors.js';
import { accessDenied, isDenied, type Permission } from './permissions.js';
import type { S3Request, S3Response } from './request.js';
import type { S3Settings } from './settings.js';
import type { Bucket } from './store.js';

/**
 * Carries out one operation. It is synchronous, and that is what makes the double atomic: between the look at a
 * condition and the write that depends on it no other request can run.
 */
export type Handler = (context: Context) => S3Response;

/** What a handler may use. */
export interface Context {
  readonly request: S3Request;
  readonly accessKeyId: string;
  readonly settings: S3Settings;
  readonly buckets: Map<string, Bucket>;
}

/** @throws S3Error `NoSuchBucket` */
export function findBucket({ buckets, request }: Context, name: string = request.bucket): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw s3Error('NoSuchBucket', { BucketName: name });
  return bucket;
}

/** @throws S3Error `AccessDenied`, in the words of AWS */
export function authorize({ settings, accessKeyId }: Context, permission: Permission): void {
  if (isDenied(settings.deny, permission)) throw accessDenied(accessKeyId, permission);
}
