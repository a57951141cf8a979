import { readdir, readlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { machineProcesses } from '../../src/actions/processes/machine.js';
import { type StepShell, type StepShellOptions, startStepShell } from '../../testing/cancelled-step.js';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { type Job, startJob } from '../../testing/job.js';
import { inputsFor } from '../../testing/terraform.js';
import { type Gate, newScene, type Scene } from './client-scene.js';
import { APPLY, CHANGE, clientEnvironment, type JobRoot, newJobRoot } from './job-root.js';
import { idsOf, lockIds } from './lock-records.js';

const LOCK = 'both';
const BEGUN = 'it has begun';
/** One resource is being made for as long as a test wants, between one that is done and one that is not begun. */
const SLOW = `
variable "slow" {
  default = ""
}
resource "terraform_data" "slow" {
  count      = var.slow == "" ? 0 : 1
  depends_on = [terraform_data.greeting]
  provisioner "local-exec" {
    command = var.slow
  }
}
resource "terraform_data" "last" {
  depends_on = [terraform_data.slow]
}
`;

describe.each(['terraform', 'tofu'] as const)('a job that ends while its %s is at work', (client) => {
  describeWithTools(`of a real one`, [client, 'node24'], () => {
    let servers: InteropServers;
    let scene: Scene;
    let gate: Gate;
    const steps: StepShell[] = [];

    beforeAll(async () => {
      servers = await startEmbedded();
    });
    afterAll(() => servers?.close());
    beforeEach(async () => {
      scene = await newScene({ servers, program: toolPath(client), lock: LOCK });
      gate = await scene.newGate();
    });
    afterEach(async () => {
      for (const step of steps.splice(0)) await step.close();
      await scene?.close();
    });

    const begun = async (...options: Parameters<Scene['newJob']>) => {
      const job = await scene.newJob(...options);
      const { exitCode, errors, outputs } = await job.main();
      expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
      return { job, id: outputs['lock_id'] ?? '' };
    };
    const rootOf = async (job: Job, place = scene.place) => {
      const program = toolPath(client);
      const root = await newJobRoot(job, { program, place, lock: LOCK, configuration: SLOW });
      await root.run(['init']);
      return root;
    };
    const slowly = `${client} apply -auto-approve -var greeting=bonjour -var "slow=echo ${BEGUN}; cat '$GATE'"`;
    const startStep = async (
      job: Job,
      root: JobRoot,
      options: Pick<StepShellOptions, 'script' | 'session'>,
    ) => {
      const environment = clientEnvironment(job);
      const PATH = [root.path, dirname(toolPath(client)), environment['PATH']].join(delimiter);
      const env = { ...environment, PATH, GATE: gate.path };
      const step = await startStepShell({ cwd: root.path, env, ...options });
      steps.push(step);
      await step.waitForOutput(BEGUN);
      return step;
    };

    const stateNow = async () => {
      const { bucket, key, table } = scene.place;
      const state = JSON.parse((await servers.s3.get(bucket, key))?.body.toString() ?? '');
      const { resources } = state as { resources: { name: string; instances: { attributes: unknown }[] }[] };
      const digest = await servers.dynamodb.get(table, `${bucket}/${key}-md5`);
      return { names: resources.map(({ name }) => name).sort(), digest: digest?.['Digest'] };
    };
    const expectFree = async () => expect(await lockIds(servers, scene.place)).toEqual({});
    /** The next one finds all in order, and deploys. */
    const expectNextJobToWork = async () => {
      const { job } = await begun({ lock_timeout: '0s' });
      const root = await rootOf(job);
      expect(await root.run(CHANGE)).toContain('Apply complete!');
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      await expectFree();
    };

    test.each([
      ['a script', slowly],
      ['a pipe to tee', `${slowly} | tee log`],
    ])('%s: post stops it, and frees the lock once its state is written', async (_, script) => {
      const { job } = await begun();
      const root = await rootOf(job);
      const step = await startStep(job, root, { script });
      await step.cancel();
      step.stopReading();
      expect(await atWork(root)).toEqual([client]);
      servers.s3Proxy.clearRequests();

      const post = await job.post();
      expect(post).toMatchObject({
        exitCode: 0,
        errors: [],
        warnings: [{ title: 'Terraform was stopped', message: expect.stringContaining(`${client} (pid `) }],
      });
      expect(post.summary).toMatch(/^### ⚠️ .*, 1 tainted$/m);
      expect(await atWork(root)).toEqual([]);
      expect(writesOf(servers, scene)).toEqual(['PUT terraform.tfstate', 'DELETE terraform.tfstate.tflock']);
      await expectFree();

      const { names, digest } = await stateNow();
      expect(names).toEqual(['greeting', 'imported', 'slow']);
      expect(await readdir(root.path)).not.toContain('errored.tfstate');
      const { bucket, key } = scene.place;
      const copies = await servers.s3.keys(bucket, `lockkeeper/${bucket}/${key}/`);
      const newest = await servers.s3.get(bucket, copies.at(-1) ?? '');
      expect(newest?.metadata).toMatchObject({ phase: 'after', md5: digest, verified: 'true' });
      await expectNextJobToWork();
    });

    /** A Terraform that tells every SIGINT that it gets, and goes on. */
    const addStubborn = (root: JobRoot) =>
      writeFile(
        join(root.path, client),
        `#!/bin/sh\ntrap 'echo interrupted' INT\necho "$$ ${BEGUN}"\nwhile :; do sleep 0.1; done\n`,
        { mode: 0o755, flag: 'wx' },
      );
    const pidIn = (step: StepShell) => Number.parseInt(step.output(), 10);
    const interruptsIn = (step: StepShell) => step.output().match(/interrupted/g)?.length ?? 0;

    test('one that ignores SIGINT keeps the lock, and everybody is told why and what to do', async () => {
      const { job, id } = await begun({ process_timeout: '1s' });
      const root = await rootOf(job);
      await addStubborn(root);
      const step = await startStep(job, root, { script: `${client} apply; true` });
      await step.cancel();

      const { exitCode, errors, summary } = await job.post();
      const kept = `still written by ${client} (pid ${pidIn(step)})`;
      const command = `\`terraform force-unlock -force ${id}\``;
      expect({ exitCode, errors }).toMatchObject({
        exitCode: 1,
        errors: [{ title: 'Lock kept: Terraform still runs' }],
      });
      for (const words of [
        'On the runner runner-1',
        `${client} (pid ${pidIn(step)})`,
        'compare the state',
        command,
      ])
        expect(errors[0]?.message).toContain(words);
      expect(summary).toMatch(/^### ❌ .* · lock NOT released$/m);
      expect(interruptsIn(step)).toBe(1);
      expect(await atWork(root)).toEqual([client]);

      const { bucket, key, table } = scene.place;
      expect(await lockIds(servers, scene.place)).toEqual(idsOf(LOCK, id));
      const item = await servers.dynamodb.get(table, `${bucket}/${key}`);
      expect(JSON.parse(item?.['Holder'] ?? '')).toMatchObject({ kept });

      const next = await scene.newJob({ lock_timeout: '0s' });
      const refused = await next.main();
      expect(refused).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock held' }] });
      for (const words of [kept, 'No job will release it any more', command])
        expect(refused.errors[0]?.message).toContain(words);
      expect(await next.post()).toMatchObject({ exitCode: 0 });
      const laptop = await scene.checkout.run(APPLY);
      expect(laptop.output).toContain('Error acquiring the state lock');

      await step.close();
      await scene.checkout.succeed(['force-unlock', '-force', id]);
      await expectNextJobToWork();
    });

    test('one that ignores SIGINT is not interrupted again by the next post of the job', async () => {
      const { job, id } = await begun({ process_timeout: '1s' });
      const second = { ...scene.place, key: `second-of-${scene.place.key}` };
      const other = job.use({ ...inputsFor(second, LOCK), process_timeout: '1s' });
      const { lock_id } = (await other.main()).outputs;
      const root = await rootOf(job);
      await addStubborn(root);
      const step = await startStep(job, root, { script: `${client} apply; true` });
      await step.cancel();

      for (const use of [other, job]) {
        expect(await use.post()).toMatchObject({
          exitCode: 1,
          errors: expect.arrayContaining([
            expect.objectContaining({ title: 'Lock kept: Terraform still runs' }),
          ]),
        });
      }
      expect(interruptsIn(step)).toBe(1);
      expect(await lockIds(servers, scene.place)).toEqual(idsOf(LOCK, id));
      expect(await lockIds(servers, second)).toEqual(idsOf(LOCK, lock_id));
    });

    test('one whose environment was cleared may be ours: it is left alone, and the lock is kept', async () => {
      const worker = join(scene.checkout.path, 'Runner.Worker');
      await writeFile(worker, `#!/bin/sh\n'${toolPath('node24')}' "$@"\nexit $?\n`, {
        mode: 0o755,
        flag: 'wx',
      });
      const inputs = { ...inputsFor(scene.place, LOCK), process_timeout: '1s' };
      const job = await startJob({ node: worker, inputs });
      try {
        const { lock_id: id = '' } = (await job.main()).outputs;
        const root = await rootOf(job);
        const script = `exec env -i HOME="$HOME" PATH="$PATH" TF_INPUT=0 ${slowly.replace('apply', 'apply -lock=false')}`;
        const step = await startStep(job, root, { script, session: 'of the runner' });

        const { exitCode, errors } = await job.post();
        expect({ exitCode, errors }).toMatchObject({
          exitCode: 1,
          errors: [{ title: 'Lock kept: Terraform may still run' }],
        });
        for (const words of [
          `${client} (pid ${step.pid})`,
          'its environment cannot be read, or was cleared',
          id,
        ])
          expect(errors[0]?.message).toContain(words);
        expect(await lockIds(servers, scene.place)).toEqual(idsOf(LOCK, id));

        await gate.open();
        await step.waitForOutput('Apply complete!');
        expect(step.output()).not.toContain('Interrupt');
        await scene.checkout.succeed(['force-unlock', '-force', id]);
        await expectNextJobToWork();
      } finally {
        await job.close();
      }
    });

    test("another job's on the same machine is left at work, under its lock", async () => {
      const { job } = await begun();
      const root = await rootOf(job);
      const theirPlace = { ...scene.place, key: `other-${scene.place.key}` };
      const { job: theirs, id } = await begun(inputsFor(theirPlace, LOCK));
      const theirRoot = await rootOf(theirs, theirPlace);
      const theirStep = await startStep(theirs, theirRoot, { script: slowly });
      const step = await startStep(job, root, { script: slowly });
      await step.cancel();

      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, warnings: [{ title: 'Terraform was stopped' }] });
      await expectFree();
      expect([await atWork(root), await atWork(theirRoot)]).toEqual([[], [client]]);
      expect(await lockIds(servers, theirPlace)).toEqual(idsOf(LOCK, id));

      await gate.open();
      await theirStep.waitForOutput('Apply complete!');
      expect(await theirs.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    });

    describe('with scope pipeline', () => {
      const beside = () => `${scene.place.key}.lockkeeper`;

      test('is stopped, and frees its own lock', async () => {
        const { job } = await begun({ lock_scope: 'pipeline' });
        const root = await rootOf(job);
        const step = await startStep(job, root, { script: slowly });
        await step.cancel();
        expect(await job.post()).toMatchObject({
          exitCode: 0,
          warnings: [{ title: 'Terraform was stopped' }],
        });
        await expectFree();
        expect(await lockIds(servers, scene.place, beside())).toEqual({});
        await expectNextJobToWork();
      });
      test('was killed, and left its own lock: that is named, with the command that frees it', async () => {
        const { job } = await begun({ lock_scope: 'pipeline' });
        const root = await rootOf(job);
        const step = await startStep(job, root, { script: slowly });
        const { item: id = '' } = await lockIds(servers, scene.place);
        await step.close();

        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, warnings: [{ title: "Terraform's own lock is left" }] });
        const command = `terraform force-unlock -force ${id}`;
        for (const words of [id, 'OperationTypeApply', `\`${command}\``])
          expect(post.warnings[0]?.message).toContain(words);
        expect(await lockIds(servers, scene.place)).toEqual(idsOf(LOCK, id));
        expect(await lockIds(servers, scene.place, beside())).toEqual({});
        await scene.checkout.succeed(command.split(' ').slice(1));
        await expectNextJobToWork();
      });
    });
  });
});

/** What of Terraform's kin runs in a root. */
async function atWork({ path }: JobRoot): Promise<string[]> {
  const others = (await machineProcesses().look())?.others ?? [];
  const found = await Promise.all(
    others.map(async ({ pid, names }) => {
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
      return folder === path ? names.filter((name) => name === 'terraform' || name === 'tofu') : [];
    }),
  );
  return found.flat();
}

/** What was written of the state and of its lockfile, in order; what is written over and over counts once. */
function writesOf({ s3Proxy }: InteropServers, { place: { bucket, key } }: Scene): string[] {
  const writes = s3Proxy.requests
    .map(({ method, url }) => ({ method, path: decodeURIComponent(url).split('?')[0] }))
    .filter(
      ({ method, path = '' }) =>
        method !== 'GET' && method !== 'HEAD' && path.startsWith(`/${bucket}/${key}`),
    )
    .map(({ method, path = '' }) => `${method} ${basename(path)}`);
  return writes.filter((write, at) => write !== writes[at - 1]);
}
