import { lockPlace } from '../names/lock-place.js';
import { cataloguePrefix, LONGEST_NAME_BYTES } from '../names/snapshot-key.js';
import { quote } from './quoting.js';
import type { Backend, Backup, Locking, SnapshotPlace, StateBucket } from './settings.js';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY_BYTES = 1024;
const LONGEST_NAME = 'x'.repeat(LONGEST_NAME_BYTES);

/** Where workspaces and snapshots are. */
export interface Folders {
  readonly backend: Bucket;
  readonly workspaceKeyPrefix: string;
  readonly backup: Bucket & Pick<SnapshotPlace, 'prefix'>;
}

/** What decides where the objects of a run lie. */
export interface Placement extends Folders {
  readonly backend: Pick<Backend, 'bucket' | 'statePath' | 's3Endpoint'>;
  readonly locking: Pick<Locking, 'lock' | 'scope'>;
  readonly backup: Pick<Backup, 'phases' | 'bucket' | 'prefix' | 's3Endpoint'>;
}

/** What is wrong with the places of state, lock and snapshots, seen together. */
export function placementProblems(placement: Placement): string[] {
  const overlap = placement.backup.phases.length > 0 ? workspaceOverlap(placement) : undefined;
  return [overlap ?? stateOverlap(placement), lengthExcess(placement)].filter(
    (problem) => problem !== undefined,
  );
}

/**
 * Snapshots and workspaces have to stay apart. On every command Terraform lists all of `<workspace_key_prefix>/` and
 * takes each `<name>/<key>` there for a workspace: snapshots would slow that down, and could pass for workspaces.
 *
 * @returns What is wrong, if anything is.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend_state.go
 */
export function workspaceOverlap({ backend, workspaceKeyPrefix, backup }: Folders): string | undefined {
  const workspaces = `${workspaceKeyPrefix}/`;
  const apart = !backup.prefix.startsWith(workspaces) && !workspaces.startsWith(backup.prefix);
  if (apart || !isSameBucket(backup, backend)) return undefined;
  return (
    'Inputs "backup_prefix" and "workspace_key_prefix" must not lie one in the other, because Terraform ' +
    `looks for workspaces in all of ${quote(workspaces)}; ` +
    `got ${quote(backup.prefix)} and ${quote(workspaceKeyPrefix)}.`
  );
}

/** A state under the backup prefix would be listed among the snapshots. */
function stateOverlap({ backend, backup }: Placement): string | undefined {
  const isAmongSnapshots = backup.phases.length > 0 && backend.statePath.startsWith(backup.prefix);
  if (!isAmongSnapshots || !isSameBucket(backup, backend)) return undefined;
  return (
    'Input "backup_prefix" must be a place for snapshots only; ' +
    `got ${quote(backup.prefix)}, where the state ${quote(backend.statePath)} lies.`
  );
}

type Bucket = Pick<StateBucket, 'bucket' | 's3Endpoint'>;

/** Whether snapshots and states are in the same bucket of the same store. */
export function isSameBucket(one: Bucket, other: Bucket): boolean {
  return one.bucket === other.bucket && sameStore(one.s3Endpoint, other.s3Endpoint);
}

/** Whether two endpoints are of one store; undefined is AWS's own. */
export function sameStore(one: string | undefined, other: string | undefined): boolean {
  return one === other || (!!one && !!other && new URL(one).href === new URL(other).href);
}

function lengthExcess({ backend, locking, backup }: Placement): string | undefined {
  const hasLockObject = locking.lock.kind === 'lockfile' || locking.lock.kind === 'both';
  const lockObject = lockPlace(backend, locking.scope.kind).lockfileKey;
  const snapshot = cataloguePrefix(backup.prefix, backend.bucket, backend.statePath) + LONGEST_NAME;
  const keys = [
    { what: 'The state path', key: backend.statePath, shorten: '"key"' },
    { what: "The lock object's key", key: hasLockObject ? lockObject : '', shorten: '"key"' },
    {
      what: "A snapshot's key",
      key: backup.phases.length === 0 ? '' : snapshot,
      shorten: '"key" or "backup_prefix"',
    },
  ];
  const excess = keys.find(({ key }) => Buffer.byteLength(key) > LONGEST_KEY_BYTES);
  return (
    excess &&
    `${excess.what} must not be longer than ${LONGEST_KEY_BYTES} bytes, the most that S3 allows; ` +
      `got ${Buffer.byteLength(excess.key)}. Shorten ${excess.shorten}.`
  );
}
