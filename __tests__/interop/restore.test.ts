import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/job/clock.js';
import { cataloguePrefix } from '../../src/names/snapshot-key.js';
import { takeSnapshot } from '../../src/snapshots/snapshot.js';
import { readState } from '../../src/state/read-state.js';
import { s3Catalogue } from '../../src/stores/s3/snapshot-objects.js';
import { s3StateReader } from '../../src/stores/s3/state-object.js';
import { newClients, s3Connection } from '../../testing/connections.js';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import type { StepResult } from '../../testing/runner.js';
import type { LockKind, TerraformFolder } from '../../testing/terraform.js';
import { nameOf } from '../scenarios/scene.js';
import { newScene, type Scene } from './client-scene.js';
import { lockIds } from './lock-records.js';

type Client = 'terraform' | 'tofu';

const CONFIGURATION = `
variable "extra" {
  default = 0
}
resource "terraform_data" "extra" {
  count = var.extra
}
`;

/** What leads to each version of the state. */
const V1: readonly string[] = [];
const V2 = ['-var', 'greeting=second'];
const V3 = ['-var', 'greeting=third', '-var', 'extra=1'];
const V4 = ['-var', 'greeting=fourth'];

let servers: InteropServers;
let scene: Scene;

beforeAll(async () => {
  servers = await startEmbedded();
});
afterAll(() => servers?.close());
afterEach(async () => {
  servers.s3Proxy.clearRules();
  servers.dynamodbProxy.clearRules();
  await scene?.close();
});

/** A state with the versions 1, 2 and 3, and the snapshots that the action took of the first two. */
async function setScene(client: Client, lock: LockKind): Promise<Scene> {
  scene = await newScene({ servers, program: toolPath(client), lock, configuration: CONFIGURATION });
  const { checkout, newJob } = scene;
  const job = await newJob();
  expectGreen(await job.main());
  await checkout.succeed(['apply', '-auto-approve', ...V2], job.environment());
  expectGreen(await job.post());
  await checkout.succeed(['apply', '-auto-approve', ...V3]);
  return scene;
}

/** A state with the versions 1 and 2, and a snapshot of the first: without jobs, which take their time. */
async function setSmallScene(client: Client, lock: LockKind, configuration = ''): Promise<Scene> {
  scene = await newScene({ servers, program: toolPath(client), lock, configuration });
  const { bucket, key: path, s3Endpoint } = scene.place;
  const clients = newClients();
  const s3 = await clients.s3(s3Connection(s3Endpoint));
  const encryption = { kind: 'bucket-default' } as const;
  const get = s3StateReader(s3, { bucket, path, encryption });
  const state = await readState({ bucket, path, get, digest: async () => undefined }, { clock: systemClock });
  if (state.kind !== 'state') throw new Error('There is no state to take a snapshot of.');
  const prefix = cataloguePrefix('lockkeeper/', bucket, path);
  const occasion = {
    phase: 'scheduled',
    takenAt: Date.now(),
    runUrl: 'https://example.com',
    commit: 'c',
  } as const;
  await takeSnapshot(s3Catalogue(s3, { bucket, prefix, encryption }), state, occasion);
  clients.destroy();
  await scene.checkout.succeed(['apply', '-auto-approve', ...V2]);
  return scene;
}

function expectGreen(step: StepResult): StepResult {
  if (step.exitCode !== 0) throw new Error(`The step ended with ${step.exitCode}:\n${step.log}`);
  return step;
}

async function restore(inputs: Readonly<Record<string, string>>): Promise<StepResult> {
  const job = await scene.newRestore(inputs);
  const main = expectGreen(await job.main());
  expectGreen(await job.post());
  expect(await lockIds(servers, scene.place)).toEqual({});
  return main;
}

/** What a plan says it would do, of resources alone. */
async function planned({ succeed }: TerraformFolder, version: readonly string[]): Promise<string> {
  const output = await succeed(['plan', ...version]);
  return /^Plan: .*$/m.exec(output)?.[0] ?? (/No changes\./.exec(output)?.[0] as string);
}

const KINDS: readonly (readonly [Client, LockKind])[] = [
  ['terraform', 'dynamodb'],
  ['terraform', 'lockfile'],
  ['terraform', 'both'],
  ['tofu', 'dynamodb'],
  ['tofu', 'both'],
];

describe.each(KINDS)('%s, lock %s', (client, lock) => {
  describeWithTools('after a restore of the first version', [client, 'node24'], () => {
    test('the client goes on from there, and whatever was made of a later one is refused', async () => {
      const { checkout } = await setScene(client, lock);
      await checkout.succeed(['plan', '-out=before.plan', ...V4]);
      const later = join(checkout.path, 'later.tfstate');
      await writeFile(later, await checkout.succeed(['state', 'pull']));

      const { outputs } = await restore({ snapshot: 'serial:1' });
      expect(outputs).toMatchObject({ serial_before: '3', serial_after: '4', removed: '1', changed: '1' });

      expect(await planned(checkout, V1)).toBe('No changes.');
      expect(await planned(checkout, V3)).toBe('Plan: 1 to add, 1 to change, 0 to destroy.');
      const stale = await checkout.run(['apply', 'before.plan']);
      expect(stale).toMatchObject({ exitCode: 1, output: expect.stringContaining('Saved plan is stale') });
      const pushed = await checkout.run(['state', 'push', later]);
      expect(pushed).toMatchObject({ exitCode: 1, output: expect.stringContaining('serial') });
      expect(await checkout.succeed(['apply', '-auto-approve', ...V2])).toContain('0 added, 1 changed');
      expect(await planned(checkout, V2)).toBe('No changes.');
    });
  });
});

describeWithTools('terraform, whatever was there', ['terraform', 'node24'], () => {
  test.each<LockKind>(['both', 'lockfile'])('after a deletion, with lock %s', async (lock) => {
    const { checkout, place } = await setSmallScene('terraform', lock);
    await servers.s3.delete(place.bucket, place.key);
    expect((await restore({ snapshot: 'latest' })).outputs).toMatchObject({ serial_after: '1001' });
    expect(await planned(checkout, V1)).toBe('No changes.');
    expect(await checkout.succeed(['apply', '-auto-approve', ...V2])).toContain('1 changed');
  });

  test('after rubbish', async () => {
    const { checkout, place } = await setSmallScene('terraform', 'both');
    await servers.s3.put(place.bucket, place.key, '<<<<<<< HEAD');
    await restore({ snapshot: 'serial:1' });
    expect(await planned(checkout, V1)).toBe('No changes.');
    expect(await checkout.succeed(['apply', '-auto-approve', ...V2])).toContain('1 changed');
  });
});

describeWithTools('tofu with an encrypted state', ['tofu', 'node24'], () => {
  test('it is put back as it is, and the client reads it', async () => {
    const { checkout } = await setSmallScene('tofu', 'both', ENCRYPTION);
    const step = await restore({ snapshot: 'serial:1' });
    expect(step.warnings).toMatchObject([{ title: 'Serial not raised' }]);
    expect(step.outputs).toMatchObject({ serial_before: '2', serial_after: '1' });
    expect(await planned(checkout, V1)).toBe('No changes.');
  });
});

const ENCRYPTION = `
terraform {
  encryption {
    key_provider "pbkdf2" "passphrase" {
      passphrase = "correct-horse-battery-staple"
      iterations = 200000
    }
    method "aes_gcm" "authenticated" {
      keys = key_provider.pbkdf2.passphrase
    }
    state {
      method = method.aes_gcm.authenticated
    }
  }
}
`;

/** After which write a restore is killed, and which version Terraform finds then. */
const DEATHS: readonly (readonly [LockKind, string, readonly string[]])[] = [
  ['dynamodb', 'PUT snapshot', V2],
  ['dynamodb', 'DeleteItem digest', V2],
  ['dynamodb', 'PUT state', V1],
  ['dynamodb', 'PutItem digest', V1],
  ['lockfile', 'PUT state', V1],
];

describeWithTools('terraform, after a restore that was killed', ['terraform', 'node24'], () => {
  test.each(DEATHS)('with lock %s, after %s, works, and the same restore completes it', async (...death) => {
    const [lock, write, found] = death;
    const { checkout } = await setSmallScene('terraform', lock);
    const job = await scene.newRestore({ snapshot: 'serial:1' });
    const main = await job.startMain();
    for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
      proxy.addRule({
        match: (request) => nameOf(request) === write,
        times: 1,
        action: async ({ forward }) => {
          await forward();
          main.sendSignal('SIGKILL');
        },
      });
    }
    expect(await main.result).toMatchObject({ signal: 'SIGKILL' });
    const post = expectGreen(await job.post());
    expect(await lockIds(servers, scene.place)).toEqual({});
    expect(await planned(checkout, found)).toBe('No changes.');

    const [, key = ''] = /"snapshot: ([^"]+)"/.exec(post.warnings[0]?.message ?? '') ?? [];
    expect(key).toMatch(/-0000000001-[0-9a-f]{12}\.tfstate$/);
    await restore({ snapshot: key });
    expect(await planned(checkout, V1)).toBe('No changes.');
    expect(await checkout.succeed(['apply', '-auto-approve', ...V2])).toContain('1 changed');
    expect(JSON.parse(await checkout.succeed(['state', 'pull'])).serial).toBe(4);
  });
});
