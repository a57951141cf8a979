import type { Findings } from '../../src/commands/inspect/findings.js';
import { inspectionBlocks } from '../../src/commands/inspect/inspection-blocks.js';
import { BackendError } from '../../src/job/backend-error.js';
import { snapshotName } from '../../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../../src/snapshots/catalogue.js';
import { explain } from '../../src/words/explain.js';
import { START } from '../fake-clock.js';
import {
  BUCKET,
  LINEAGE,
  lockHolder,
  lockInfo,
  STATE_PATH,
  stateBody,
  testJob,
  testSettings,
  theirLock,
} from '../test-data.js';
import { OTHER_RUN, type SummarySample } from './sample-facts.js';

const PREFIX = `lockkeeper/${BUCKET}/${STATE_PATH}/`;
const HOUR_MS = 3_600_000;

const NEWEST: readonly ListedSnapshot[] = [41, 40, 39].map((serial, age) => {
  const lastModified = START - (2 + 20 * age) * HOUR_MS;
  const kind = serial === 40 ? 'doubtful' : 'verified';
  const key = PREFIX + snapshotName({ etag: `"${serial}"`, lastModified }, serial, kind);
  return { key, kind, serial, lastModified, tag: '', bytes: 1_234 * serial, storedAt: lastModified };
});

const STATE: Findings['state'] = {
  kind: 'state',
  body: stateBody({ serial: 41 }),
  version: { etag: '"41"', lastModified: START - 2 * HOUR_MS, encryption: { kind: 'none' } },
  md5: '94497314cd4b060d6f6884b86d1b3436',
  inspection: {
    header: { version: 4, serial: 41, lineage: LINEAGE, terraformVersion: '1.11.4', encrypted: false },
    resources: new Map([['aws_vpc.main', '']]),
    doubts: [],
  },
  doubts: [],
};

const HELD = {
  kind: 'held',
  by: {
    info: lockInfo({ Who: 'octocat@GitHub Actions 12', Created: '2026-11-22T01:03:47Z' }),
    holder: lockHolder({ job: 'production', runNumber: '118', runUrl: OTHER_RUN }),
    version: 'v',
  },
} as const;

const FOUND: Findings = {
  lock: { kind: 'free' },
  state: STATE,
  snapshots: { newest: NEWEST, total: 57 },
  versioning: 'enabled',
};

const FINDINGS: Readonly<Record<string, Findings>> = {
  free: FOUND,
  locked: { ...FOUND, lock: { ...HELD, status: { ended: false } } },
  'locked-by-a-job-that-ended': {
    ...FOUND,
    lock: { ...HELD, status: { ended: true, conclusion: 'cancelled' } },
  },
  'locked-by-a-person': { ...FOUND, lock: { kind: 'held', by: theirLock() } },
  'no-state': {
    lock: { kind: 'none' },
    state: { kind: 'absent', doubts: [] },
    snapshots: { newest: [], total: 0 },
    versioning: 'disabled',
  },
  doubtful: { ...FOUND, state: { ...STATE, doubts: ['Its MD5 is not the digest in DynamoDB.'] } },
};

const NOT_LISTED = new BackendError({
  kind: 'access-denied',
  action: 's3:ListBucket',
  resource: `arn:aws:s3:::${BUCKET}`,
  detail:
    'User: arn:aws:sts::123456789012:assumed-role/inspect/session is not authorized to perform: s3:ListBucket on ' +
    'this resource because no identity-based policy allows the s3:ListBucket action',
});

const inspected = (name: string, findings: Findings, problems: readonly string[] = []): SummarySample => ({
  name: `inspect-${name}`,
  blocks: inspectionBlocks({ places: testSettings(), runUrl: testJob().runUrl, findings, problems }, START),
});

const [NEW, , OLD] = NEWEST as readonly [ListedSnapshot, ListedSnapshot, ListedSnapshot];
const header = (serial: number) => ({ serial, lineage: LINEAGE, encrypted: false });

const COMPARED: Findings['comparison'] = {
  kind: 'compared',
  from: { reference: { kind: 'serial', serial: 39 }, snapshot: OLD, header: header(39) },
  to: { reference: { kind: 'latest' }, snapshot: NEW, header: header(41) },
  changes: {
    added: ['aws_subnet.private["eu-central-1b"]'],
    removed: ['module.legacy.aws_instance.web[0]'],
    changed: ['aws_vpc.main'],
  },
};

const MANY = Array.from({ length: 57 }, (_, index) => ({
  ...NEW,
  serial: 57 - index,
  lastModified: START - (2 + 20 * index) * HOUR_MS,
}));

/** Of `inspect/`. */
export const INSPECTION_SAMPLES: readonly SummarySample[] = [
  ...Object.entries(FINDINGS).map(([name, findings]) => inspected(name, findings)),
  inspected('compared', { ...FOUND, comparison: COMPARED }),
  inspected('all-snapshots', { ...FOUND, snapshots: { newest: MANY, total: 57 } }),
  inspected('not-all-seen', { ...FOUND, snapshots: undefined }, [explain(NOT_LISTED).message]),
];
