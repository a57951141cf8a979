import { type Context, findBucket, type Handler } from '../context.js';
import { s3Error } from '../errors.js';
import { currentObject, type ObjectVersion, type StoredObject, sortedKeys } from '../store.js';
import { renderXml, type XmlContent } from '../xml.js';

const LONGEST_PAGE = 1000;

/** ListObjectsV2. */
export const listObjects: Handler = (context) => {
  const { bucket, query } = context.request;
  const options = listingOptions(context);
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const { rows, commonPrefixes, next } = paginate(
    currentRows(context),
    options,
    decodeToken(token) ?? startAfter,
  );
  return {
    status: 200,
    headers: {},
    body: renderXml('ListBucketResult', {
      Name: bucket,
      ...echo(options),
      StartAfter: startAfter && options.encode(startAfter),
      ContinuationToken: token,
      NextContinuationToken: next && encodeToken(next),
      KeyCount: rows.length + commonPrefixes.length,
      IsTruncated: next !== undefined,
      Contents: rows.map(({ key, object }) => ({ Key: options.encode(key), ...describe(object) })),
      CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: options.encode(prefix) })),
    }),
  };
};

/** Every version and delete marker, newest first within a key. A page ends between keys or within one. */
export const listObjectVersions: Handler = (context) => {
  const { bucket, query } = context.request;
  const options = listingOptions(context);
  const keyMarker = query.get('key-marker');
  const versionMarker = query.get('version-id-marker');
  const after = keyMarker === undefined ? undefined : versionPosition(keyMarker, versionMarker);
  const all = versionRows(context);
  const start = after === undefined ? 0 : all.findIndex((row) => after(row));
  const { rows, commonPrefixes, next } = paginate(start < 0 ? [] : all.slice(start), options);
  const last = rows.at(-1);
  const element = ({ key, version, isLatest }: VersionRow): XmlContent => ({
    Key: options.encode(key),
    VersionId: version.versionId,
    IsLatest: isLatest,
    ...(version.kind === 'object' ? describe(version) : { LastModified: version.lastModified.toISOString() }),
  });
  return {
    status: 200,
    headers: {},
    body: renderXml('ListVersionsResult', {
      Name: bucket,
      ...echo(options),
      KeyMarker: options.encode(keyMarker ?? ''),
      VersionIdMarker: versionMarker,
      NextKeyMarker: next && options.encode(next),
      NextVersionIdMarker: next && last?.key === next ? last.version.versionId : undefined,
      IsTruncated: next !== undefined,
      Version: rows.filter(({ version }) => version.kind === 'object').map(element),
      DeleteMarker: rows.filter(({ version }) => version.kind === 'delete-marker').map(element),
      CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: options.encode(prefix) })),
    }),
  };
};

interface ListingOptions {
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly encodingType: string | undefined;
  /** How keys are written, so that XML can carry any of them. */
  readonly encode: (key: string) => string;
}

function listingOptions({ request: { query } }: Context): ListingOptions {
  const maxKeys = Number(query.get('max-keys') ?? LONGEST_PAGE);
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw s3Error('InvalidArgument', { ArgumentName: 'max-keys' });
  const encodingType = query.get('encoding-type');
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(maxKeys, LONGEST_PAGE),
    encodingType,
    encode: encodingType === 'url' ? (key) => encodeURIComponent(key).replaceAll('%2F', '/') : (key) => key,
  };
}

function echo({
  prefix,
  delimiter,
  maxKeys,
  encodingType,
  encode,
}: ListingOptions): Record<string, XmlContent> {
  return {
    Prefix: encode(prefix),
    Delimiter: delimiter ? encode(delimiter) : undefined,
    MaxKeys: maxKeys,
    EncodingType: encodingType,
  };
}

interface Row {
  readonly key: string;
}

interface Page<R extends Row> {
  readonly rows: R[];
  readonly commonPrefixes: string[];
  /** The last key or common prefix of this page, if there is more behind it. */
  readonly next?: string;
}

/** Cuts one page out of sorted rows: those with the prefix, grouped by the delimiter, after `after`. */
function paginate<R extends Row>(all: readonly R[], options: ListingOptions, after = ''): Page<R> {
  const { prefix, delimiter, maxKeys } = options;
  const rows: R[] = [];
  const commonPrefixes: string[] = [];
  let last = after;
  for (const row of all) {
    if (!row.key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length);
    const group = end < 0 ? undefined : row.key.slice(0, end + delimiter.length);
    const position = group ?? row.key;
    if (after !== '' && compareKeys(position, after) <= 0) continue;
    if (group !== undefined && group === commonPrefixes.at(-1)) continue;
    if (rows.length + commonPrefixes.length === maxKeys) {
      return maxKeys === 0 ? { rows, commonPrefixes } : { rows, commonPrefixes, next: last };
    }
    if (group === undefined) rows.push(row);
    else commonPrefixes.push(group);
    last = position;
  }
  return { rows, commonPrefixes };
}

function currentRows(context: Context): { key: string; object: StoredObject }[] {
  const bucket = findBucket(context);
  return sortedKeys(bucket).flatMap((key) => {
    const object = currentObject(bucket, key);
    return object ? [{ key, object }] : [];
  });
}

interface VersionRow extends Row {
  readonly version: ObjectVersion;
  readonly isLatest: boolean;
}

function versionRows(context: Context): VersionRow[] {
  const bucket = findBucket(context);
  return sortedKeys(bucket).flatMap((key) =>
    (bucket.objects.get(key) ?? []).map((version, index) => ({ key, version, isLatest: index === 0 })),
  );
}

/** Tells, of rows in order, whether one lies behind the marker. */
function versionPosition(keyMarker: string, versionMarker: string | undefined): (row: VersionRow) => boolean {
  let passed = false;
  return ({ key, version }) => {
    if (passed || compareKeys(key, keyMarker) > 0) return true;
    passed = key === keyMarker && version.versionId === versionMarker;
    return false;
  };
}

function describe({ lastModified, etag, body, checksum }: StoredObject): Record<string, XmlContent> {
  return {
    LastModified: lastModified.toISOString(),
    ETag: etag,
    ChecksumAlgorithm: checksum?.algorithm.toUpperCase(),
    Size: body.length,
    StorageClass: 'STANDARD',
  };
}

function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function encodeToken(position: string): string {
  return Buffer.from(position).toString('base64');
}

function decodeToken(token: string | undefined): string | undefined {
  return token === undefined ? undefined : Buffer.from(token, 'base64').toString();
}
