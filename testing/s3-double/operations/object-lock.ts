import type { IncomingHttpHeaders } from 'node:http';
import { type Context, findBucket, type Handler } from '../context.js';
import { s3Error } from '../errors.js';
import { header } from '../request.js';
import type { Bucket, StoredObject, VersionLock } from '../store.js';
import { childText, parseXmlBody, renderXml } from '../xml.js';
import { locateObject } from './object-reads.js';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html, without rules for a whole bucket. */
export const getObjectLockConfiguration: Handler = (context) => {
  if (!findBucket(context).objectLock) throw s3Error('ObjectLockConfigurationNotFoundError');
  return {
    status: 200,
    headers: {},
    body: renderXml('ObjectLockConfiguration', { ObjectLockEnabled: 'Enabled' }),
  };
};

export const getObjectRetention: Handler = (context) => {
  const { retainUntil } = lockable(context).lock;
  if (!retainUntil) throw s3Error('NoSuchObjectLockConfiguration');
  const body = renderXml('Retention', { Mode: 'COMPLIANCE', RetainUntilDate: retainUntil.toISOString() });
  return { status: 200, headers: {}, body };
};

export const putObjectRetention: Handler = (context) => {
  const until = childText(parseXmlBody(context.request), 'RetainUntilDate');
  if (until === undefined || Number.isNaN(Date.parse(until))) throw s3Error('MalformedXML');
  lockable(context).lock.retainUntil = new Date(until);
  return { status: 200, headers: {} };
};

export const getObjectLegalHold: Handler = (context) => {
  const { legalHold } = lockable(context).lock;
  if (legalHold === undefined) throw s3Error('NoSuchObjectLockConfiguration');
  return {
    status: 200,
    headers: {},
    body: renderXml('LegalHold', { Status: legalHold ? 'ON' : 'OFF' }),
  };
};

export const putObjectLegalHold: Handler = (context) => {
  lockable(context).lock.legalHold = childText(parseXmlBody(context.request), 'Status') === 'ON';
  return { status: 200, headers: {} };
};

/**
 * The lock that the headers of a write ask for.
 *
 * @throws S3Error `InvalidRequest` in a bucket that has no locks, and for a lock without a checksum
 */
export function requestedLock(headers: IncomingHttpHeaders, { objectLock }: Bucket): VersionLock {
  const until = header(headers, 'x-amz-object-lock-retain-until-date');
  if (until === undefined) return {};
  if (!objectLock) throw s3Error('InvalidRequest', {}, { message: NO_LOCKS });
  const hasChecksum = Object.keys(headers).some((name) => /^(content-md5|x-amz-checksum-.*)$/.test(name));
  const message =
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
  if (!hasChecksum) throw s3Error('InvalidRequest', {}, { message });
  return { retainUntil: new Date(until) };
}

const NO_LOCKS = 'Bucket is missing Object Lock Configuration';

/** The version that is asked for, in a bucket that has locks. */
function lockable(context: Context): StoredObject {
  const { bucket, key, query } = context.request;
  if (!findBucket(context).objectLock) throw s3Error('InvalidRequest', {}, { message: NO_LOCKS });
  return locateObject(context, { bucket, key, versionId: query.get('versionId') });
}
