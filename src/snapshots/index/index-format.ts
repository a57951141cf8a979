import { gunzip, gzip } from 'node:zlib';
import type { CatalogueIndex, IndexEntry, VersionMark } from './catalogue-index.js';

/** Of what is written. An index of another version is none. */
const FORMAT_VERSION = 1;

/** In bytes. 100,000 states are about 10 MB, and 2 MB packed: whatever is larger than these was not written by us. */
export const LARGEST_PACKED = 32 * 1024 * 1024;
const LARGEST_TEXT = 128 * 1024 * 1024;

/**
 * An index as it is stored: JSON, packed by gzip. States are rows in the order of their paths, and moments are in seconds.
 *
 * @param bucket The states' bucket: an index says whose it is, so that a copy of another one counts for nothing.
 */
export async function packIndex(bucket: string, index: CatalogueIndex): Promise<Uint8Array> {
  const rows = [...index.entries].sort(([one], [other]) => (one < other ? -1 : 1)).map(rowOf);
  const text = JSON.stringify({
    version: FORMAT_VERSION,
    bucket,
    retention: index.retentionHash,
    reconciled: new Date(index.reconciledAt).toISOString(),
    compared: index.comparedUpTo,
    states: rows,
  });
  return new Promise((resolve, reject) => {
    gzip(text, (error, packed) => (error ? reject(error) : resolve(packed)));
  });
}

/**
 * Reads what {@link packIndex} wrote, and nothing else.
 *
 * @returns undefined for whatever is odd in any part: then the catalogues are listed.
 */
export async function unpackIndex(bucket: string, packed: Uint8Array): Promise<CatalogueIndex | undefined> {
  const text = await unpacked(packed);
  return text === undefined ? undefined : parse(bucket, text);
}

function unpacked(packed: Uint8Array): Promise<string | undefined> {
  if (packed.length > LARGEST_PACKED) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    gunzip(packed, { maxOutputLength: LARGEST_TEXT }, (error, text) =>
      resolve(error ? undefined : text.toString('utf8')),
    );
  });
}

type Row = readonly [string, ...(string | number | null)[]];

function rowOf([path, { newest, verified, count, bytes }]: readonly [string, IndexEntry]): Row {
  return [path, ...markCells(newest), ...markCells(verified), count, bytes];
}

const markCells = (mark: VersionMark | undefined) =>
  mark ? [mark.lastModified / 1_000, mark.tag] : [null, null];

/** An odd part is told by an error, which ends at {@link parse}. */
class OddIndexError extends Error {}

function parse(bucket: string, text: string): CatalogueIndex | undefined {
  try {
    const fields = record(JSON.parse(text));
    if (fields['version'] !== FORMAT_VERSION || fields['bucket'] !== bucket) return undefined;
    const { retention, compared, states } = fields;
    if (!Array.isArray(states)) return undefined;
    const entries = new Map(states.map(entryFrom));
    if (entries.size !== states.length) return undefined;
    return {
      entries,
      reconciledAt: moment(fields['reconciled']),
      ...(retention !== undefined && { retentionHash: matching(retention, /^[0-9a-f]{64}$/) }),
      ...(compared !== undefined && { comparedUpTo: matching(compared, /./su) }),
    };
  } catch (error) {
    if (error instanceof OddIndexError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function entryFrom(row: unknown): [string, IndexEntry] {
  if (!Array.isArray(row) || row.length !== 7) throw new OddIndexError();
  const [path, newestAt, newestTag, verifiedAt, verifiedTag, count, bytes] = row;
  const newest = markFrom(newestAt, newestTag);
  const verified = markFrom(verifiedAt, verifiedTag);
  if (verified && (!newest || verified.lastModified > newest.lastModified)) throw new OddIndexError();
  const entry = { count: atLeast(1, count), bytes: atLeast(0, bytes) };
  return [matching(path, /./su), { ...(newest && { newest }), ...(verified && { verified }), ...entry }];
}

/** Beyond it, a number of seconds is no moment that JavaScript has. */
const LAST_SECOND = 8.64e12;

function markFrom(seconds: unknown, tag: unknown): VersionMark | undefined {
  if (seconds === null && tag === null) return undefined;
  const at = atLeast(0, seconds);
  if (at > LAST_SECOND) throw new OddIndexError();
  return { lastModified: at * 1_000, tag: matching(tag, /^[0-9a-f]{12}$/) };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new OddIndexError();
  return value as Record<string, unknown>;
}

function matching(value: unknown, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value)) throw new OddIndexError();
  return value;
}

function atLeast(least: number, value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < least) throw new OddIndexError();
  return value as number;
}

function moment(value: unknown): number {
  const epochMs = Date.parse(matching(value, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/));
  if (Number.isNaN(epochMs)) throw new OddIndexError();
  return epochMs;
}
