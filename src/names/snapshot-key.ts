import { createHash } from 'node:crypto';

const SERIAL_DIGITS = 10;
const TAG_DIGITS = 12;

/** The part of a state's version that its snapshot is named by. */
export interface NamedBy {
  /** With or without its quotes. */
  readonly etag: string;
  /** Milliseconds since the Unix epoch. */
  readonly lastModified: number;
}

/** The prefix of a state path's catalogue: `<backup_prefix><bucket>/<state path>/`. */
export function cataloguePrefix(backupPrefix: string, bucket: string, statePath: string): string {
  return `${backupPrefix}${bucket}/${statePath}/`;
}

/**
 * Below the backup prefix, and no bucket's name: there the index of all catalogues is kept. A state's copies would get
 * lost among its objects, and these among a state's.
 */
export const INDEX_FOLDER = '.index/';

/**
 * What a copy is. Only a verified one may pass for the state itself; the name says which it is, so that a listing alone
 * tells, and so that a doubtful copy does not keep the verified one of the same version out.
 */
export type SnapshotKind = 'verified' | 'doubtful' | 'errored' | 'pre-restore';

const ENDINGS: Readonly<Record<SnapshotKind, string>> = {
  verified: '.tfstate',
  doubtful: '.doubtful.tfstate',
  errored: '.errored.tfstate',
  'pre-restore': '.pre-restore.tfstate',
};

/** The longest name that a snapshot can have, in bytes. */
export const LONGEST_NAME_BYTES =
  '20261122T011551Z'.length +
  1 +
  String(Number.MAX_SAFE_INTEGER).length +
  1 +
  TAG_DIGITS +
  ENDINGS['pre-restore'].length;

/**
 * The name of a snapshot below its catalogue's prefix: `<stamp>-<serial>-<tag>.tfstate`, or with the kind before its end.
 *
 * One version of a state has one name of each kind, so backing it up again changes nothing; and names sort by time.
 *
 * @param serial Undefined when the state does not tell; then the digits are zeros.
 */
export function snapshotName(
  { etag, lastModified }: NamedBy,
  serial: number | undefined,
  kind: SnapshotKind,
): string {
  const digits = String(serial ?? 0).padStart(SERIAL_DIGITS, '0');
  return `${stampOf(lastModified)}-${digits}-${versionTag(etag)}${ENDINGS[kind]}`;
}

/** What a snapshot's name tells. */
export interface SnapshotName {
  readonly kind: SnapshotKind;
  /** Milliseconds since the Unix epoch, of whole seconds. */
  readonly lastModified: number;
  /** 0 also where the state did not tell. */
  readonly serial: number;
  readonly tag: string;
}

const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(\d{10,16})-([0-9a-f]{12})(\.[a-z.-]+)$/;

/**
 * Reads the key of a snapshot. The last segment is its name, and what is before it must be the catalogue's prefix: the
 * prefix of the state `a` also lists the snapshots of the state `a/b`.
 *
 * @returns undefined for whatever else lies there.
 */
export function parseSnapshotKey(key: string, prefix: string): SnapshotName | undefined {
  const [, year, month, day, hour, minute, second, serial = '', tag = '', ending] =
    (key.startsWith(prefix) && NAME.exec(key.slice(prefix.length))) || [];
  const kind = KINDS.find((each) => ENDINGS[each] === ending);
  const lastModified = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (kind === undefined || Number.isNaN(lastModified)) return undefined;
  return { kind, lastModified, serial: Number(serial), tag };
}

const KINDS = Object.keys(ENDINGS) as SnapshotKind[];

/** The key of the index of all catalogues of one bucket. */
export function indexKey(backupPrefix: string, bucket: string): string {
  return `${backupPrefix}${INDEX_FOLDER}${bucket}.json.gz`;
}

/** Reads the key of a snapshot of any state of a bucket. @returns undefined for whatever else lies there */
export function parseCataloguedKey(
  key: string,
  backupPrefix: string,
  bucket: string,
): (SnapshotName & { readonly statePath: string }) | undefined {
  const catalogues = `${backupPrefix}${bucket}/`;
  const statePath = key.slice(catalogues.length, key.lastIndexOf('/'));
  if (statePath === '' || !key.startsWith(catalogues)) return undefined;
  const name = parseSnapshotKey(key, cataloguePrefix(backupPrefix, bucket, statePath));
  return name && { ...name, statePath };
}

/** What the names of all snapshots of one version begin with, by when it was written. */
export function nameStart(lastModified: number): string {
  return `${stampOf(lastModified)}-`;
}

/** `20261122T011551Z`. S3 keeps no fractions of a second. */
function stampOf(epochMs: number): string {
  return new Date(epochMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}

/** Tells the versions of a state apart. Of the ETag without its quotes: some stores leave them out of listings. */
export function versionTag(etag: string): string {
  return createHash('sha256').update(etag.replaceAll('"', '')).digest('hex').slice(0, TAG_DIGITS);
}
