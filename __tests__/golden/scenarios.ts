import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { answerInstead, dynamodbError } from '../../testing/faults.js';
import type { Job, JobOptions } from '../../testing/job.js';
import type { StepResult } from '../../testing/runner.js';
import { stateBody } from '../../testing/test-data.js';
import {
  type Kind,
  LOCK_PATH,
  LOCKFILE_KEY,
  LOCKING_KINDS,
  PREFIX,
  type Scene,
  STATE,
} from '../scenarios/scene.js';

/** A job, and what happens around it. */
export interface Scenario {
  /** Also that of the file. */
  readonly name: string;
  readonly kind: Kind;
  readonly options?: JobOptions;
  /** Before the job. */
  readonly arrange?: (scene: Scene) => unknown;
  /** In place of a main that is just waited for. */
  readonly runMain?: (scene: Scene, job: Job) => Promise<StepResult>;
  /** Between main and post. */
  readonly meanwhile?: (scene: Scene) => unknown;
  /** Main waits: requests that are repeated are written down once. */
  readonly repeats?: true;
}

/** The state after the job's `terraform apply`: one resource as it was, one changed, one new, one gone. */
const BEFORE = stateBody({ values: { kept: 'same', edited: 'old', dropped: 'x' } });
const AFTER = stateBody({ serial: 8, values: { kept: 'same', edited: 'new', made: 'y' } });
const CHANGING: Pick<Scenario, 'arrange' | 'meanwhile'> = {
  arrange: ({ putState }) => putState(BEFORE),
  meanwhile: ({ putState }) => putState(AFTER),
};

const PIPELINE = { lock_scope: 'pipeline' };
const AT_ONCE = { lock_timeout: '0s' };
const FOREVER = { times: Number.POSITIVE_INFINITY };
const NO_DELETE_ITEM = dynamodbError(
  'AccessDeniedException',
  'User: ci is not authorized to perform: dynamodb:DeleteItem',
);

const putState = (scene: Scene) => scene.putState(STATE);

async function forceUnlock({ s3, dynamodb }: Scene): Promise<void> {
  s3.deleteObject(BUCKET, LOCKFILE_KEY);
  await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
}

async function applyAndLose(scene: Scene): Promise<void> {
  await scene.putState(AFTER);
  await forceUnlock(scene);
}

/** Lets the lock's holder go as soon as main has asked twice. */
const waitForHolder =
  (request: string): Scenario['runMain'] =>
  async (scene, job) => {
    const main = await job.startMain();
    await scene.waitForRequest(request, 2);
    await forceUnlock(scene);
    return main.result;
  };

/** Kills main when the server has carried out a request and before it answers. */
const killAfter =
  (request: string): Scenario['runMain'] =>
  async ({ onRequest }, job) => {
    const main = await job.startMain();
    onRequest(request, async ({ forward }) => {
      await forward();
      main.sendSignal('SIGKILL');
    });
    return main.result;
  };

const WRONG_INPUTS = {
  bucket: '',
  key: '/terraform.tfstate',
  region: 'US EAST',
  lock_timeout: 'ten',
  use_lockfile: 'yes',
  backup: 'sometimes',
  kms_key_id: 'key',
  acl: 'everybody',
  max_retries: '-1',
  secret_key: 'two words',
};

export const SCENARIOS: readonly Scenario[] = [
  ...([...LOCKING_KINDS, 'none'] as const).map((kind) => ({ name: `changing-${kind}`, kind, ...CHANGING })),
  { name: 'unchanged-dynamodb', kind: 'dynamodb', arrange: putState },
  { name: 'first-state-dynamodb', kind: 'dynamodb', meanwhile: putState },
  { name: 'backup-none-dynamodb', kind: 'dynamodb', options: { inputs: { backup: 'none' } }, ...CHANGING },
  { name: 'pipeline-both', kind: 'both', options: { inputs: PIPELINE }, ...CHANGING },
  {
    name: 'encrypted-lockfile',
    kind: 'lockfile',
    options: { inputs: { encrypt: 'true', kms_key_id: 'alias/terraform', acl: 'bucket-owner-full-control' } },
    ...CHANGING,
  },
  ...LOCKING_KINDS.map((kind) => ({
    name: `held-by-terraform-${kind}`,
    kind,
    options: { inputs: AT_ONCE },
    // Of a lock made of two, the second one: what was taken before it is given back.
    arrange: ({ holdByOther }: Scene) => holdByOther(kind === 'both' ? 'dynamodb' : kind),
  })),
  ...LOCKING_KINDS.map((kind) => ({
    name: `held-by-another-run-${kind}`,
    kind,
    options: {
      inputs: AT_ONCE,
      env: { GITHUB_ACTOR: 'ada', GITHUB_RUN_ID: '4712', RUNNER_NAME: 'runner-2' },
    },
    arrange: async ({ startJob }: Scene) => (await startJob(kind)).main(),
  })),
  ...(['lockfile', 'both'] as const).map((kind) => ({
    name: `held-pipeline-${kind}`,
    kind,
    options: { inputs: { ...PIPELINE, ...AT_ONCE } },
    arrange: async ({ startJob }: Scene) => (await startJob(kind, { inputs: PIPELINE })).main(),
  })),
  ...(['dynamodb', 'lockfile'] as const).map((kind) => ({
    name: `waiting-${kind}`,
    kind,
    arrange: ({ holdByOther }: Scene) => holdByOther(kind),
    runMain: waitForHolder(kind === 'dynamodb' ? 'GetItem lock' : 'GET lockfile'),
    repeats: true as const,
  })),
  ...LOCKING_KINDS.flatMap((kind) => [
    { name: `lock-gone-${kind}`, kind, ...CHANGING, meanwhile: applyAndLose },
    {
      name: `lock-taken-${kind}`,
      kind,
      ...CHANGING,
      meanwhile: async (scene: Scene) => {
        await applyAndLose(scene);
        await scene.holdByOther(kind);
      },
    },
  ]),
  {
    name: 'not-released-dynamodb',
    kind: 'dynamodb',
    arrange: putState,
    meanwhile: ({ onRequest }) => onRequest('DeleteItem lock', answerInstead(NO_DELETE_ITEM), FOREVER),
  },
  {
    name: 'not-released-lockfile',
    kind: 'lockfile',
    arrange: putState,
    meanwhile: ({ s3 }) => {
      s3.settings.deny = [{ action: 's3:DeleteObject', resource: `${BUCKET}/${LOCKFILE_KEY}` }];
    },
  },
  ...LOCKING_KINDS.map((kind) => ({
    name: `snapshot-refused-${kind}`,
    kind,
    arrange: async (scene: Scene) => {
      await putState(scene);
      scene.s3.settings.deny = [{ action: 's3:PutObject', resource: `${BUCKET}/${PREFIX}*` }];
    },
  })),
  {
    name: 'doubtful-state-dynamodb',
    kind: 'dynamodb',
    arrange: ({ s3 }) => s3.putObject(BUCKET, STATE_PATH, '<html>Not found</html>'),
  },
  { name: 'wrong-configuration', kind: 'both', options: { inputs: WRONG_INPUTS } },
  { name: 'no-such-workspace-dynamodb', kind: 'dynamodb', options: { inputs: { workspace: 'staging' } } },
  { name: 'killed-dynamodb', kind: 'dynamodb', arrange: putState, runMain: killAfter('PutItem lock') },
  { name: 'killed-lockfile', kind: 'lockfile', arrange: putState, runMain: killAfter('PUT lockfile') },
];
