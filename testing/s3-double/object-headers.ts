import type { IncomingHttpHeaders } from 'node:http';
import type { Checksum } from './checksums.js';
import { encryptionHeaders } from './encryption.js';
import { s3Error } from './errors.js';
import { header, parseQuery, type Query } from './request.js';
import type { ObjectDraft, ObjectVersion, StoredObject } from './store.js';

type Description = Pick<ObjectDraft, 'contentHeaders' | 'metadata'>;

const METADATA_PREFIX = 'x-amz-meta-';
const METADATA_LIMIT_BYTES = 2048;

/**
 * What the headers of a write say about the object.
 *
 * @throws S3Error `MetadataTooLarge`
 */
export function describeObject(headers: IncomingHttpHeaders): Description {
  const type = header(headers, 'content-type') ?? 'binary/octet-stream';
  const encoding = header(headers, 'content-encoding')
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== 'aws-chunked')
    .join(',');
  const storageClass = header(headers, 'x-amz-storage-class');
  const contentHeaders = {
    'content-type': type,
    ...(encoding ? { 'content-encoding': encoding } : {}),
    ...(storageClass && storageClass !== 'STANDARD' ? { 'x-amz-storage-class': storageClass } : {}),
  };
  const metadata = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(METADATA_PREFIX))
      .map(([name, value]) => [name.slice(METADATA_PREFIX.length), String(value)]),
  );
  checkMetadataSize(metadata);
  return { contentHeaders, metadata };
}

/**
 * The tags of an `x-amz-tagging` header, which is written like a query.
 *
 * @throws S3Error `InvalidTag` for a character that tags may not have
 */
export function taggingHeader(headers: IncomingHttpHeaders): Query {
  const tags = new Map(parseQuery(header(headers, 'x-amz-tagging') ?? ''));
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  const bad = [...tags].flat().find((text) => !allowed.test(text));
  if (bad !== undefined) throw s3Error('InvalidTag', { Tag: bad });
  return tags;
}

/** The headers of a GET or HEAD, but for the length. */
export function objectHeaders(object: StoredObject): Record<string, string | number | undefined> {
  return {
    ...object.contentHeaders,
    ...Object.fromEntries(
      Object.entries(object.metadata).map(([name, value]) => [`${METADATA_PREFIX}${name}`, value]),
    ),
    ...writtenHeaders(object),
    'last-modified': object.lastModified.toUTCString(),
    'x-amz-tagging-count': object.tags.size || undefined,
  };
}

/** The headers that a write is answered with. */
export function writtenHeaders(object: StoredObject): Record<string, string | undefined> {
  return { etag: object.etag, ...versionHeader(object), ...encryptionHeaders(object.encryption) };
}

export function checksumHeaders(checksum: Checksum | undefined): Record<string, string> {
  if (!checksum) return {};
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/** Versions written while there was no versioning go without the header. */
export function versionHeader({ versionId }: ObjectVersion): Record<string, string | undefined> {
  return { 'x-amz-version-id': versionId === 'null' ? undefined : versionId };
}

function checkMetadataSize(metadata: Description['metadata']): void {
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size <= METADATA_LIMIT_BYTES) return;
  throw s3Error('MetadataTooLarge', { Size: String(size), MaxSizeAllowed: String(METADATA_LIMIT_BYTES) });
}
