import type { Backend, LockKind, Places } from '../../config/settings.js';
import type { RunStatus } from '../../lock/liveness.js';
import type { Holder } from '../../lock/lock.js';
import type { LockInfo } from '../../lock/lock-info.js';
import { lockPlace } from '../../names/lock-place.js';
import type { SnapshotKind } from '../../names/snapshot-key.js';
import type { ListedSnapshot } from '../../snapshots/catalogue.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import { storedOf } from '../../words/how-to-unlock.js';
import { type AddressExtent, type ComparisonJson, comparisonJson } from './comparison-json.js';
import type { Inspection, LockFinding, StateFinding } from './findings.js';

/**
 * The output `report`, for other programs. What could not be looked at has no key; what is not known is null. Times are
 * RFC 3339, in UTC. docs/inspect.md says what the fields mean.
 */
interface InspectionJson {
  /** Null also where no lock is configured. */
  readonly lock?: LockJson | null;
  readonly state?: StateJson;
  readonly snapshots?: readonly SnapshotJson[];
  readonly comparison?: ComparisonJson;
  readonly versioning: BucketVersioning | 'unknown';
}

interface LockJson {
  readonly id: string | null;
  readonly path: string;
  readonly kind: LockKind['kind'];
  /** Terraform's record, with Terraform's names. */
  readonly info: LockInfo | null;
  readonly holder: Holder | null;
  readonly alive: boolean | null;
  readonly proof: string | null;
}

interface StateJson {
  readonly bucket: string;
  readonly key: string;
  readonly exists: boolean;
  readonly serial: number | null;
  readonly lineage: string | null;
  readonly terraformVersion: string | null;
  readonly md5: string | null;
  readonly modified: string | null;
  readonly resources: number | null;
  readonly doubts: readonly string[];
}

interface SnapshotJson {
  readonly key: string;
  readonly serial: number;
  readonly modified: string;
  readonly bytes: number;
  readonly kind: SnapshotKind;
  readonly doubtful: boolean;
}

/** How much of what has no end is told. */
interface Extent extends AddressExtent {
  readonly snapshots: number;
}

const ALL = Number.POSITIVE_INFINITY;
const WHOLE: Extent = { snapshots: ALL, addresses: ALL, longestAddress: ALL };
const SHORT: Extent = { snapshots: 10, addresses: 20, longestAddress: 160 };

/**
 * @param roomBytes What it has to fit into: where all would be more than that, there are the ten newest snapshots, and the
 * first twenty addresses of each kind of change.
 */
export function inspectionJson(inspection: Inspection, roomBytes = Number.POSITIVE_INFINITY): string {
  const whole = jsonOf(inspection, WHOLE);
  return Buffer.byteLength(whole) <= roomBytes ? whole : jsonOf(inspection, SHORT);
}

function jsonOf({ places, findings }: Inspection, extent: Extent): string {
  const { lock, state, snapshots, comparison, versioning = 'unknown' } = findings;
  const json: InspectionJson = {
    ...(lock && { lock: lockJson(lock, places) }),
    ...(state && { state: stateJson(state, places.backend) }),
    ...(snapshots && { snapshots: snapshots.newest.slice(0, extent.snapshots).map(snapshotJson) }),
    ...(comparison && { comparison: comparisonJson(comparison, extent) }),
    versioning,
  };
  return JSON.stringify(json);
}

function lockJson(lock: LockFinding, { backend, locking }: Places): LockJson | null {
  if (lock.kind !== 'held') return null;
  const { by, status } = lock;
  return {
    id: by.info ? short(by.info.ID) : null,
    path: lockPlace(backend, locking.scope.kind).path,
    kind: storedOf(locking.lock, by.parts).kind,
    info: by.info ? shortened(by.info) : null,
    holder: by.holder ? shortened(by.holder) : null,
    alive: status ? !status.ended : null,
    proof: status ? proofOf(status) : null,
  };
}

/**
 * Other people's text has no end, and a report is handed on in an environment variable, which holds 128 KiB on Linux. In
 * UTF-16 code units, of which each can take six bytes in JSON.
 */
const LONGEST_FIELD = 500;

const short = (text: string) => text.slice(0, LONGEST_FIELD);

function shortened<Fields extends LockInfo | Holder>(fields: Fields): Fields {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? short(value) : value,
  ]);
  return Object.fromEntries(entries) as unknown as Fields;
}

function proofOf(status: RunStatus): string {
  return status.ended
    ? `GitHub says that the run has ended (${status.conclusion}).`
    : 'GitHub says that the run goes on.';
}

function stateJson(state: StateFinding, { bucket, statePath }: Backend): StateJson {
  const { header, resources } = state.kind === 'state' ? state.inspection : {};
  return {
    bucket,
    key: statePath,
    exists: state.kind === 'state',
    serial: header?.serial ?? null,
    lineage: header?.lineage ?? null,
    terraformVersion: header?.terraformVersion === undefined ? null : short(header.terraformVersion),
    md5: state.kind === 'state' ? state.md5 : null,
    modified: state.kind === 'state' ? new Date(state.version.lastModified).toISOString() : null,
    resources: resources?.size ?? null,
    doubts: state.doubts,
  };
}

function snapshotJson({ key, serial, lastModified, bytes, kind }: ListedSnapshot): SnapshotJson {
  return {
    key,
    serial,
    modified: new Date(lastModified).toISOString(),
    bytes,
    kind,
    doubtful: kind === 'doubtful',
  };
}
