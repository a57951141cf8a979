import type { CarriedOut } from '../../src/commands/restore/carry-out.js';
import type { ChosenSnapshot } from '../../src/commands/restore/chosen-snapshot.js';
import type { CurrentState } from '../../src/commands/restore/current-state.js';
import { interrupted, resultNotStored } from '../../src/commands/restore/mishaps.js';
import { anotherLineage } from '../../src/commands/restore/refusals.js';
import {
  dryRunBlocks,
  leftBlocks,
  notRestoredBlocks,
  restoredBlocks,
} from '../../src/commands/restore/restore-blocks.js';
import type { RestorePlan } from '../../src/commands/restore/restore-plan.js';
import type { RestoreSettings } from '../../src/config/settings.js';
import { BackendError } from '../../src/job/backend-error.js';
import { type SnapshotKind, snapshotName } from '../../src/names/snapshot-key.js';
import { START } from '../fake-clock.js';
import { BUCKET, LINEAGE, STATE_PATH, stateBody, testSettings } from '../test-data.js';
import type { SummarySample } from './sample-facts.js';

const PREFIX = `lockkeeper/${BUCKET}/${STATE_PATH}/`;
const HOUR_MS = 3_600_000;

const { backend, credentials, lookup, locking, backup, reach } = testSettings();
const SETTINGS: RestoreSettings = {
  ...{ backend, credentials, lookup, locking, backup, reach },
  restore: { snapshot: { kind: 'serial', serial: 41 }, allowLineageChange: false, dryRun: false },
};
const FACTS = { settings: SETTINGS, now: START };

const keyOf = (serial: number, kind: SnapshotKind, age: number) =>
  PREFIX + snapshotName({ etag: `"${serial}"`, lastModified: START - age }, serial, kind);

const SNAPSHOT: ChosenSnapshot = {
  listed: {
    key: keyOf(41, 'verified', 26 * HOUR_MS),
    kind: 'verified',
    serial: 41,
    lastModified: START - 26 * HOUR_MS,
    tag: '',
    bytes: 51_234,
    storedAt: START,
  },
  body: stateBody({ serial: 41 }),
  inspection: {
    header: { version: 4, serial: 41, lineage: LINEAGE, encrypted: false },
    resources: new Map([
      ['aws_vpc.main', '1'],
      ['aws_subnet.b', '1'],
    ]),
    doubts: [],
  },
  serial: 41,
  lineage: LINEAGE,
  encrypted: false,
  checked: true,
};

const CURRENT: CurrentState = {
  kind: 'state',
  body: stateBody({ serial: 43 }),
  version: { etag: '"43"', lastModified: START - HOUR_MS / 6, encryption: { kind: 'none' } },
  md5: '94497314cd4b060d6f6884b86d1b3436',
  inspection: {
    header: { version: 4, serial: 43, lineage: LINEAGE, encrypted: false },
    resources: new Map([['aws_vpc.main', '2']]),
    doubts: [],
  },
  digest: '94497314cd4b060d6f6884b86d1b3436',
  doubts: [],
};

const PLAN: RestorePlan = {
  kind: 'restore',
  snapshot: SNAPSHOT,
  current: CURRENT,
  body: stateBody({ serial: 44 }),
  md5: '1d3d6f6884b86d1b343694497314cd4b',
  serial: { before: 43, after: 44 },
  lineage: { before: LINEAGE, after: LINEAGE },
  verbatim: false,
  digestDiffers: true,
  changes: { added: ['aws_subnet.b'], removed: [], changed: ['aws_vpc.main'] },
};

const DONE: CarriedOut = {
  preRestore: { key: keyOf(43, 'pre-restore', HOUR_MS / 6), created: true },
  result: { key: keyOf(44, 'verified', 0), created: true },
  failures: [],
};

const RUBBISH_DOUBT = 'The state is not JSON: it goes wrong at byte offset 14.';
const OVER_RUBBISH: RestorePlan = {
  ...PLAN,
  current: {
    ...CURRENT,
    inspection: { header: { encrypted: false }, doubts: [RUBBISH_DOUBT] },
    doubts: [RUBBISH_DOUBT],
  },
  serial: { after: 1_043 },
  lineage: { after: LINEAGE },
  changes: undefined,
};

const IN_PLACE: RestorePlan = {
  ...PLAN,
  kind: 'in-place',
  serial: { before: 44, after: 44 },
  changes: { added: [], removed: [], changed: [] },
};

const DENIED = new BackendError({
  kind: 'access-denied',
  action: 'dynamodb:PutItem',
  resource: 'arn:aws:dynamodb:eu-central-1:*:table/locks',
  detail: 'No identity-based policy allows the dynamodb:PutItem action',
});

const restored = (name: string, plan: RestorePlan, done: CarriedOut = DONE): SummarySample => ({
  name: `restore-${name}`,
  blocks: restoredBlocks(plan, done, FACTS),
});

/** Of `restore/`. */
export const RESTORE_SAMPLES: readonly SummarySample[] = [
  restored('done', PLAN),
  restored(
    'over-nothing',
    { ...PLAN, current: { kind: 'absent' }, serial: { after: 1_043 } },
    { failures: [] },
  ),
  restored('over-rubbish', OVER_RUBBISH),
  restored('in-place', IN_PLACE, { failures: [] }),
  restored('encrypted', { ...PLAN, verbatim: true, serial: { before: 43, after: 41 }, changes: undefined }),
  restored('not-copied', PLAN, { ...DONE, result: undefined, failures: [resultNotStored(DENIED, PLAN)] }),
  { name: 'restore-dry-run', blocks: dryRunBlocks(PLAN, FACTS) },
  {
    name: 'restore-refused',
    blocks: notRestoredBlocks(
      anotherLineage(SNAPSHOT.listed.key, { before: 'another-lineage', after: LINEAGE }),
      { settings: SETTINGS, lock: 'free' },
    ),
  },
  {
    name: 'restore-broken-off',
    blocks: notRestoredBlocks(
      interrupted(DENIED, { plan: PLAN, preRestore: DONE.preRestore, catalogue: { bucket: BUCKET } }),
      { settings: SETTINGS, lock: 'left' },
    ),
  },
  {
    name: 'restore-cut-off',
    blocks: leftBlocks(SETTINGS, { lock: 'released', key: SNAPSHOT.listed.key }),
  },
];
