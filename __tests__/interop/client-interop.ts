import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { heldVariable } from '../../src/names/held-variable.js';
import { VERSION } from '../../src/names/version.js';
import type { InteropServers } from '../../testing/interop-servers.js';
import { describeWithTools, type InteropTool, toolPath } from '../../testing/interop-tools.js';
import type { StepResult } from '../../testing/runner.js';
import { type LockKind, shownLockInfo } from '../../testing/terraform.js';
import { THEIR_ID } from '../../testing/test-data.js';
import { newScene, type Scene } from './client-scene.js';
import { asksForLock, clearLock, holdByOther, idsOf, isByClient, lockIds } from './lock-records.js';

/** A real client, and what it and the action meet on. */
export interface ClientUnderTest {
  readonly client: 'terraform' | 'tofu';
  readonly lock: LockKind;
  readonly servers: {
    readonly name: string;
    readonly tools: readonly InteropTool[];
    readonly start: () => Promise<InteropServers>;
  };
}

const RUN = 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1';
const NONE = {};
/**
 * A client whose request for the lock was refused asks who holds it. Where the lock is released in between, it reads no
 * record, and gives up instead of waiting on; a person runs it again.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/states/statemgr/locker.go LockWithContext
 */
const LOST_RACE = 'unexpected end of JSON input';

/** Everything that a person with this client, and a job with the action, do to each other. */
export function describeClient({ client, lock, servers: { name, tools, start } }: ClientUnderTest): void {
  describeWithTools(`${client}, lock ${lock}, on ${name}`, [client, 'node24', ...tools], () => {
    let servers: InteropServers;
    let scene: Scene;

    beforeAll(async () => {
      servers = await start();
    });
    afterAll(() => servers?.close());
    afterEach(() => scene?.close());

    const setScene = async (): Promise<Scene> => {
      scene = await newScene({ servers, program: toolPath(client), lock });
      return scene;
    };
    const clientRequests = () =>
      [...servers.s3Proxy.requests, ...servers.dynamodbProxy.requests].filter(isByClient);
    const clearRequests = () => {
      servers.s3Proxy.clearRequests();
      servers.dynamodbProxy.clearRequests();
    };

    describe('while the job holds the lock', () => {
      test('a person is refused, and told who holds it and where to look', async () => {
        const { place, checkout, newJob } = await setScene();
        const job = await newJob();
        const { lock_id } = expectSuccess(await job.main()).outputs;
        expect(await lockIds(servers, place)).toEqual(idsOf(lock, lock_id));

        const refused = await checkout.run(['apply', '-auto-approve']);
        expect(refused.exitCode).toBe(1);
        expect(refused.output).toContain('Error acquiring the state lock');
        expect(shownLockInfo(refused.output)).toEqual({
          ID: lock_id,
          Path: `${place.bucket}/${place.key}`,
          Operation: 'lockkeeper',
          Who: 'octocat@runner-1',
          Version: VERSION,
          Created: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? \+0000 UTC$/),
          Info: `${RUN} job deploy of acme/infrastructure`,
        });
        expect(await lockIds(servers, place)).toEqual(idsOf(lock, lock_id));

        expectSuccess(await job.post());
        expect(await lockIds(servers, place)).toEqual(NONE);
      });

      test('a person with -lock-timeout waits, and goes on when post has run', async () => {
        const { place, checkout, newJob } = await setScene();
        const job = await newJob();
        const { lock_id } = expectSuccess(await job.main()).outputs;

        const apply = ['apply', '-auto-approve', '-lock-timeout=60s', '-var', 'greeting=hi'];
        const waiting = checkout.start(apply);
        await waiting.waitForOutput('Acquiring state lock');
        expect(await lockIds(servers, place)).toEqual(idsOf(lock, lock_id));
        expectSuccess(await job.post());

        const first = await waiting.result;
        const { exitCode, output } = first.output.includes(LOST_RACE) ? await checkout.run(apply) : first;
        expect({ exitCode, output }).toMatchObject({
          exitCode: 0,
          output: expect.stringContaining('1 changed'),
        });
        expect(await lockIds(servers, place)).toEqual(NONE);
      });

      test('a person can force it open by its ID, and post says that it was', async () => {
        const { place, checkout, newJob } = await setScene();
        // OpenTofu frees the item only if its text is what Go would have written, escapes and all.
        const job = await newJob({}, { RUNNER_NAME: 'R&D <é> 1' });
        const { lock_id = '' } = expectSuccess(await job.main()).outputs;

        expect(await checkout.succeed(['force-unlock', '-force', lock_id])).toContain(
          'successfully unlocked',
        );
        expect(await lockIds(servers, place)).toEqual(NONE);

        const post = await job.post();
        expect(post.exitCode).toBe(1);
        expect(post.errors).toEqual([
          { title: 'Lock lost', message: expect.stringContaining('it is gone. Nothing was touched.') },
        ]);
      });
    });

    describe('in the job', () => {
      test('every command that locks works, and none asks for the lock', async () => {
        const { place, checkout, newJob } = await setScene();
        const path = `${place.bucket}/${place.key}`;
        const job = await newJob();
        const { env } = expectSuccess(await job.main());
        clearRequests();

        const [builtIn, other] = ['terraform.io/builtin/terraform', 'registry.terraform.io/acme/other'];
        const commands = [
          ['init', '-reconfigure'],
          ['plan'],
          ['apply', '-auto-approve'],
          ['refresh'],
          ['taint', 'terraform_data.greeting'],
          ['untaint', 'terraform_data.greeting'],
          ['state', 'mv', 'terraform_data.greeting', 'terraform_data.moved'],
          ['state', 'mv', 'terraform_data.moved', 'terraform_data.greeting'],
          ['state', 'rm', 'terraform_data.imported'],
          ['import', 'terraform_data.imported', 'an-id'],
          ['state', 'replace-provider', '-auto-approve', builtIn, other],
          ['state', 'replace-provider', '-auto-approve', other, builtIn],
          ['workspace', 'new', 'feature'],
          ['workspace', 'select', 'default'],
          ['workspace', 'delete', 'feature'],
          ['state', 'push', 'pulled.tfstate'],
          ['destroy', '-auto-approve'],
        ];
        for (const command of commands) {
          const pulled = await checkout.succeed(['state', 'pull'], job.environment());
          await writeFile(join(checkout.path, 'pulled.tfstate'), pulled);
          await checkout.succeed(command, job.environment());
        }

        const used = commands.map((words) => `TF_CLI_ARGS_${words.join('_').replaceAll('-', '_')}`);
        const unused = Object.keys(env).filter(
          (name) => name !== heldVariable(path) && !used.some((each) => `${each}_`.startsWith(`${name}_`)),
        );
        expect(unused).toEqual([]);
        expect(clientRequests().length).toBeGreaterThan(0);
        expect(clientRequests().filter(asksForLock(place))).toEqual([]);
        expectSuccess(await job.post());
      });

      test('commands that do not lock work as before', async () => {
        const { checkout, newJob } = await setScene();
        const job = await newJob();
        expectSuccess(await job.main());
        for (const command of [
          ['version'],
          ['validate'],
          ['fmt'],
          ['output'],
          ['show'],
          ['state', 'list'],
          ['workspace', 'list'],
          ['providers'],
          ['graph'],
        ]) {
          await checkout.succeed(command, job.environment());
        }
      });

      test('what apply wrote is in the snapshot, checked and byte for byte, and its addresses in the summary', async () => {
        const { place, checkout, newJob } = await setScene();
        const { bucket, key } = place;
        const job = await newJob();
        const main = expectSuccess(await job.main());
        const before = await servers.s3.get(bucket, key);
        expect(main.outputs).toMatchObject({ state_exists: 'true', state_md5: md5(before?.body) });

        await checkout.succeed(['apply', '-auto-approve', '-var', 'greeting=bonjour'], job.environment());
        const after = await servers.s3.get(bucket, key);
        if (lock !== 'lockfile') {
          const digest = await servers.dynamodb.get(place.table, `${bucket}/${key}-md5`);
          expect(digest?.['Digest']).toBe(md5(after?.body));
        }
        const post = expectSuccess(await job.post());

        const keys = await servers.s3.keys(bucket, `lockkeeper/${bucket}/${key}/`);
        expect(keys).toHaveLength(2);
        const snapshots = await Promise.all(keys.map((each) => servers.s3.get(bucket, each)));
        const [first, second] = ['before', 'after'].map((phase) =>
          snapshots.find((snapshot) => snapshot?.metadata['phase'] === phase),
        );
        expect(first?.body.equals(before?.body ?? Buffer.of())).toBe(true);
        expect(second?.body.equals(after?.body ?? Buffer.of())).toBe(true);
        const serial = Number(main.outputs['state_serial']);
        expect(first?.metadata).toMatchObject({ verified: 'true', serial: String(serial) });
        expect(second?.metadata).toMatchObject({
          verified: 'true',
          serial: String(serial + 1),
          lineage: main.outputs['state_lineage'],
          md5: md5(after?.body),
          'run-url': RUN,
        });
        expect(post.summary).toContain(`${serial} → ${serial + 1}`);
        expect(post.summary).toContain('~ terraform_data.greeting');
        expect(post.summary).not.toContain('terraform_data.imported');
        expect(post.summary).not.toContain('bonjour');
      });

      test('with scope pipeline, each command takes its own lock, and another pipeline is kept out', async () => {
        const { place, checkout, newJob } = await setScene();
        const path = `${place.key}.lockkeeper`;
        const job = await newJob({ lock_scope: 'pipeline' });
        const main = expectSuccess(await job.main());
        expect(Object.keys(main.env)).toEqual([heldVariable(`${place.bucket}/${path}`)]);
        expect(await lockIds(servers, place)).toEqual(NONE);
        expect(await lockIds(servers, place, path)).toEqual(idsOf(lock, main.outputs['lock_id']));
        clearRequests();

        await checkout.succeed(['apply', '-auto-approve', '-var', 'greeting=hi'], job.environment());
        expect(clientRequests().filter(asksForLock(place)).length).toBe(lock === 'both' ? 2 : 1);
        const second = await newJob({ lock_scope: 'pipeline', lock_timeout: '0s' });
        expect((await second.main()).errors).toMatchObject([{ title: 'Lock held' }]);

        expectSuccess(await job.post());
        expect(await lockIds(servers, place, path)).toEqual(NONE);
      });
    });

    test('while a person applies, a job is refused or waits, is shown who it is, and gets the lock afterwards', async () => {
      const { place, checkout, newJob, newGate, inspect } = await setScene();
      const gate = await newGate();
      const applying = checkout.start(['apply', '-auto-approve', ...gate.args]);
      await applying.waitForOutput("Provisioning with 'local-exec'");
      const ids = await lockIds(servers, place);
      const id = ids.item ?? ids.lockfile ?? '';
      expect(ids).toEqual(idsOf(lock, id));

      const impatient = await newJob({ lock_timeout: '0s' });
      const refused = await impatient.main();
      expect(refused.exitCode).toBe(1);
      expect(refused.errors).toMatchObject([{ title: 'Lock held' }]);
      const [{ message } = { message: '' }] = refused.errors;
      expect(message).toMatch(/, by \S+@\S+ since .*; operation OperationTypeApply; /);
      expect(message).toContain(`\`terraform force-unlock -force ${id}\``);
      expectSuccess(await impatient.post());
      const { outputs: found } = expectSuccess(await inspect());
      expect(JSON.parse(found['report'] ?? '').lock).toMatchObject({
        id,
        kind: lock,
        info: { Operation: 'OperationTypeApply', Path: `${place.bucket}/${place.key}` },
        holder: null,
      });
      expect(await lockIds(servers, place)).toEqual(ids);

      const patient = await newJob({ lock_timeout: '2m' });
      const waiting = await patient.startMain();
      await waiting.waitForLog(`lock ID ${id}`);
      await gate.open();
      expect(await applying.result).toMatchObject({ exitCode: 0 });
      const { outputs } = expectSuccess(await waiting.result);
      expect(await lockIds(servers, place)).toEqual(idsOf(lock, outputs['lock_id']));
      // What the person had applied is what the job found.
      const { body } = (await servers.s3.get(place.bucket, place.key)) ?? {};
      expect(outputs['state_md5']).toBe(md5(body));
      expect(expectSuccess(await patient.post()).summary).toMatch(/Waited for/);
    });

    describe('a workspace', () => {
      test('has a lock of its own', async () => {
        const { place, checkout, newJob } = await setScene();
        const path = `env:/staging/${place.key}`;
        await checkout.succeed(['workspace', 'new', 'staging']);
        await checkout.succeed(['workspace', 'select', 'default']);

        const job = await newJob({}, { TF_WORKSPACE: 'staging' });
        const main = expectSuccess(await job.main());
        expect(main.outputs).toMatchObject({ lock_path: `${place.bucket}/${path}`, state_exists: 'true' });
        expect(await lockIds(servers, place, path)).toEqual(idsOf(lock, main.outputs['lock_id']));

        const refused = await checkout.run(['apply', '-auto-approve'], { TF_WORKSPACE: 'staging' });
        expect(shownLockInfo(refused.output)).toMatchObject({
          ID: main.outputs['lock_id'],
          Path: `${place.bucket}/${path}`,
        });
        await checkout.succeed(['apply', '-auto-approve', '-var', 'greeting=default']);
        await checkout.succeed(['apply', '-auto-approve'], job.environment());

        expect(expectSuccess(await job.post()).summary).toContain('+ terraform_data.greeting');
        expect(await lockIds(servers, place, path)).toEqual(NONE);
        expect(await servers.s3.keys(place.bucket, `lockkeeper/${place.bucket}/${path}/`)).toHaveLength(2);
      });

      test('that does not exist yet is locked by the client, whatever -lock says, so a job refuses to hold it', async () => {
        const { place, checkout, newJob } = await setScene();
        const path = `env:/unborn/${place.key}`;
        await holdByOther(servers, place, path);
        const refused = await checkout.run(['workspace', 'new', '-lock=false', 'unborn']);
        expect(refused.exitCode).toBe(1);
        expect(shownLockInfo(refused.output)).toMatchObject({ ID: THEIR_ID });
        await clearLock(servers, place, path);

        const tooEarly = await newJob({ workspace: 'unborn' });
        const { errors } = await tooEarly.main();
        expect(errors).toMatchObject([{ title: 'Workspace does not exist' }]);
        expect(errors[0]?.message).toContain('"terraform workspace new unborn"');
        expect(await lockIds(servers, place, path)).toEqual(NONE);

        await checkout.succeed(['workspace', 'new', 'unborn']);
        const job = await newJob({ workspace: 'unborn' });
        const main = expectSuccess(await job.main());
        expect(await lockIds(servers, place, path)).toEqual(idsOf(lock, main.outputs['lock_id']));
        expectSuccess(await job.post());
      });
    });
  });
}

function expectSuccess(result: StepResult): StepResult {
  if (result.exitCode !== 0) throw new Error(`The step ended with ${result.exitCode}:\n${result.log}`);
  return result;
}

function md5(body: Uint8Array | undefined): string {
  return createHash('md5')
    .update(body ?? '')
    .digest('hex');
}
