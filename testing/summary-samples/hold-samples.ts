import { lockLost, notReleased } from '../../src/commands/hold/not-released.js';
import type { Verdict } from '../../src/commands/hold/right-state/right-state.js';
import { rightStateWords } from '../../src/commands/hold/right-state/right-state-words.js';
import { summaryBlocks } from '../../src/commands/hold/summary/hold-summary.js';
import type { HoldSummary } from '../../src/commands/hold/summary/summary-facts.js';
import { stillWritingFailure } from '../../src/commands/hold/writers/writer-words.js';
import { explain } from '../../src/words/explain.js';
import { Failure } from '../../src/words/failure.js';
import { briefHolder } from '../../src/words/holder.js';
import { unlockCommand, unlockCommands } from '../../src/words/how-to-unlock.js';
import { START } from '../fake-clock.js';
import {
  acquiredClaim,
  BUCKET,
  LOCK_PATH,
  lockHolder,
  lockInfo,
  STATE_PATH,
  testSettings,
  theirLock,
} from '../test-data.js';
import { DENIED, DEPLOYED, LOCK, PLANNED, SAMPLES_END, type SummarySample } from './sample-facts.js';

const SETTINGS = testSettings();
const PIPELINE = testSettings({
  backend: { s3Endpoint: 'https://minio.internal.example:9000' },
  locking: { lock: { kind: 'both', table: 'terraform-locks' }, scope: { kind: 'pipeline' } },
});
const { releasedAt: _, ...HELD } = LOCK;

const NOT_STORED = new Failure(
  'Snapshot not stored',
  `${explain(DENIED).message}\nRun the job again once this is mended.`,
);
const STILL_WRITES = stillWritingFailure(
  {
    kind: 'still-writing',
    reason: 'will-not-end',
    tookMs: 210_000,
    processes: [{ pid: 4711, startedAt: 1, command: 'terraform', whose: 'ours', wraps: false }],
  },
  {
    lockPath: LOCK_PATH,
    runnerName: 'runner-1',
    unlockCommand: unlockCommand(SETTINGS, acquiredClaim().held),
    commands: unlockCommands(SETTINGS, acquiredClaim().held),
  },
);
const LOST = lockLost({ outcome: 'taken', by: theirLock() }, acquiredClaim(), {
  settings: SETTINGS,
  now: SAMPLES_END,
});
const GONE = lockLost({ outcome: 'absent' }, acquiredClaim(), { settings: SETTINGS, now: SAMPLES_END });

const judged = (verdict: Verdict) =>
  rightStateWords(
    { verdict, excused: [], older: [], unseen: [] },
    {
      bucket: BUCKET,
      statePath: STATE_PATH,
      workspace: 'default',
      lock: { kind: 'dynamodb', table: 'locks' },
    },
  );
const WRONG_STATE = judged({
  kind: 'convicted',
  strangers: [
    {
      found: {
        file: 'infrastructure/network/.terraform/terraform.tfstate',
        modifiedAt: START,
        backend: {
          kind: 's3',
          bucket: BUCKET,
          key: 'netwrok/terraform.tfstate',
          workspaceKeyPrefix: 'env:',
          lock: { kind: 'dynamodb', table: 'locks' },
        },
      },
      place: `${BUCKET}/netwrok/terraform.tfstate`,
      difference: 'key',
      because: 'of-this-job',
    },
  ],
}).failure as Failure;

const instances = (count: number) =>
  Array.from({ length: count }, (__, index) => `module.web.aws_instance.this[${index}]`);
const UNKNOWN = { changes: undefined, changesUnknown: 'The state is encrypted or not JSON.' };
/** Nothing in it at which a line could end. */
export const LONG_NAME = `network${'x'.repeat(180)}`;
const WAITED_LONG = {
  ...LOCK,
  requestedAt: START - 5_400_000,
  releasedAt: START + 14_000_000,
  waitedFor: [
    ...['production', 'staging'].map((job) =>
      briefHolder({ info: lockInfo(), holder: lockHolder({ repository: 'acme/platform', job }) }),
    ),
    briefHolder(theirLock()),
  ],
};

/** What differs from a job that waited for another one, and changed its state. */
const DEPLOYMENTS: Readonly<Record<string, Partial<HoldSummary>>> = {
  deploy: {},
  'deploy-without-a-wait': { lock: LOCK },
  'deploy-after-a-long-wait': { lock: WAITED_LONG },
  'deploy-of-many-resources': { changes: { added: instances(57), removed: ['aws_eip.old'], changed: [] } },
  'long-names': {
    statePath: LONG_NAME,
    lock: { ...WAITED_LONG, path: LONG_NAME, waitedFor: [{ who: `${LONG_NAME}@runner` }] },
    changes: { added: [`module.${LONG_NAME}`], removed: [], changed: [] },
  },
  'first-deployment': {
    before: { exists: false },
    after: { exists: true, serial: 1, resourceCount: 3 },
    snapshots: DEPLOYED.snapshots.slice(1),
  },
  'only-outputs-changed': { changes: { added: [], removed: [], changed: [] } },
  'state-deleted': {
    after: { exists: false },
    changes: undefined,
    snapshots: DEPLOYED.snapshots.slice(0, 1),
  },
  'encrypted-state': {
    ...UNKNOWN,
    before: { exists: true, serial: 41 },
    after: { exists: true, serial: 42 },
  },
  'doubtful-state': {
    ...UNKNOWN,
    after: { exists: true },
    snapshots: DEPLOYED.snapshots.map((snapshot) =>
      snapshot.phase === 'after'
        ? { ...snapshot, doubts: ['It is not JSON: it ends within a text.'] }
        : snapshot,
    ),
  },
  tainted: { after: { exists: true, serial: 42, resourceCount: 120, tainted: 2 } },
  'job-failed': { jobStatus: 'failure', after: { exists: true, serial: 42, resourceCount: 120, tainted: 1 } },
  'job-cancelled': { jobStatus: 'cancelled' },
  'without-a-lock': { lock: { outcome: 'none' } },
  'snapshot-not-stored': { problems: [NOT_STORED], snapshots: DEPLOYED.snapshots.slice(0, 1) },
  'lock-kept': { lock: { ...HELD, outcome: 'kept' }, problems: [STILL_WRITES], jobStatus: 'cancelled' },
  'lock-not-released': {
    lock: { ...HELD, outcome: 'kept' },
    problems: [notReleased(DENIED, acquiredClaim(), SETTINGS)],
  },
  'pipeline-lock-not-released': {
    lock: { ...HELD, path: `${LOCK_PATH}.lockkeeper`, outcome: 'kept' },
    problems: [notReleased(DENIED, acquiredClaim(), PIPELINE)],
  },
  'lock-lost': { lock: { ...LOCK, outcome: 'lost' }, problems: [LOST] },
  'several-problems': { lock: { ...LOCK, outcome: 'lost' }, problems: [NOT_STORED, GONE] },
  'wrong-state': { problems: [WRONG_STATE] },
};

/** What differs from a job that changed nothing. */
const PLANS: Readonly<Record<string, Partial<HoldSummary>>> = {
  plan: {},
  'no-terraform-seen': { notes: judged({ kind: 'nothing-seen', change: 'unchanged' }).summary },
  'no-state': {
    change: 'never-existed',
    before: { exists: false },
    after: { exists: false },
    snapshots: [],
    doubtful: true,
    notes: judged({ kind: 'no-state' }).summary,
  },
  'unknown-state': { change: 'unknown', after: undefined },
};

const samplesOf = (base: HoldSummary, kinds: typeof DEPLOYMENTS): readonly SummarySample[] =>
  Object.entries(kinds).map(([name, differences]) => ({
    name,
    blocks: summaryBlocks({ ...base, ...differences }, SAMPLES_END),
  }));

/** Of post steps whose job went on after main. */
export const HOLD_SAMPLES: readonly SummarySample[] = [
  ...samplesOf(DEPLOYED, DEPLOYMENTS),
  ...samplesOf(PLANNED, PLANS),
];
