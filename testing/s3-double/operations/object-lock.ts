import { type Context, findBucket, type Handler } from '../context.js';
import { s3Error } from '../errors.js';
import type { StoredObject } from '../store.js';
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

/** The version that is asked for, in a bucket that has locks. */
function lockable(context: Context): StoredObject {
  const { bucket, key, query } = context.request;
  const message = 'Bucket is missing Object Lock Configuration';
  if (!findBucket(context).objectLock) throw s3Error('InvalidRequest', {}, { message });
  return locateObject(context, { bucket, key, versionId: query.get('versionId') });
}
