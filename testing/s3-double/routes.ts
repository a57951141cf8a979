import type { Handler } from './context.js';
import { s3Error } from './errors.js';
import * as buckets from './operations/buckets.js';
import * as deletes from './operations/deletes.js';
import * as listings from './operations/listings.js';
import * as multipart from './operations/multipart.js';
import * as reads from './operations/object-reads.js';
import * as writes from './operations/object-writes.js';
import * as tagging from './operations/tagging.js';
import type { S3Request } from './request.js';

export interface Route {
  readonly method: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** The query parameter, or the header, that tells this operation from the plain one of its method. */
  readonly sign?: string;
  /** The permission that the operation needs, as in a policy. */
  readonly action: string;
  readonly handle: Handler;
}

/** Every operation. The first that fits is taken, so a plain one stands behind those with a sign. */
const routes: readonly Route[] = [
  { method: 'GET', on: 'service', action: 's3:ListAllMyBuckets', handle: buckets.listBuckets },

  {
    method: 'GET',
    on: 'bucket',
    sign: 'location',
    action: 's3:GetBucketLocation',
    handle: buckets.getBucketLocation,
  },
  {
    method: 'GET',
    on: 'bucket',
    sign: 'versioning',
    action: 's3:GetBucketVersioning',
    handle: buckets.getBucketVersioning,
  },
  {
    method: 'PUT',
    on: 'bucket',
    sign: 'versioning',
    action: 's3:PutBucketVersioning',
    handle: buckets.putBucketVersioning,
  },
  {
    method: 'GET',
    on: 'bucket',
    sign: 'encryption',
    action: 's3:GetEncryptionConfiguration',
    handle: buckets.getBucketEncryption,
  },
  {
    method: 'GET',
    on: 'bucket',
    sign: 'versions',
    action: 's3:ListBucketVersions',
    handle: listings.listObjectVersions,
  },
  {
    method: 'GET',
    on: 'bucket',
    sign: 'uploads',
    action: 's3:ListBucketMultipartUploads',
    handle: multipart.listMultipartUploads,
  },
  { method: 'GET', on: 'bucket', sign: 'list-type', action: 's3:ListBucket', handle: listings.listObjects },
  { method: 'POST', on: 'bucket', sign: 'delete', action: 's3:DeleteObject', handle: deletes.deleteObjects },
  { method: 'GET', on: 'bucket', action: 's3:ListBucket', handle: listings.listObjectsV1 },
  { method: 'HEAD', on: 'bucket', action: 's3:ListBucket', handle: buckets.headBucket },
  { method: 'PUT', on: 'bucket', action: 's3:CreateBucket', handle: buckets.createBucket },
  { method: 'DELETE', on: 'bucket', action: 's3:DeleteBucket', handle: buckets.deleteBucket },

  {
    method: 'GET',
    on: 'object',
    sign: 'tagging',
    action: 's3:GetObjectTagging',
    handle: tagging.getObjectTagging,
  },
  {
    method: 'PUT',
    on: 'object',
    sign: 'tagging',
    action: 's3:PutObjectTagging',
    handle: tagging.putObjectTagging,
  },
  {
    method: 'DELETE',
    on: 'object',
    sign: 'tagging',
    action: 's3:DeleteObjectTagging',
    handle: tagging.deleteObjectTagging,
  },
  {
    method: 'POST',
    on: 'object',
    sign: 'uploads',
    action: 's3:PutObject',
    handle: multipart.createMultipartUpload,
  },
  { method: 'PUT', on: 'object', sign: 'uploadId', action: 's3:PutObject', handle: multipart.uploadPart },
  {
    method: 'POST',
    on: 'object',
    sign: 'uploadId',
    action: 's3:PutObject',
    handle: multipart.completeMultipartUpload,
  },
  {
    method: 'DELETE',
    on: 'object',
    sign: 'uploadId',
    action: 's3:AbortMultipartUpload',
    handle: multipart.abortMultipartUpload,
  },
  {
    method: 'PUT',
    on: 'object',
    sign: 'x-amz-copy-source',
    action: 's3:PutObject',
    handle: writes.copyObject,
  },
  { method: 'GET', on: 'object', action: 's3:GetObject', handle: reads.getObject },
  { method: 'HEAD', on: 'object', action: 's3:GetObject', handle: reads.getObject },
  { method: 'PUT', on: 'object', action: 's3:PutObject', handle: writes.putObject },
  { method: 'DELETE', on: 'object', action: 's3:DeleteObject', handle: deletes.deleteObject },
];

/** Parameters that stand for operations which the double does not have. Without this they would pass for plain ones. */
const unknownSigns = [
  'acl',
  'attributes',
  'cors',
  'legal-hold',
  'lifecycle',
  'object-lock',
  'policy',
  'restore',
  'retention',
  'torrent',
];

/** @throws S3Error `NotImplemented`, `MethodNotAllowed` */
export function findRoute({ method, bucket, key, query, headers }: Omit<S3Request, 'body'>): Route {
  const signs = new Set([...query.keys(), ...Object.keys(headers)]);
  const unknown = unknownSigns.find((sign) => query.has(sign));
  if (unknown) throw s3Error('NotImplemented', { Resource: `?${unknown}` });
  const on = key !== '' ? 'object' : bucket !== '' ? 'bucket' : 'service';
  const route = routes.find(
    (each) => each.method === method && each.on === on && (each.sign === undefined || signs.has(each.sign)),
  );
  if (!route) throw s3Error('MethodNotAllowed', { Method: method });
  return route;
}
