import { describe, expect, test } from '@jest/globals';
import { heldVariable } from '../../src/names/held-variable.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import type { JobOptions } from '../../testing/job.js';
import { startS3Double } from '../../testing/s3-double/index.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, LOCK_PATH, LOCKING_KINDS, PREFIX, type Scene, STATE, snapshotKey } from './scene.js';

const CHANGED = stateBody({ serial: 8, values: { greeting: 'bye' } });

/** Runs a job in which somebody applies a change. */
async function deploy(scene: Scene, inputs: Readonly<Record<string, string>>) {
  const job = await scene.startJob('dynamodb', { inputs });
  const main = await job.main();
  await scene.putState(CHANGED);
  return { main, post: await job.post() };
}

describe('lock_scope: pipeline', () => {
  test.concurrent.each(LOCKING_KINDS)(
    'leaves Terraform its own lock, and keeps other pipelines out (%s)',
    (kind) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        await scene.holdByOther(kind, { Who: 'terraform@laptop' });
        const terraformsLock = await scene.lockRecords();
        const pipeline = { lock_scope: 'pipeline', lock_timeout: '0s' };

        const job = await scene.startJob(kind, { inputs: pipeline });
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
        expect(Object.keys(main.env)).toEqual([heldVariable(`${LOCK_PATH}.lockkeeper`)]);
        expect(main.outputs).toMatchObject({ locked: 'true', lock_path: `${LOCK_PATH}.lockkeeper` });
        const records = {
          dynamodb: [`${LOCK_PATH}.lockkeeper`],
          lockfile: [`${STATE_PATH}.lockkeeper.tflock`],
          both: [`${LOCK_PATH}.lockkeeper`, `${STATE_PATH}.lockkeeper.tflock`],
        };
        expect((await scene.lockRecords()).sort()).toEqual([...terraformsLock, ...records[kind]].sort());

        const second = await scene.startJob(kind, { inputs: pipeline });
        expect((await second.main()).errors).toMatchObject([{ title: 'Lock held' }]);
        await second.post();

        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
        expect(await scene.lockRecords()).toEqual(terraformsLock);
      }),
  );
});

describe('terraform_lock_flag', () => {
  test.concurrent('false leaves the environment alone', () =>
    inScene(async (scene) => {
      const { main } = await deploy(scene, { terraform_lock_flag: 'false' });
      expect(Object.keys(main.env)).toEqual([heldVariable(LOCK_PATH)]);
      expect(main.notices.map(({ title }) => title)).toEqual(['State locked']);
    }));

  test.concurrent('true adds to what is there', () =>
    inScene(async (scene) => {
      const env = {
        TF_CLI_ARGS_plan: '-compact-warnings',
        TF_CLI_ARGS_apply: '-lock=false',
        TF_CLI_ARGS: '-x',
      };
      const job = await scene.startJob('dynamodb', { env });
      expect((await job.main()).env).toMatchObject({
        TF_CLI_ARGS_plan: '-lock=false -compact-warnings',
        TF_CLI_ARGS_apply: '-lock=false',
      });
      expect(job.environment()).toMatchObject({ TF_CLI_ARGS: '-x' });
      await job.post();
    }));
});

describe('backup', () => {
  test.concurrent.each([
    { backup: 'both', phases: ['before', 'after'] },
    { backup: 'before', phases: ['before'] },
    { backup: 'after', phases: ['after'] },
    { backup: 'none', phases: [] },
  ])('$backup takes the snapshots $phases', ({ backup, phases }) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const { main, post } = await deploy(scene, { backup });
      expect([...main.errors, ...post.errors]).toEqual([]);
      const taken = scene.snapshots().map(({ metadata }) => metadata['phase']);
      expect(taken.sort()).toEqual([...phases].sort());
      expect('snapshot_key' in main.outputs).toBe(phases.includes('before'));
      expect(main.outputs).toMatchObject({ locked: 'true', state_serial: '7' });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent('goes to another bucket and prefix, from a bucket that keeps versions', () =>
    inScene(async (scene) => {
      const { s3 } = scene;
      s3.createBucket('backups', { region: 'eu-west-1' });
      s3.createBucket('versioned', { versioning: true });
      const { versionId } = s3.putObject('versioned', STATE_PATH, Buffer.from(STATE));
      const { main, post } = await deploy(scene, {
        bucket: 'versioned',
        backup_bucket: 'backups',
        backup_prefix: 'terraform/prod',
        backup_region: 'eu-west-1',
      });
      expect([...main.errors, ...post.errors]).toEqual([]);
      const key = main.outputs['snapshot_key'] ?? '';
      expect(key).toMatch(new RegExp(`^terraform/prod/versioned/${STATE_PATH}/\\d{8}T\\d{6}Z-0000000007-`));
      expect(main.outputs['snapshot_bucket']).toBe('backups');
      expect(s3.getObject('backups', key)?.metadata).toMatchObject({ 'source-version-id': versionId });
      expect(s3.listKeys('versioned')).toEqual([STATE_PATH]);
    }));

  test.concurrent('goes to another store', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const other = await startS3Double();
      try {
        other.createBucket(BUCKET);
        const { post } = await deploy(scene, { backup_endpoint: other.endpoint });
        expect(post.errors).toEqual([]);
        expect(other.listKeys(BUCKET, PREFIX)).toHaveLength(2);
        expect(scene.snapshots()).toEqual([]);
        expect(post.summary).toContain('1 changed');
      } finally {
        await other.close();
      }
    }));
});

describe('a workspace', () => {
  test.concurrent.each<JobOptions & { from: string; path: string }>([
    { from: 'input', inputs: { workspace: 'staging' }, env: {}, path: `env:/staging/${STATE_PATH}` },
    { from: 'TF_WORKSPACE', inputs: {}, env: { TF_WORKSPACE: 'blue' }, path: `env:/blue/${STATE_PATH}` },
    {
      from: 'input with a prefix',
      inputs: { workspace: 'staging', workspace_key_prefix: 'spaces/of' },
      env: {},
      path: `spaces/of/staging/${STATE_PATH}`,
    },
  ])('has its own lock, state and snapshots ($from)', ({ inputs, env, path }) =>
    inScene(async (scene) => {
      scene.s3.putObject(BUCKET, path, Buffer.from(STATE));
      const job = await scene.startJob('both', { inputs, env });
      const main = await job.main();
      expect(main.errors).toEqual([]);
      expect(main.outputs).toMatchObject({ lock_path: `${BUCKET}/${path}`, state_exists: 'true' });
      expect(main.outputs['snapshot_key']).toMatch(`${PREFIX}${BUCKET}/${path}/`);
      expect(scene.s3.getObject(BUCKET, `${path}.tflock`)?.body.toString()).toContain(
        `"Path":"${BUCKET}/${path}"`,
      );
      expect(await scene.dynamodb.getItem(TABLE, { LockID: `${BUCKET}/${path}` })).toBeDefined();
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(scene.s3.listKeys(BUCKET, `${path}.`)).toEqual([]);
      expect(await scene.dynamodb.getItem(TABLE, { LockID: `${BUCKET}/${path}` })).toBeUndefined();
    }),
  );
});

describe('a workspace that does not exist yet', () => {
  const inputs = { workspace: 'staging' };

  test.concurrent.each(LOCKING_KINDS)(
    'is refused, since Terraform locks it whatever it is told (%s)',
    (kind) =>
      inScene(async ({ startJob, dynamodb, s3 }) => {
        const job = await startJob(kind, { inputs });
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Workspace does not exist' }], env: {} });
        expect(main.errors[0]?.message).toContain('terraform workspace new staging');
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
        expect(s3.listKeys(BUCKET, 'env:/')).toEqual([]);
        expect(
          await dynamodb.getItem(TABLE, { LockID: `${BUCKET}/env:/staging/${STATE_PATH}` }),
        ).toBeUndefined();
      }),
  );

  test.concurrent('is no obstacle to a pipeline, or without a lock', () =>
    inScene(async ({ startJob }) => {
      for (const [kind, scope] of [
        ['dynamodb', 'pipeline'],
        ['none', 'state'],
      ] as const) {
        const job = await startJob(kind, { inputs: { ...inputs, lock_scope: scope } });
        expect(await job.main()).toMatchObject({ exitCode: 0, outputs: { state_exists: 'false' } });
        expect(await job.post()).toMatchObject({ exitCode: 0 });
      }
    }));
});

describe('the log', () => {
  test.concurrent('begins with what was asked for', () =>
    inScene(async (scene) => {
      const stored = await scene.putState(STATE);
      const { main } = await deploy(scene, { lock_timeout: '90s' });
      const lines = main.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
      expect(lines.slice(0, 4)).toEqual([
        '::group::Lockkeeper',
        `State: s3://${LOCK_PATH} in us-east-1 at ${scene.s3Proxy.endpoint}`,
        `Lock: DynamoDB table ${TABLE}, scope state, lock_timeout 1m 30s`,
        `Snapshots: before and after, to s3://${BUCKET}/${PREFIX}`,
      ]);
      expect(main.log).toContain(snapshotKey(stored, 7));
    }));
});
