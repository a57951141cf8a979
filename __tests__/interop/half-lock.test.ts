import { execFile } from 'node:child_process';
import { delimiter } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, TOOLS_FOLDER, toolPath } from '../../testing/interop-tools.js';
import { newScene, type Scene } from './client-scene.js';
import { lockIds } from './lock-records.js';

/** A job whose lock is but one half of what its successor asks for: what a main leaves that is killed in between. */
const HALVES: readonly { half: string; inputs: Readonly<Record<string, string>> }[] = [
  { half: 'lockfile', inputs: { dynamodb_table: '' } },
  { half: 'DynamoDB item', inputs: { use_lockfile: 'false' } },
];

describeWithTools(
  'the command that is named for half of a lock made of two',
  ['terraform', 'node24', 'aws'],
  () => {
    let servers: InteropServers;
    let scene: Scene | undefined;

    beforeAll(async () => {
      servers = await startEmbedded();
    });
    afterEach(() => scene?.close());
    afterAll(() => servers?.close());

    test.each(HALVES)('frees it and exits with 0 ($half)', async ({ inputs }) => {
      scene = await newScene({ servers, program: toolPath('terraform'), lock: 'both' });
      const { place, checkout, newJob } = scene;
      await (await newJob(inputs)).main();
      expect(await lockIds(servers, place)).not.toEqual({});

      const { errors } = await (await newJob({ lock_timeout: '0s' })).main();
      const [, advice = ''] = errors[0]?.message.split('free the lock with ') ?? [];
      const commands = [...advice.matchAll(/`([^`]+)`/g)].map(([, command = '']) => command);
      expect(commands).not.toEqual([]);
      const env = {
        ...checkout.environment,
        PATH: [TOOLS_FOLDER, process.env['PATH'] ?? ''].join(delimiter),
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        AWS_ENDPOINT_URL_S3: place.s3Endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: place.dynamodbEndpoint,
      };
      for (const command of commands) {
        await promisify(execFile)('sh', ['-c', command], { cwd: checkout.path, env });
      }
      expect(await lockIds(servers, place)).toEqual({});
    });
  },
);
