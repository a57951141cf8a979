import { cataloguePrefix } from '../../names/snapshot-key.js';
import type { ListedSnapshot } from '../../snapshots/catalogue.js';
import type { NewestSnapshots } from '../../snapshots/newest.js';
import { formatBytes } from '../../words/bytes.js';
import { describeHolder } from '../../words/holder.js';
import { formatMoment } from '../../words/moment.js';
import type { Inspection, LockFinding, StateFinding } from './findings.js';

export interface InspectionRow {
  readonly name: string;
  readonly value: string;
  /** For people to copy, letter by letter. */
  readonly exact?: true;
}

/** How the state stands, a fact a row, for the log and for the summary. */
export function inspectionRows({ places, findings }: Inspection, now: number): readonly InspectionRow[] {
  const { backend, backup } = places;
  const catalogue = cataloguePrefix(backup.prefix, backend.bucket, backend.statePath);
  return [
    { name: 'Lock', value: lockWords(findings.lock, now) },
    { name: 'State', value: `s3://${backend.bucket}/${backend.statePath}`, exact: true },
    ...stateRows(findings.state, now),
    { name: 'Bucket versioning', value: findings.versioning ?? 'unknown' },
    { name: 'Snapshots', value: snapshotWords(findings.snapshots) },
    { name: 'Snapshots in', value: `s3://${backup.bucket}/${catalogue}`, exact: true },
  ];
}

function lockWords(lock: LockFinding | undefined, now: number): string {
  switch (lock?.kind) {
    case undefined:
      return 'unknown';
    case 'none':
      return 'none configured';
    case 'free':
      return 'free';
    case 'held':
      return `held by ${describeHolder(lock.by, now)}`;
  }
}

function stateRows(state: StateFinding | undefined, now: number): readonly InspectionRow[] {
  if (state?.kind !== 'state') return [{ name: 'Serial', value: state ? 'no state' : 'unknown' }];
  const { inspection, version, body, md5 } = state;
  const { serial, lineage = 'unknown', terraformVersion = 'unknown', encrypted } = inspection.header;
  return [
    { name: 'Serial', value: String(serial ?? 'unknown') },
    {
      name: 'Resources',
      value: String(inspection.resources?.size ?? (encrypted ? 'encrypted' : 'unknown')),
    },
    { name: 'Written', value: formatMoment(version.lastModified, now) },
    { name: 'Size', value: formatBytes(body.length) },
    { name: 'Terraform version', value: terraformVersion },
    { name: 'Lineage', value: lineage, exact: true },
    { name: 'MD5', value: md5, exact: true },
  ];
}

function snapshotWords(snapshots: NewestSnapshots | undefined): string {
  if (!snapshots) return 'unknown';
  const { newest, total } = snapshots;
  return total > newest.length ? `${total}, of which the newest ${newest.length} are shown` : `${total}`;
}

/** Which version of the state a snapshot is of, and its name. */
export function snapshotFacts({ key, serial, lastModified, bytes }: ListedSnapshot, now: number) {
  return {
    name: key.slice(key.lastIndexOf('/') + 1),
    serial: String(serial),
    written: formatMoment(lastModified, now),
    size: formatBytes(bytes),
  };
}
