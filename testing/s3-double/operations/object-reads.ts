import { checkReadConditions } from '../conditions.js';
import { authorize, type Context, findBucket, type Handler } from '../context.js';
import { checkCustomerKey } from '../encryption.js';
import { type S3Error, s3Error } from '../errors.js';
import { checksumHeaders, objectHeaders, versionHeader } from '../object-headers.js';
import { header } from '../request.js';
import { currentVersion, type DeleteMarker, findVersion, type StoredObject } from '../store.js';
import { renderXml } from '../xml.js';

/** GetObject and HeadObject; the server leaves the body of a HEAD away. */
export const getObject: Handler = (context) => {
  const { request } = context;
  const { bucket, key, query, headers } = request;
  const object = locateObject(context, { bucket, key, versionId: query.get('versionId') });
  checkCustomerKey(headers, object.encryption);
  authorizeDecryption(context, object);
  if (!checkReadConditions(headers, object)) {
    return {
      status: 304,
      headers: { etag: object.etag, 'last-modified': object.lastModified.toUTCString() },
    };
  }
  const wanted = header(headers, 'x-amz-checksum-mode')?.toUpperCase() === 'ENABLED';
  return {
    status: 200,
    headers: { ...objectHeaders(object), ...(wanted ? checksumHeaders(object.checksum) : {}) },
    body: object.body,
  };
};

export const getObjectTagging: Handler = (context) => {
  const { bucket, key, query } = context.request;
  const { tags } = locateObject(context, { bucket, key, versionId: query.get('versionId') });
  const Tag = [...tags].map(([Key, Value]) => ({ Key, Value }));
  return { status: 200, headers: {}, body: renderXml('Tagging', { TagSet: { Tag } }) };
};

/** Names an object in any bucket; without a version id, its current version. */
export interface ObjectReference {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string | undefined;
}

/**
 * @throws S3Error `NoSuchKey`, or `AccessDenied` where the caller may not list the bucket; `NoSuchVersion`;
 * `MethodNotAllowed` for a delete marker that is asked for by its id
 */
export function locateObject(context: Context, { bucket, key, versionId }: ObjectReference): StoredObject {
  const stored = findBucket(context, bucket);
  if (versionId !== undefined) {
    const version = findVersion(stored, key, versionId);
    if (version.kind === 'delete-marker')
      throw s3Error('MethodNotAllowed', {}, { headers: markerHeaders(version) });
    return version;
  }
  const version = currentVersion(stored, key);
  if (version?.kind === 'object') return version;
  authorize(context, { action: 's3:ListBucket', resource: bucket });
  throw noSuchKey(key, version);
}

/** Whoever reads what KMS encrypted must be allowed to use the key. */
export function authorizeDecryption(context: Context, { encryption }: StoredObject): void {
  if (encryption.kind === 'aws:kms')
    authorize(context, { action: 'kms:Decrypt', resource: encryption.keyId });
}

function noSuchKey(key: string, marker: DeleteMarker | undefined): S3Error {
  return s3Error('NoSuchKey', { Key: key }, marker ? { headers: markerHeaders(marker) } : {});
}

function markerHeaders(marker: DeleteMarker): Record<string, string> {
  const { 'x-amz-version-id': versionId = 'null' } = versionHeader(marker);
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionId };
}
