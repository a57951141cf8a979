import { describe, expect, test } from '@jest/globals';
import type { StepResult } from '../../testing/runner.js';
import { atAws } from './aws-scene.js';
import { inScene, LOCKING_KINDS, STATE } from './scene.js';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const PASSWORD = 'corr/ect horse%';
const ENCODED = encodeURIComponent(PASSWORD);
const SENT = Buffer.from(`ada:${PASSWORD}`).toString('base64');
const hostOf = (endpoint: string) => new URL(endpoint).host;

/** The same servers by an address that is no loopback address, so that a proxy would be asked. */
function elsewhere({ endpoint = '', dynamodb_endpoint = '' }: Readonly<Record<string, string>>) {
  const renamed = (url: string) => url.replace('127.0.0.1', '0.0.0.0');
  return { endpoint: renamed(endpoint), dynamodb_endpoint: renamed(dynamodb_endpoint) };
}

/** What is left to read of the step, its masks aside: the runner would hide them, and is not to be needed. */
function written({ stdout, stderr, summary }: StepResult): string {
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...lines, stderr, summary].join('\n');
}

describe('a proxy of the environment', () => {
  test.concurrent('needs no scheme, and is told the user name and password that it is given', () =>
    atAws(
      async ({ aws, startJob, putState }) => {
        await putState(STATE);
        const job = await startJob('both', {
          env: { HTTPS_PROXY: `ada:${ENCODED}@${hostOf(aws.endpoint)}` },
        });
        const main = await job.main();
        const post = await job.post();
        for (const step of [main, post]) {
          expect(step).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
          expect(step.masks).toEqual(expect.arrayContaining(['ada', PASSWORD, ENCODED, SENT]));
          for (const secret of [PASSWORD, ENCODED, SENT]) expect(written(step)).not.toContain(secret);
        }
      },
      { login: `ada:${PASSWORD}` },
    ));

  test.concurrent('that takes no such password is told as such, and shows it nowhere', () =>
    atAws(
      async ({ aws, startJob }) => {
        const job = await startJob('dynamodb', {
          inputs: { max_retries: '0' },
          env: { HTTPS_PROXY: `http://ada:${ENCODED}@${hostOf(aws.endpoint)}` },
        });
        const main = await job.main();
        expect(main.errors).toMatchObject([
          {
            title: 'DynamoDB unreachable',
            message: expect.stringContaining(
              'the proxy refused to connect: 407 Proxy Authentication Required',
            ),
          },
        ]);
        for (const secret of [PASSWORD, ENCODED, SENT]) expect(written(main)).not.toContain(secret);
      },
      { login: 'ada:another' },
    ));

  test.concurrent.each([
    'http://ada:hunter2/x@proxy.example.com:3128',
    'http://ada:2/hunter2@proxy.example.com:3128',
    'http://ada:hunter2 x@proxy.example.com:3128',
    'http://ada:hunter2%@proxy.example.com:3128',
    'ada:hunter2@proxy.example.com:port',
    'socks5://ada:hunter2@proxy.example.com',
  ])('is refused before any request if it cannot be one, and shows no password (%s)', (proxy) =>
    inScene(async ({ startJob, asked }) => {
      const job = await startJob('dynamodb', { env: { HTTPS_PROXY: proxy } });
      const main = await job.main();
      expect(main.errors).toEqual([
        {
          title: 'Configuration',
          message: expect.stringMatching(/^Environment variable "HTTPS_PROXY" must be/),
        },
      ]);
      expect(written(main)).not.toContain('hunter2');
      expect(asked).toEqual([]);
    }),
  );

  test.concurrent.each(LOCKING_KINDS)(
    'is that of main in post too, whatever later steps export (%s)',
    (kind) =>
      atAws(async ({ startJob, lockRecords }) => {
        const job = await startJob(kind);
        expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
        job.exportEnv({ HTTPS_PROXY: NOWHERE, https_proxy: 'http://a b', NO_PROXY: '*' });
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
        expect(await lockRecords()).toEqual([]);
      }),
  );

  test.concurrent('is none in post where main had none', () =>
    inScene(async ({ startJob, inputs, lockRecords }) => {
      const job = await startJob('both', { inputs: elsewhere(inputs) });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      job.exportEnv({ HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, NODE_USE_ENV_PROXY: '1' });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
    }));
});

describe('no proxy is asked', () => {
  test.concurrent('for a store on the machine itself', () =>
    inScene(async ({ startJob }) => {
      const job = await startJob('both', { env: { HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE } });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }));

  test.concurrent.each(['0.0.0.0', '0.0.0.0/8', 'a.example, *'])('for what NO_PROXY names (%s)', (NO_PROXY) =>
    inScene(async ({ startJob, inputs }) => {
      const job = await startJob('lockfile', {
        inputs: elsewhere(inputs),
        env: { HTTP_PROXY: NOWHERE, NO_PROXY },
      });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      job.exportEnv({ NO_PROXY: '' });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }),
  );

  test.concurrent('unless NO_PROXY names another', () =>
    inScene(async ({ startJob, inputs }) => {
      const job = await startJob('lockfile', {
        inputs: { ...elsewhere(inputs), max_retries: '0' },
        env: { HTTP_PROXY: NOWHERE, NO_PROXY: 'a.example' },
      });
      expect((await job.main()).errors).toMatchObject([{ title: 'S3 unreachable' }]);
    }));
});
