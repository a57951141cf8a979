import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { TABLE } from '../../testing/environment.js';
import { answerInstead, dynamodbError, hold } from '../../testing/faults.js';
import type { Job } from '../../testing/job.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, LOCK_PATH, type Scene, STATE } from './scene.js';

const CHANGED = stateBody({ serial: 8 });
const CLOSED = 'http://127.0.0.1:9';
const NO_KEYS = { access_key: '', secret_key: '' };
const FOREVER = { times: Number.POSITIVE_INFINITY };

/** What a later step may leave in the environment, for a purpose of its own. */
const LEFT_BEHIND: readonly (readonly [what: string, Readonly<Record<string, string>>])[] = [
  [
    'other keys',
    { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'other', AWS_SESSION_TOKEN: 'other' },
  ],
  [
    'another profile',
    { AWS_PROFILE: 'other', AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  ],
  ['another region', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' }],
  [
    'other endpoints',
    { AWS_ENDPOINT_URL_S3: CLOSED, AWS_ENDPOINT_URL_DYNAMODB: CLOSED, AWS_ENDPOINT_URL: CLOSED },
  ],
  ['FIPS', { AWS_USE_FIPS_ENDPOINT: 'true' }],
  ['dual stack', { AWS_USE_DUALSTACK_ENDPOINT: 'true' }],
  ['another retry mode', { AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '1' }],
  ['another workspace', { TF_WORKSPACE: 'other' }],
  ['another encryption', { AWS_SSE_CUSTOMER_KEY: 'not a key' }],
];

/** Sees that the job's snapshot after was stored and its lock released. */
async function expectReleased({ lockRecords, snapshots }: Scene): Promise<void> {
  expect(await lockRecords()).toEqual([]);
  expect(snapshots()).toHaveLength(2);
}

describe('post is the same identity at the same place as main', () => {
  test.concurrent.each(LEFT_BEHIND)('whatever a later step leaves in the environment: %s', (_, variables) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('both');
      expect((await job.main()).exitCode).toBe(0);
      await scene.putState(CHANGED);
      job.exportEnv(variables);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      await expectReleased(scene);
      for (const { headers } of [...scene.s3Proxy.requests, ...scene.dynamodbProxy.requests]) {
        expect(headers.authorization).toContain('Credential=test/');
        expect(headers.authorization).toContain('/us-east-1/');
      }
    }),
  );

  test.concurrent.each([
    { what: 'of their own', names: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_DYNAMODB'] },
    { what: 'of their older names', names: ['AWS_S3_ENDPOINT', 'AWS_DYNAMODB_ENDPOINT'] },
    { what: 'for all of AWS', names: ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_DYNAMODB'] },
  ])(
    'also if main had all from the environment, with endpoints $what',
    ({ names: [s3 = '', dynamodb = ''] }) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        const job = await scene.startJob('both', {
          inputs: { ...NO_KEYS, region: '', endpoint: '', dynamodb_endpoint: '' },
          env: {
            AWS_ACCESS_KEY_ID: 'test',
            AWS_SECRET_ACCESS_KEY: 'test',
            AWS_REGION: 'us-east-1',
            [s3]: scene.s3Proxy.endpoint,
            [dynamodb]: scene.dynamodbProxy.endpoint,
          },
        });
        expect((await job.main()).errors).toEqual([]);
        await scene.putState(CHANGED);
        job.exportEnv({
          ...Object.assign({}, ...LEFT_BEHIND.map(([, variables]) => variables)),
          [s3]: CLOSED,
        });
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
        await expectReleased(scene);
      }),
  );
});

/** Makes DynamoDB refuse a key from now on; the S3 double does it by its accounts. */
function expire({ s3, dynamodbProxy }: Scene, accessKeyId: string): void {
  s3.settings.accounts = {
    ...s3.settings.accounts,
    [accessKeyId]: { ...(s3.settings.accounts[accessKeyId] ?? { secretAccessKey: '' }), expired: true },
  };
  const answer = dynamodbError(
    'ExpiredTokenException',
    'The security token included in the request is expired',
  );
  dynamodbProxy.addRule({
    match: ({ headers }) => String(headers.authorization).includes(`Credential=${accessKeyId}/`),
    action: answerInstead(answer),
  });
}

const ACCOUNTS = {
  accounts: {
    ASIAFIRST: { secretAccessKey: 'first secret'.replace(' ', '-'), sessionToken: 'first-token' },
    ASIASECOND: { secretAccessKey: 'second-secret', sessionToken: 'second-token' },
  },
};
const FIRST = {
  AWS_ACCESS_KEY_ID: 'ASIAFIRST',
  AWS_SECRET_ACCESS_KEY: 'first-secret',
  AWS_SESSION_TOKEN: 'first-token',
};
const SECOND = {
  AWS_ACCESS_KEY_ID: 'ASIASECOND',
  AWS_SECRET_ACCESS_KEY: 'second-secret',
  AWS_SESSION_TOKEN: 'second-token',
};
const INPUT_KEYS = { access_key: 'ASIAFIRST', secret_key: 'first-secret', token: 'first-token' };

describe('credentials that expired during the job', () => {
  test.concurrent.each([
    { from: 'inputs', inputs: INPUT_KEYS, env: {} },
    { from: 'the environment', inputs: NO_KEYS, env: FIRST },
  ])('from $from give way to those that a later step exported', ({ inputs, env }) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('both', { inputs, env });
      expect((await job.main()).errors).toEqual([]);
      await scene.putState(CHANGED);
      expire(scene, 'ASIAFIRST');
      job.exportEnv(SECOND);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      await expectReleased(scene);
    }, ACCOUNTS),
  );

  test.concurrent('from a profile give way to what the file holds now', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const inputs = { ...NO_KEYS, profile: 'deploy', shared_credentials_file: 'credentials' };
      const job = await scene.startJob('both', { inputs });
      const write = (keys: typeof FIRST) =>
        writeFile(
          join(job.workspace, 'credentials'),
          `[deploy]\n${Object.entries(keys)
            .map(([name, value]) => `${name.toLowerCase()} = ${value}\n`)
            .join('')}`,
        );
      await write(FIRST);
      expect((await job.main()).errors).toEqual([]);
      await scene.putState(CHANGED);
      expire(scene, 'ASIAFIRST');
      await write(SECOND);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      await expectReleased(scene);
    }, ACCOUNTS));

  test.concurrent('and are the only ones: post fails, and says how to free the lock', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('both', { inputs: INPUT_KEYS });
      const main = await job.main();
      await scene.putState(CHANGED);
      expire(scene, 'ASIAFIRST');
      const post = await job.post();
      expect(post.exitCode).toBe(1);
      expect(post.errors.map(({ title }) => title)).toEqual(['Snapshot not stored', 'Lock not released']);
      for (const { message } of post.errors) expect(message).toMatch(/credentials|expired/);
      expect(post.errors[1]?.message).toContain(
        `Free it with \`terraform force-unlock -force ${main.outputs['lock_id']}\`.`,
      );
      expect(await scene.lockRecords()).toHaveLength(2);
    }, ACCOUNTS));
});

describe('post that is cancelled', () => {
  test.concurrent.each(['GET state', 'PUT snapshot', 'DeleteItem lock', 'DELETE lockfile'])(
    'finishes its work all the same (%s)',
    (name) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        const job = await scene.startJob('both');
        await job.main();
        await scene.putState(CHANGED);
        const held = hold();
        scene.onRequest(name, held);
        const arrived = scene.waitForRequest(name, scene.asked.filter((asked) => asked === name).length + 1);
        const post = await job.startPost();
        await arrived;
        for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) post.sendSignal(signal);
        held.release();
        expect(await post.result).toMatchObject({ exitCode: 0, signal: null, errors: [] });
        await expectReleased(scene);
      }),
  );
});

describe('a Terraform that the post step of an earlier action runs', () => {
  const flagged = (job: Job) =>
    Object.entries(job.environment()).filter(([, value]) => value.includes('-lock=false'));

  test.concurrent('asks for its own lock again, because this job has released it', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { env: { TF_CLI_ARGS_plan: '-no-color' } });
      expect((await job.main()).exitCode).toBe(0);
      expect(flagged(job)).not.toEqual([]);
      expect((await job.post()).exitCode).toBe(0);
      expect(flagged(job)).toEqual([]);
      expect(job.environment()).toMatchObject({ TF_CLI_ARGS_plan: '-no-color', TF_CLI_ARGS_apply: '' });
    }));

  test.concurrent('does not, as long as the job holds another state', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const first = await scene.startJob('dynamodb');
      const second = first.use({ ...scene.inputs, key: 'dns/terraform.tfstate', dynamodb_table: TABLE });
      for (const { main } of [first, second]) expect((await main()).exitCode).toBe(0);
      const all = flagged(first);
      expect((await second.post()).exitCode).toBe(0);
      expect(flagged(first)).toEqual(all);
      expect((await first.post()).exitCode).toBe(0);
      expect(flagged(first)).toEqual([]);
    }));
});

describe('post', () => {
  test.concurrent('tells of the snapshot and of the release when both fail', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { inputs: { max_retries: '1' } });
      await job.main();
      await scene.putState(CHANGED);
      scene.s3.settings.deny = [{ action: 's3:PutObject' }];
      scene.onRequest(
        'DeleteItem lock',
        answerInstead(dynamodbError('InternalServerError', 'Oh dear.')),
        FOREVER,
      );
      const post = await job.post();
      expect(post.exitCode).toBe(1);
      expect(post.errors).toMatchObject([
        { title: 'Snapshot not stored', message: expect.stringContaining('s3:PutObject') },
        { title: 'Lock not released', message: expect.stringContaining('Oh dear.') },
      ]);
      expect(post.summary).toContain('Oh dear.');
      expect(post.summary).toContain('s3:PutObject');
      expect(await scene.lockRecords()).toEqual([LOCK_PATH]);
    }));

  test.concurrent.each(['{"schema":2}', 'not JSON', '{"schema":1,'])(
    'does not act on a run state that is not its own: %s',
    (state) =>
      inScene(async ({ startJob, asked }) => {
        const job = await startJob('both');
        job.exportEnv({ STATE_run: state });
        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Run state not understood' }] });
        expect(asked).toEqual([]);
      }),
  );
});
