import { formatSnapshotReference, type SnapshotReference } from '../../config/snapshot-reference.js';
import type { Catalogue, ListedSnapshot } from '../../snapshots/catalogue.js';
import { newestFirst } from '../../snapshots/newest.js';
import { Failure } from '../../words/failure.js';

/** So many are named to choose from. */
const MOST_NAMED = 5;

/** What was looked through for a snapshot that is not there. */
export interface Searched {
  /** Those that fit, but are of a kind that is not meant. */
  readonly passedOver: readonly ListedSnapshot[];
  readonly snapshots: readonly ListedSnapshot[];
  readonly catalogue: Pick<Catalogue, 'bucket' | 'prefix'>;
}

/** No snapshot is meant by what was said. */
export function noSuchSnapshot(
  reference: SnapshotReference,
  { passedOver, snapshots, catalogue }: Searched,
): Failure {
  const where = `s3://${catalogue.bucket}/${catalogue.prefix}`;
  if (snapshots.length === 0) {
    return new Failure(
      'Snapshot not found',
      `There is no snapshot of this state below ${where}. Check "key", "workspace", "backup_bucket" and "backup_prefix".`,
    );
  }
  const wanted = formatSnapshotReference(reference);
  if (passedOver.length > 0) {
    return new Failure(
      'Snapshot not found',
      `There is no verified snapshot for "snapshot: ${wanted}" below ${where}. What there is, newest first, can be restored ` +
        `by its key: ${named(passedOver)}.`,
    );
  }
  return new Failure(
    'Snapshot not found',
    `There is no snapshot for "snapshot: ${wanted}" below ${where}. The nearest are ${named(nearest(reference, snapshots))}.`,
  );
}

/** A serial alone does not say which is meant. */
export function severalSnapshots(
  reference: SnapshotReference,
  snapshots: readonly ListedSnapshot[],
): Failure {
  return new Failure(
    'Snapshot not found',
    `More than one state has been stored for "snapshot: ${formatSnapshotReference(reference)}". Name the one that is meant ` +
      `by its key, newest first: ${named(snapshots)}.`,
  );
}

/** By how far they are from what was asked for; where it is no measure, the newest. */
function nearest(reference: SnapshotReference, snapshots: readonly ListedSnapshot[]): ListedSnapshot[] {
  switch (reference.kind) {
    case 'serial':
      return snapshots.toSorted(
        (one, other) => distance(one.serial, reference.serial) - distance(other.serial, reference.serial),
      );
    case 'before':
      return snapshots.toSorted((one, other) => newestFirst(other, one));
    case 'latest':
    case 'latest-verified':
    case 'key':
      return snapshots.toSorted(newestFirst);
  }
}

const distance = (one: number, other: number) => Math.abs(one - other);

function named(snapshots: readonly ListedSnapshot[]): string {
  const more = snapshots.length > MOST_NAMED ? ` and ${snapshots.length - MOST_NAMED} more` : '';
  const some = snapshots.slice(0, MOST_NAMED).map(({ key, serial }) => `${key} (serial ${serial})`);
  return some.join(', ') + more;
}

/** The bytes are not those that were stored. */
export function snapshotDamaged(key: string, damage: string): Failure {
  return new Failure(
    'Snapshot refused',
    `The bytes of the snapshot ${key} are not those that were stored: ${damage}. Somebody or something has changed it. ` +
      'Nothing was changed. Restore another snapshot.',
  );
}

/** It is no state that Terraform would read. */
export function snapshotNoState(key: string, doubts: readonly string[]): Failure {
  return new Failure(
    'Snapshot refused',
    `The snapshot ${key} is not a state that Terraform would read. ${doubts.join(' ')} Nothing was changed. Restore ` +
      'another snapshot; "snapshot: latest-verified" is the newest that was sound.',
  );
}

/** There is no whole number above it that can be compared exactly. */
export function serialTooHigh(key: string, highest: number): Failure {
  return new Failure(
    'Snapshot refused',
    `The snapshot ${key} cannot get a serial above all that are known, because the highest is ${highest} already. Nothing ` +
      'was changed. Remove the copy that has it from the snapshots if it is no true one.',
  );
}

/** The two are not versions of one state. */
export function anotherLineage(
  key: string,
  { before, after }: { readonly before: string; readonly after: string },
): Failure {
  return new Failure(
    'Another lineage',
    `The snapshot ${key} has the lineage ${after}, and the state ${before}: they are not versions of one state. Nothing ` +
      'was changed. If it shall take the place of that state all the same, set "allow_lineage_change: true".',
  );
}

/**
 * Somebody wrote past the lock, or between what a person was shown and what was to be done.
 *
 * @param digestRemoved Whether that was seen only when the digest was gone already.
 */
export function changedMeanwhile(
  where: string,
  { digestRemoved = false }: { readonly digestRemoved?: boolean } = {},
): Failure {
  const digest = digestRemoved
    ? " Terraform's digest of what was there before was removed, so Terraform takes what is there now without one."
    : '';
  return new Failure(
    'State changed meanwhile',
    `Since it was looked at, somebody else has written at ${where}, so it was left as it is.${digest} Look at what is there ` +
      'now, and restore again if it is still to be replaced.',
  );
}
