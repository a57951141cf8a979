import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import type { Job } from '../../testing/job.js';
import type { StepResult } from '../../testing/runner.js';
import { type BackendPlace, inputsFor } from '../../testing/terraform.js';
import { newScene, type Scene } from './client-scene.js';
import { APPLY, CHANGE, type JobRoot, newJobRoot, RECORD, type RootOptions } from './job-root.js';
import { lockIds } from './lock-records.js';

const OTHER_BUCKET = 'other-states';
const OTHER_TABLE = 'other-locks';
const LOCAL = 'terraform {\n  backend "local" {}\n}';

describeWithTools('a job in which Terraform works beside the lock', ['terraform', 'tofu', 'node24'], () => {
  let servers: InteropServers;
  let scene: Scene;
  let place: BackendPlace;

  beforeAll(async () => {
    servers = await startEmbedded();
    await servers.s3.createBucket(OTHER_BUCKET);
    await servers.dynamodb.createTable(OTHER_TABLE);
  });
  afterAll(() => servers?.close());
  beforeEach(async () => {
    scene = await newScene({ servers, program: toolPath('terraform'), lock: 'dynamodb' });
    place = scene.place;
  });
  afterEach(() => scene?.close());

  /** A job that has got past main. */
  const begun = async (...options: Parameters<Scene['newJob']>): Promise<Job> => {
    const job = await scene.newJob(...options);
    expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
    return job;
  };
  const rootOf = (job: Job, options: Partial<RootOptions> = {}) =>
    newJobRoot(job, { program: toolPath('terraform'), place, ...options });
  /** A root in which the job's steps have run `init` and these. */
  const worked = async (
    job: Job,
    options: Partial<RootOptions>,
    ...commands: readonly (readonly string[])[]
  ): Promise<JobRoot> => {
    const root = await rootOf(job, options);
    for (const command of [['init'], ...commands]) await root.run(command);
    return root;
  };
  const at = (other: Partial<BackendPlace>): { place: BackendPlace } => ({ place: { ...place, ...other } });
  const s3 = ({ bucket, key }: Pick<BackendPlace, 'bucket' | 'key'>) => `s3://${bucket}/${key}`;
  const second = (): BackendPlace => ({ ...place, key: `second-of-${place.key}` });

  /** Red, with all of this in the one error; and nobody is locked out for it. */
  const expectRed = async (post: StepResult, ...sentences: readonly string[]) => {
    expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Wrong state' }] });
    for (const sentence of sentences) expect(post.errors[0]?.message).toContain(sentence);
    expect(post.summary).toMatch(/^### ❌ .* · Wrong state$/m);
    expect(await lockIds(servers, place)).toEqual({});
  };
  /** What the error proposes to put after `unheld: |`. */
  const proposed = ({ errors }: StepResult) => (errors[0]?.message.split('unheld: |\n')[1] ?? '').trim();
  const expectGreen = async (post: StepResult, ...sentences: readonly string[]) => {
    expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(post.summary).toMatch(/^### ✅ /m);
    for (const sentence of sentences) expect(post.summary).toContain(sentence);
    if (sentences.length === 0) expect(post.summary).not.toMatch(/No Terraform|could not be|Not held/);
    for (const each of [place, second()]) expect(await lockIds(servers, each)).toEqual({});
  };

  describe('ends red, where it would have been green with its state open to everybody', () => {
    test.each(['terraform', 'tofu'] as const)('a typing mistake in "key", with %s', async (client) => {
      const key = place.key.replace('terraform', 'terrafrom');
      const job = await scene.newJob({ key });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, warnings: [{ title: 'No state yet' }] });
      expect(main.warnings[0]?.message).toContain(s3({ ...place, key }));

      const root = await worked(job, { program: toolPath(client) }, CHANGE);
      // What makes it worth an error: a colleague is not kept out.
      await scene.checkout.succeed(APPLY);
      await root.run(['plan']);

      const post = await job.post();
      await expectRed(
        post,
        `infra/${RECORD} leads to ${s3(place)}. This job holds ${s3({ ...place, key })}.`,
        'Have this step hold what Terraform works on, by "working_directory" or its other inputs, and look at what was applied before anybody goes on.',
      );
      expect(proposed(post)).toBe(`${place.bucket}/${place.key}`);
    });
    test('the wrong bucket', async () => {
      const job = await begun({ bucket: OTHER_BUCKET });
      await worked(job, {}, CHANGE);
      await expectRed(await job.post(), s3(place), s3({ ...place, bucket: OTHER_BUCKET }));
    });
    test('the wrong table', async () => {
      const job = await begun({ dynamodb_table: OTHER_TABLE });
      await worked(job, {}, CHANGE);
      const words = [`table "${place.table}"`, `table "${OTHER_TABLE}"`, '"dynamodb_table" says which'];
      await expectRed(await job.post(), ...words);
    });
    test('"use_lockfile: true" where the backend has a table', async () => {
      const job = await begun({ use_lockfile: 'true', dynamodb_table: '' });
      await worked(job, {}, CHANGE);
      const post = await job.post();
      await expectRed(post, 'by a lockfile, which keeps nobody out', '"dynamodb_table" and "use_lockfile"');
      expect(post.errors[0]?.message).not.toContain('unheld');
    });
    test('another workspace than the one that a step selected', async () => {
      const job = await begun();
      await worked(job, {}, ['workspace', 'new', 'prod'], APPLY);
      await expectRed(await job.post(), `${place.bucket}/env:/prod/${place.key}`, '"workspace" says');
    });
    test('a plan alone, of a state that others can change meanwhile', async () => {
      const job = await begun({ key: 'first/deployment' });
      await worked(job, {}, ['plan']);
      await expectRed(await job.post(), s3(place), s3({ ...place, key: 'first/deployment' }));
    });
    test.each(['.tfdata', 'nested/data'])(
      'also where TF_DATA_DIR=%s hides the record',
      async (TF_DATA_DIR) => {
        const job = await begun();
        const root = await rootOf(job, at({ key: 'typo' }));
        for (const command of [['init'], APPLY]) await root.run(command, { TF_DATA_DIR });
        await expectRed(
          await job.post(),
          `infra/${TF_DATA_DIR}/terraform.tfstate leads to ${s3({ ...place, key: 'typo' })}`,
        );
      },
    );
    test('also where the job keeps it in a folder outside of the workspace', async () => {
      const TF_DATA_DIR = await mkdtemp(join(tmpdir(), 'lockkeeper-data-'));
      try {
        const job = await begun({}, { TF_DATA_DIR });
        await worked(job, at({ key: 'typo' }), APPLY);
        await expectRed(await job.post(), `${TF_DATA_DIR}/terraform.tfstate leads to`);
      } finally {
        await rm(TF_DATA_DIR, { recursive: true });
      }
    });
    test('a backend of another type, for instance one that was forgotten', async () => {
      const job = await begun();
      await worked(job, { backend: LOCAL }, APPLY);
      const post = await job.post();
      await expectRed(post, `infra/${RECORD} is a backend of type "local"`);
      expect(proposed(post)).toBe('local');
    });
    test("HashiCorp's cloud", async () => {
      const job = await begun();
      await mkdir(join(job.workspace, 'infra/.terraform'), { recursive: true });
      await writeFile(
        join(job.workspace, 'infra', RECORD),
        '{"version":3,"backend":{"type":"cloud","config":{"organization":"acme","token":"s3cr3t"},"hash":1}}',
      );
      const post = await job.post();
      await expectRed(post, `infra/${RECORD} is a backend of type "cloud"`);
      expect(proposed(post)).toBe('cloud');
      expect(post.log + post.summary).not.toContain('s3cr3t');
    });
  });

  describe('ends green', () => {
    test.each(['terraform', 'tofu'] as const)('after an apply of %s on what is held', async (client) => {
      const job = await begun();
      await worked(job, { program: toolPath(client) }, CHANGE);
      await expectGreen(await job.post());
    });
    test('after a destroy', async () => {
      const job = await begun();
      await worked(job, {}, ['destroy', '-auto-approve']);
      await expectGreen(await job.post());
    });
    test.each(['dynamodb', 'lockfile', 'both'] as const)(
      'holding both over %s, as in a migration',
      async (lock) => {
        const first = second();
        const job = await scene.newJob(inputsFor(first, 'both'));
        expect(await job.main()).toMatchObject({ exitCode: 0 });
        await worked(job, { place: first, lock }, APPLY);
        await expectGreen(await job.post());
      },
    );
    test('after a plan alone on the first run, when there is no state to tell by', async () => {
      const first = second();
      const job = await scene.newJob({ key: first.key });
      expect(await job.main()).toMatchObject({ exitCode: 0, warnings: [{ title: 'No state yet' }] });
      await worked(job, { place: first }, ['plan']);
      await expectGreen(await job.post());
    });
    test('where no Terraform ran at all, and says so', async () => {
      const job = await begun();
      await expectGreen(await job.post(), 'No Terraform was seen on this state');
    });
    test('but with a sign of warning where there was no Terraform and there is no state', async () => {
      const job = await begun({ key: 'not/there' });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(post.summary).toMatch(/^### ⚠️ /m);
      expect(post.summary).toContain('compare "bucket", "key" and "workspace" with its backend');
    });
    test('in the workspace that the whole job is set to', async () => {
      await scene.checkout.succeed(['workspace', 'new', 'prod']);
      await scene.checkout.succeed(APPLY);
      const job = await begun({}, { TF_WORKSPACE: 'prod' });
      await worked(job, {}, ['plan']);
      await expectGreen(await job.post());
    });
    test("in a workspace that a step's own TF_WORKSPACE chose, and says what could not be checked", async () => {
      await scene.checkout.succeed(['workspace', 'new', 'prod']);
      await scene.checkout.succeed(APPLY);
      for (const [command, sentences] of [
        [['plan'], ['Whether Terraform ran in the workspace "prod" could not be checked']],
        [CHANGE, []],
      ] as const) {
        const job = await begun({ workspace: 'prod' });
        const root = await worked(job, {});
        await root.run(command, { TF_WORKSPACE: 'prod' });
        await expectGreen(await job.post(), ...sentences);
      }
    });
    test('where a wrong path is none of our business: Terraform took its own lock', async () => {
      for (const [name, value] of [
        ['lock_scope', 'pipeline'],
        ['terraform_lock_flag', 'false'],
      ] as const) {
        const job = await begun({ key: 'not/there', [name]: value });
        await worked(job, {}, CHANGE);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      }
    });
  });

  describe('that touches two states', () => {
    test('and holds one: the other one ends it red', async () => {
      const job = await begun();
      await worked(job, { name: 'one' }, CHANGE);
      await worked(job, { name: 'two', place: second() }, APPLY);
      const post = await job.post();
      await expectRed(post, `two/${RECORD} leads to ${s3(second())}`);
      expect(post.errors[0]?.message).not.toContain('one/');
    });
    test('and holds both, by two steps: both posts are green, in reverse order', async () => {
      const job = await begun();
      const other = job.use(inputsFor(second(), 'dynamodb'));
      expect(await other.main()).toMatchObject({ exitCode: 0 });
      await worked(job, { name: 'one' }, CHANGE);
      await worked(job, { name: 'two', place: second() }, APPLY);
      expect(await other.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockIds(servers, second())).toEqual({});
      await expectGreen(await job.post());
    });
    test('and holds both, one of them by the wrong lock: both posts are red', async () => {
      const job = await begun();
      const other = job.use(inputsFor(second(), 'lockfile'));
      expect(await other.main()).toMatchObject({ exitCode: 0 });
      await worked(job, { name: 'one' }, CHANGE);
      await worked(job, { name: 'two', place: second() }, APPLY);
      expect(await other.post()).toMatchObject({ exitCode: 1, errors: [{ title: 'Wrong state' }] });
      await expectRed(
        await job.post(),
        `two/${RECORD} locks ${s3(second())}`,
        'Another step of this job holds it',
      );
    });

    test('one that it applies before it takes the lock: red, and green by what the error proposes', async () => {
      const run = async (inputs: Readonly<Record<string, string>>) => {
        const job = await scene.newJob(inputs);
        await worked(job, { name: 'bootstrap', place: second() }, APPLY);
        expect(await job.main()).toMatchObject({ exitCode: 0 });
        await worked(job, {}, CHANGE);
        return job.post();
      };
      const red = await run({});
      await expectRed(
        red,
        `bootstrap/${RECORD} leads to ${s3(second())}`,
        'applied before this step, or only read',
      );
      await expectGreen(await run({ unheld: proposed(red) }), 'Not held, on purpose', second().key);
    });
    test('one that it only reads: red, and green by what the error proposes', async () => {
      const run = async (inputs: Readonly<Record<string, string>>) => {
        const job = await begun(inputs);
        await worked(job, {}, CHANGE);
        await worked(job, { name: 'network', place: second() }, ['output']);
        return job.post();
      };
      const red = await run({});
      await expectRed(red, `network/${RECORD} leads to ${s3(second())}`);
      await expectGreen(await run({ unheld: proposed(red) }), 'Not held, on purpose', second().key);
    });
    test('one in a file, on purpose', async () => {
      const job = await begun({ unheld: 'local' });
      await worked(job, {}, CHANGE);
      await worked(job, { name: 'tools', backend: LOCAL }, APPLY);
      await expectGreen(await job.post(), `tools/${RECORD} (local)`);
    });
  });

  describe('on a runner that keeps its workspace', () => {
    test('an old record of another root accuses nobody, and the log has it', async () => {
      const job = await scene.newJob();
      const old = await worked(job, { name: 'old', place: second() }, APPLY);
      await old.age(RECORD);
      await job.main();
      await worked(job, {}, CHANGE);
      const post = await job.post();
      await expectGreen(post);
      expect(post.log).toContain(`old/${RECORD} is older than this job, and leads to ${s3(second())}`);
    });
    test('an old record of the right state is as good as a new one', async () => {
      const job = await scene.newJob();
      const root = await worked(job, {});
      await root.age(RECORD);
      await job.main();
      for (const command of [['init'], ['plan']]) await root.run(command);
      await expectGreen(await job.post());
    });
    test('an old one is all that a typing mistake leaves: red', async () => {
      const key = 'first/deployment';
      const job = await scene.newJob({ key });
      const root = await worked(job, {});
      await root.age(RECORD);
      await job.main();
      for (const command of [['init'], CHANGE]) await root.run(command);
      await expectRed(await job.post(), s3(place), s3({ ...place, key }), 'The file is older than the job');
    });
    test('an old one in the working directory that was given: red', async () => {
      const job = await scene.newJob({ working_directory: 'infra', discover: 'false' });
      const root = await worked(job, { place: second() }, APPLY);
      await root.age(RECORD);
      await job.main();
      await root.run(CHANGE);
      await expectRed(await job.post(), s3(second()), 'lies in its working directory');
    });
    test('one of this job in the working directory that was given stops main, before Terraform can run', async () => {
      const job = await scene.newJob({ working_directory: 'infra' });
      await worked(job, { place: second() }, APPLY);
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, env: {}, errors: [{ title: 'Configuration' }] });
      expect(main.errors[0]?.message).toMatch(
        /^"key" in infra\/\.terraform\/terraform\.tfstate is ".*", but input "key" is/,
      );
      expect(await lockIds(servers, place)).toEqual({});
    });
  });

  describe('whose environment has arguments for Terraform', () => {
    test('"TF_CLI_ARGS=-lock=true" is refused before anything is touched, not when the apply waits for its own job', async () => {
      const job = await scene.newJob({}, { TF_CLI_ARGS: '-lock=true' });
      const requests = () => servers.s3Proxy.requests.length + servers.dynamodbProxy.requests.length;
      const before = requests();
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, env: {} });
      expect(main.errors[0]?.message).toContain('"TF_CLI_ARGS" must not have "-lock=true"');
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(requests()).toBe(before);
    });
    test('"TF_CLI_ARGS_apply=plan.out" still applies the plan', async () => {
      const job = await begun({}, { TF_CLI_ARGS_apply: 'plan.out' });
      const root = await worked(job, {}, ['plan', '-out', 'plan.out', '-var', 'greeting=bonjour']);
      expect(await root.run(['apply'])).toContain('1 changed');
      await expectGreen(await job.post());
    });
  });
});
