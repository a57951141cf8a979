import { type SnapshotKind, snapshotName } from '../../../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../../../src/snapshots/catalogue.js';
import type { ReadSnapshot } from '../../../src/snapshots/verification/serials.js';
import { START } from '../../../testing/fake-clock.js';

export const PREFIX = 'lockkeeper/states/network/terraform.tfstate/';

/** A snapshot of a version that was written on that day of a catalogue. */
export function listed(day: number, serial: number, kind: SnapshotKind = 'verified'): ListedSnapshot {
  const lastModified = Math.floor(START / 1_000) * 1_000 + day * 86_400_000;
  const key = PREFIX + snapshotName({ etag: `"${day}"`, lastModified }, serial, kind);
  return { key, kind, lastModified, serial, tag: '0123456789ab', bytes: 100, storedAt: lastModified };
}

export function read(
  snapshot: ListedSnapshot,
  differences: Partial<Omit<ReadSnapshot, 'snapshot'>> = {},
): ReadSnapshot {
  return {
    snapshot,
    lineage: 'one',
    sha256: `content of ${snapshot.serial}`,
    encrypted: false,
    ...differences,
  };
}
