import type { HoldSummary, LockSummary } from '../../src/commands/hold/summary/summary-facts.js';
import { BackendError } from '../../src/job/backend-error.js';
import type { Block } from '../../src/job/blocks.js';
import { START } from '../fake-clock.js';
import { BUCKET, LOCK_PATH, OUR_ID, STATE_PATH, testJob } from '../test-data.js';

/** A summary as the root action writes it. */
export interface SummarySample {
  /** What it is of, as a file could be called. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** When the jobs of the samples end. */
export const SAMPLES_END = START + 184_000;

/** The page of another run, on the server of the samples' own job. */
export const OTHER_RUN = 'https://github.com/acme/infrastructure/actions/runs/4690';

const BACKUPS = 'terraform-backups';
const keyOf = (serial: number) =>
  `lockkeeper/${BUCKET}/${STATE_PATH}/20261122T011551Z-${String(serial).padStart(10, '0')}-5f3a9c01d2e4.tfstate`;

export const DENIED = new BackendError({
  kind: 'access-denied',
  action: 's3:PutObject',
  resource: `arn:aws:s3:::${BACKUPS}/${keyOf(42)}`,
  detail:
    'User: arn:aws:sts::123456789012:assumed-role/deploy/session is not authorized to perform: s3:PutObject on this ' +
    'resource because no identity-based policy allows the s3:PutObject action',
});

/** Taken at once. */
export const LOCK = {
  outcome: 'released',
  id: OUR_ID,
  path: LOCK_PATH,
  requestedAt: START - 800,
  acquiredAt: START,
  releasedAt: SAMPLES_END,
  waitedFor: [],
} as const satisfies LockSummary;

/** A job that waited for another one, and changed its state. */
export const DEPLOYED: HoldSummary = {
  bucket: BUCKET,
  statePath: STATE_PATH,
  job: testJob(),
  lock: {
    ...LOCK,
    requestedAt: START - 16_000,
    waitedFor: [
      {
        who: 'octocat@runner-7',
        run: {
          repository: 'acme/infrastructure',
          workflow: 'Deploy',
          job: 'production',
          runNumber: '118',
          url: OTHER_RUN,
        },
      },
    ],
  },
  change: 'changed',
  before: { exists: true, serial: 41, resourceCount: 118 },
  after: { exists: true, serial: 42, resourceCount: 120 },
  changes: {
    added: ['aws_subnet.private["eu-central-1b"]', 'module.web.aws_instance.this[2]'],
    removed: [],
    changed: ['aws_security_group.web'],
  },
  snapshots: [
    { phase: 'before', bucket: BACKUPS, key: keyOf(41), created: false, doubts: [] },
    { phase: 'after', bucket: BACKUPS, key: keyOf(42), created: true, doubts: [] },
  ],
  problems: [],
};

/** A job that changed nothing. */
export const PLANNED: HoldSummary = {
  ...DEPLOYED,
  lock: LOCK,
  change: 'unchanged',
  after: DEPLOYED.before,
  changes: undefined,
  snapshots: DEPLOYED.snapshots.slice(0, 1),
};
