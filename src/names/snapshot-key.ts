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
 * The name of a snapshot below its catalogue's prefix: `<stamp>-<serial>-<tag>.tfstate`.
 *
 * One version of a state has one name, so backing it up again changes nothing; and names sort by time.
 *
 * @param serial Undefined when the state does not tell; then the digits are zeros.
 */
export function snapshotName({ etag, lastModified }: NamedBy, serial: number | undefined): string {
  return `${stampOf(lastModified)}-${String(serial ?? 0).padStart(SERIAL_DIGITS, '0')}-${tagOf(etag)}.tfstate`;
}

/** `20261122T011551Z`. S3 keeps no fractions of a second. */
function stampOf(epochMs: number): string {
  return new Date(epochMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}

/** Of the ETag without its quotes: some stores leave them out of listings. */
function tagOf(etag: string): string {
  return createHash('sha256').update(etag.replaceAll('"', '')).digest('hex').slice(0, TAG_DIGITS);
}
