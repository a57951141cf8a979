import type { ChosenSnapshot } from '../../../src/commands/restore/chosen-snapshot.js';
import type { CurrentState } from '../../../src/commands/restore/current-state.js';
import type { RestoreSettings } from '../../../src/config/settings.js';
import type { SnapshotReference } from '../../../src/config/snapshot-reference.js';
import { type SnapshotKind, snapshotName } from '../../../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../../../src/snapshots/catalogue.js';
import { md5Hex } from '../../../src/state/digest.js';
import { inspectState } from '../../../src/state/inspection.js';
import { START } from '../../../testing/fake-clock.js';
import { memoryCatalogue } from '../../../testing/memory-catalogue.js';
import { testSettings } from '../../../testing/test-data.js';

const DAY_MS = 86_400_000;

export const { prefix: PREFIX } = memoryCatalogue();

export function restoreSettings(
  snapshot: SnapshotReference = { kind: 'latest' },
  differences: Partial<RestoreSettings['restore']> = {},
): RestoreSettings {
  const { backend, credentials, lookup, locking, backup, reach } = testSettings();
  return {
    ...{ backend, credentials, lookup, locking, backup, reach },
    restore: { snapshot, allowLineageChange: false, dryRun: false, ...differences },
  };
}

/** @param age In days. */
export function listed(serial: number, kind: SnapshotKind = 'verified', age = 100 - serial): ListedSnapshot {
  const lastModified = START - age * DAY_MS;
  const key = PREFIX + snapshotName({ etag: `"${serial}"`, lastModified }, serial, kind);
  return { key, kind, serial, lastModified, tag: 'a', bytes: 1_000, storedAt: lastModified };
}

/** A snapshot that was read. */
export async function chosen(
  body: Uint8Array,
  differences: Partial<ChosenSnapshot> = {},
): Promise<ChosenSnapshot> {
  const inspection = await inspectState(body);
  const { serial = 0, lineage = '', encrypted } = inspection.header;
  return {
    listed: listed(serial),
    body,
    inspection,
    serial,
    lineage,
    encrypted,
    checked: true,
    ...differences,
  };
}

/** What is there, as it was read. */
export async function present(body: Uint8Array, digest = md5Hex(body)): Promise<CurrentState> {
  const inspection = await inspectState(body);
  const version = { etag: `"${md5Hex(body)}"`, lastModified: START, encryption: { kind: 'none' } } as const;
  return { kind: 'state', body, version, md5: md5Hex(body), inspection, digest, doubts: inspection.doubts };
}
