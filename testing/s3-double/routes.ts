import type { Handler } from './context.js';
import { s3Error } from './errors.js';
import * as buckets from './operations/buckets.js';
import * as deletes from './operations/deletes.js';
import * as listings from './operations/listings.js';
import * as locks from './operations/object-lock.js';
import * as reads from './operations/object-reads.js';
import * as writes from './operations/object-writes.js';
import type { S3Request } from './request.js';

export type Route = readonly [
  method: string,
  on: 'bucket' | 'object',
  /** The query parameter, or the header, that tells this operation from the plain one of its method; empty for that. */
  sign: string,
  /** The permission that the operation needs, as in a policy. */
  action: string,
  handle: Handler,
];

/** Every operation. The first that fits is taken, so a plain one stands behind those with a sign. */
const routes: readonly Route[] = [
  ['GET', 'bucket', 'versioning', 's3:GetBucketVersioning', buckets.getBucketVersioning],
  ['PUT', 'bucket', 'versioning', 's3:PutBucketVersioning', buckets.putBucketVersioning],
  ['GET', 'bucket', 'object-lock', 's3:GetBucketObjectLockConfiguration', locks.getObjectLockConfiguration],
  ['GET', 'bucket', 'versions', 's3:ListBucketVersions', listings.listObjectVersions],
  ['GET', 'bucket', 'list-type', 's3:ListBucket', listings.listObjects],
  ['POST', 'bucket', 'delete', 's3:DeleteObject', deletes.deleteObjects],
  ['HEAD', 'bucket', '', 's3:ListBucket', buckets.headBucket],
  ['PUT', 'bucket', '', 's3:CreateBucket', buckets.createBucket],
  ['GET', 'object', 'retention', 's3:GetObjectRetention', locks.getObjectRetention],
  ['PUT', 'object', 'retention', 's3:PutObjectRetention', locks.putObjectRetention],
  ['GET', 'object', 'legal-hold', 's3:GetObjectLegalHold', locks.getObjectLegalHold],
  ['PUT', 'object', 'legal-hold', 's3:PutObjectLegalHold', locks.putObjectLegalHold],
  ['GET', 'object', 'tagging', 's3:GetObjectTagging', reads.getObjectTagging],
  ['PUT', 'object', 'x-amz-copy-source', 's3:PutObject', writes.copyObject],
  ['GET', 'object', '', 's3:GetObject', reads.getObject],
  ['HEAD', 'object', '', 's3:GetObject', reads.getObject],
  ['PUT', 'object', '', 's3:PutObject', writes.putObject],
  ['DELETE', 'object', '', 's3:DeleteObject', deletes.deleteObject],
];

/** Parameters that stand for operations which the double does not have. Without this they would pass for plain ones. */
const unknownSigns = [
  ...['acl', 'attributes', 'restore', 'torrent', 'uploadId', 'uploads'],
  ...['cors', 'encryption', 'lifecycle', 'location', 'policy'],
];

/** @throws S3Error `NotImplemented`, `MethodNotAllowed` */
export function findRoute({ method, bucket, key, query, headers }: Omit<S3Request, 'body'>): Route {
  const signs = new Set(['', ...query.keys(), ...Object.keys(headers)]);
  const unknown = unknownSigns.find((sign) => query.has(sign));
  if (unknown) throw s3Error('NotImplemented', { Resource: `?${unknown}` });
  const wanted = key === '' ? 'bucket' : 'object';
  const route = routes.find(([verb, on, sign]) => verb === method && on === wanted && signs.has(sign));
  if (!route || bucket === '') throw s3Error('MethodNotAllowed', { Method: method });
  return route;
}
