import type { IncomingHttpHeaders } from 'node:http';
import { verifyChecksums } from '../checksums.js';
import { checkCopySourceCondition, checkWriteConditions } from '../conditions.js';
import { authorize, type Context, findBucket, type Handler } from '../context.js';
import { checkCustomerKey, requestedEncryption } from '../encryption.js';
import { s3Error } from '../errors.js';
import {
  checksumHeaders,
  describeObject,
  taggingHeader,
  versionHeader,
  writtenHeaders,
} from '../object-headers.js';
import { versionAction } from '../permissions.js';
import { header, parseQuery, splitOnce } from '../request.js';
import { currentObject, type ObjectDraft, type StoredObject, writeObject } from '../store.js';
import { renderXml } from '../xml.js';
import { requestedLock } from './object-lock.js';
import { authorizeDecryption, locateObject, type ObjectReference } from './object-reads.js';

export const putObject: Handler = (context) => {
  const { headers, body } = context.request;
  const stored = writeConditionally(context, {
    ...draftOf(context, body),
    ...optional('checksum', verifyChecksums(headers, body)),
  });
  return { status: 200, headers: { ...writtenHeaders(stored), ...checksumHeaders(stored.checksum) } };
};

export const copyObject: Handler = (context) => {
  const { headers } = context.request;
  const reference = parseCopySource(header(headers, 'x-amz-copy-source') ?? '');
  authorize(context, {
    action: reference.versionId === undefined ? 's3:GetObject' : versionAction('s3:GetObject'),
    resource: `${reference.bucket}/${reference.key}`,
  });
  const source = locateObject(context, reference);
  checkCustomerKey(headers, source.encryption, 'x-amz-copy-source-');
  authorizeDecryption(context, source);
  checkCopySourceCondition(headers, source);

  const stored = writeConditionally(context, copyDraft(context, source));
  const { etag, lastModified, checksum } = stored;
  return {
    status: 200,
    headers: {
      ...writtenHeaders(stored),
      'x-amz-copy-source-version-id': versionHeader(source)['x-amz-version-id'],
    },
    body: renderXml('CopyObjectResult', {
      LastModified: lastModified.toISOString(),
      ETag: etag,
      ...(checksum ? { [`Checksum${checksum.algorithm.toUpperCase()}`]: checksum.value } : {}),
    }),
  };
};

/**
 * The one way in which a request makes an object.
 *
 * @throws S3Error `PreconditionFailed`, `NoSuchKey`, `NotImplemented`
 */
function writeConditionally(context: Context, draft: ObjectDraft): StoredObject {
  const { request, settings } = context;
  const bucket = findBucket(context);
  const lock = requestedLock(request.headers, bucket);
  checkWriteConditions(request.headers, request.key, currentObject(bucket, request.key), settings);
  return Object.assign(writeObject(bucket, request.key, draft, settings.now()), { lock });
}

/** What the headers of a write ask for. */
function draftOf(context: Context, body: Buffer): ObjectDraft {
  const { headers } = context.request;
  const encryption = requestedEncryption(headers, findBucket(context).defaultEncryption);
  if (encryption.kind === 'aws:kms') {
    authorize(context, { action: 'kms:GenerateDataKey', resource: encryption.keyId });
  }
  return {
    body,
    ...describeObject(headers),
    tags: taggingHeader(headers),
    encryption,
  };
}

/** The copy has the source's bytes and checksum, and takes the rest from it unless the headers replace it. */
function copyDraft(context: Context, source: StoredObject): ObjectDraft {
  const { headers } = context.request;
  const asked = draftOf(context, source.body);
  return {
    ...asked,
    ...(replaces(headers, 'x-amz-metadata-directive')
      ? {}
      : { contentHeaders: source.contentHeaders, metadata: source.metadata }),
    ...(replaces(headers, 'x-amz-tagging-directive') ? {} : { tags: source.tags }),
    ...optional('checksum', source.checksum),
  };
}

function replaces(headers: IncomingHttpHeaders, directive: string): boolean {
  return header(headers, directive) === 'REPLACE';
}

function parseCopySource(value: string): ObjectReference {
  const [path, queryString = ''] = splitOnce(value.replace(/^\//, ''), '?');
  const [bucket, key] = splitOnce(decodeURIComponent(path), '/');
  if (!key) throw s3Error('InvalidArgument', { ArgumentName: 'x-amz-copy-source', ArgumentValue: value });
  return { bucket, key, versionId: new Map(parseQuery(queryString)).get('versionId') };
}

/** A property that is absent rather than undefined. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [name in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: Value };
}
