import type { IncomingHttpHeaders } from 'node:http';
import { type S3Error, s3Error } from './errors.js';
import { header } from './request.js';
import type { S3Settings } from './settings.js';
import type { StoredObject } from './store.js';

/**
 * Conditions on a PUT or a copy, judged against what is stored now:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function checkWriteConditions(
  headers: IncomingHttpHeaders,
  key: string,
  current: StoredObject | undefined,
  settings: S3Settings,
): void {
  const ifNoneMatch = header(headers, 'if-none-match');
  const ifMatch = header(headers, 'if-match');
  if (ifNoneMatch === undefined && ifMatch === undefined) return;
  if (settings.rejectConditionalWrites) throw notImplemented(ifNoneMatch ? 'If-None-Match' : 'If-Match');
  if (settings.ignoreConditionalWrites) return;
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*' || ifMatch !== undefined) throw notImplemented('If-None-Match');
    if (current) throw preconditionFailed('If-None-Match');
    return;
  }
  checkStillThere(ifMatch ?? '', key, current);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html */
export function checkDeleteCondition(
  ifMatch: string | undefined,
  key: string,
  current: StoredObject | undefined,
  settings: S3Settings,
): void {
  if (ifMatch === undefined) return;
  if (settings.rejectConditionalDeletes) throw notImplemented('If-Match');
  if (settings.ignoreConditionalDeletes) return;
  checkStillThere(ifMatch, key, current);
}

/** @returns false if the client already has this version, which is answered with 304 */
export function checkReadConditions(headers: IncomingHttpHeaders, object: StoredObject): boolean {
  const ifMatch = header(headers, 'if-match');
  if (ifMatch !== undefined && !names(ifMatch, object)) throw preconditionFailed('If-Match');
  const ifNoneMatch = header(headers, 'if-none-match');
  return ifNoneMatch === undefined || !names(ifNoneMatch, object);
}

export function checkCopySourceCondition(headers: IncomingHttpHeaders, source: StoredObject): void {
  const ifMatch = header(headers, 'x-amz-copy-source-if-match');
  if (ifMatch === undefined || names(ifMatch, source)) return;
  throw preconditionFailed('x-amz-copy-source-If-Match');
}

function checkStillThere(ifMatch: string, key: string, current: StoredObject | undefined): void {
  if (!current) throw s3Error('NoSuchKey', { Key: key });
  if (!names(ifMatch, current)) throw preconditionFailed('If-Match');
}

/** Clients send ETags with and without quotes. */
function names(condition: string, { etag }: StoredObject): boolean {
  return condition === '*' || condition === etag || `"${condition}"` === etag;
}

function preconditionFailed(condition: string): S3Error {
  return s3Error('PreconditionFailed', { Condition: condition });
}

function notImplemented(headerName: string): S3Error {
  return s3Error('NotImplemented', { Header: headerName });
}
