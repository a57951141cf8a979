import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, TOOLS_FOLDER, toolPath } from '../../testing/interop-tools.js';
import type { Job } from '../../testing/job.js';
import type { LockKind } from '../../testing/terraform.js';
import { newScene, type Scene } from './client-scene.js';
import { lockIds } from './lock-records.js';

const KINDS: readonly LockKind[] = ['dynamodb', 'lockfile', 'both'];

describeWithTools('the command that a refused job names', ['terraform', 'node24', 'aws'], () => {
  let servers: InteropServers;
  let scene: Scene | undefined;

  beforeAll(async () => {
    servers = await startEmbedded();
  });
  afterEach(() => scene?.close());
  afterAll(() => servers?.close());

  const setScene = async (lock: LockKind): Promise<Scene> => {
    scene = await newScene({ servers, program: toolPath('terraform'), lock });
    return scene;
  };

  describe.each(KINDS)('lock %s', (lock) => {
    test('frees what an apply left that was killed', async () => {
      const { place, checkout, newJob, newGate } = await setScene(lock);
      const gate = await newGate();
      const applying = checkout.start(['apply', '-auto-approve', ...gate.args]);
      await applying.waitForOutput("Provisioning with 'local-exec'");
      applying.kill();
      await applying.result;
      expect(await lockIds(servers, place)).not.toEqual({});

      await runAsNamed(await newJob({ lock_timeout: '0s' }), scene);
      expect(await lockIds(servers, place)).toEqual({});
    });

    test('frees what a job left that never came to post, in a workspace', async () => {
      const { place, checkout, newJob } = await setScene(lock);
      await checkout.succeed(['workspace', 'new', 'staging']);
      await checkout.succeed(['workspace', 'select', 'default']);
      await (await newJob({ workspace: 'staging' })).main();
      const path = `env:/staging/${place.key}`;
      expect(await lockIds(servers, place, path)).not.toEqual({});

      await runAsNamed(await newJob({ workspace: 'staging', lock_timeout: '0s' }), scene);
      expect(await lockIds(servers, place, path)).toEqual({});
    });

    test('frees what a job left that never came to post, with scope pipeline', async () => {
      const { place, newJob } = await setScene(lock);
      await (await newJob({ lock_scope: 'pipeline' })).main();
      const path = `${place.key}.lockkeeper`;
      expect(await lockIds(servers, place, path)).not.toEqual({});

      await runAsNamed(await newJob({ lock_scope: 'pipeline', lock_timeout: '0s' }), scene);
      expect(await lockIds(servers, place, path)).toEqual({});
    });
  });
});

/** Lets the job be refused, and does what a person does with the message: copies the commands and runs them. */
async function runAsNamed(job: Job, scene: Scene | undefined): Promise<void> {
  const { errors } = await job.main();
  expect(errors).toMatchObject([{ title: 'Lock held' }]);
  const [, advice = ''] = errors[0]?.message.split('free the lock with ') ?? [];
  const commands = [...advice.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
  expect(commands).not.toEqual([]);
  for (const command of commands) {
    await promisify(execFile)('sh', ['-c', command], {
      cwd: scene?.checkout.path,
      env: {
        ...scene?.checkout.environment,
        PATH: [TOOLS_FOLDER, process.env['PATH'] ?? ''].join(delimiter),
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL_S3: scene?.place.s3Endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: scene?.place.dynamodbEndpoint,
      },
    });
  }
}
