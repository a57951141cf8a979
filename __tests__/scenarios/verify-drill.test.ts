import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { drillPath } from '../../src/names/drill-place.js';
import { BUCKET, TABLE } from '../../testing/environment.js';
import { encryptedStateBody, stateBody } from '../../testing/test-data.js';
import { inScene, PREFIX, type Scene } from './scene.js';
import { putWithSnapshot, redIn, verify } from './verify-scene.js';

const PATH = 'network/terraform.tfstate';
const DRILLS = `${PREFIX}.drill/`;
const ADDRESS = 'terraform_data.greeting';

/** What is left of any drill: keys and LockIDs. */
async function leftIn({ s3, dynamodb }: Scene): Promise<readonly string[]> {
  const items = (await dynamodb.scan(TABLE)).map(({ LockID = '' }) => LockID);
  return [...s3.listKeys(BUCKET, DRILLS), ...items.filter((id) => id.includes('.drill/'))];
}

/** Keys that were written below a folder. */
const writtenBelow = ({ s3 }: Scene, folder: string) =>
  s3.requests.filter(({ method, key }) => method === 'PUT' && key.startsWith(folder)).map(({ key }) => key);

/** A machine with a program that is called as Terraform is. `list` is what it does when it is asked for a state. */
async function withClient(list: string, run: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lockkeeper-client-'));
  const script = [
    '#!/bin/sh',
    `env > '${folder}/env'`,
    'case "$1" in',
    'version) echo "Terraform v0.0.1"; echo "on a test" ;;',
    `init) cat main.tf.json > '${folder}/configuration' ;;`,
    `state) ${list} ;;`,
    'esac',
  ];
  try {
    await writeFile(join(folder, 'terraform'), `${script.join('\n')}\n`);
    await chmod(join(folder, 'terraform'), 0o755);
    await run(`${folder}:/usr/bin:/bin`, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const DRILL = { drill: 'true' };
/** Where there is no client. */
const NO_CLIENT = { PATH: '/nowhere' };

describe('a drill', () => {
  test.concurrent.each(['none', 'dynamodb', 'lockfile', 'both'] as const)(
    'without a client on the PATH reads each newest snapshot back, says so, and leaves nothing: lock %s',
    (kind) =>
      inScene(async (scene) => {
        putWithSnapshot(scene, PATH);
        putWithSnapshot(scene, 'a/encrypted.tfstate', { serial: 3, body: encryptedStateBody(3) });
        const step = await verify(scene, { kind, inputs: DRILL, env: NO_CLIENT });
        expect(step).toMatchObject({ exitCode: 0, errors: [] });
        expect(step.warnings.map(({ title }) => title)).toContain('Drill without a client');
        expect(step.log).toContain('Restored for trial: 1 read back; 1 encrypted by OpenTofu');
        expect(writtenBelow(scene, DRILLS)).toHaveLength(2);
        expect(await leftIn(scene)).toEqual([]);
      }),
  );

  test.concurrent('has the client list each state, and gives it what it needs and nothing more', () =>
    withClient(`test "$TF_WORKSPACE" = state-1 && echo '${ADDRESS}'`, (path, folder) =>
      inScene(async (scene) => {
        putWithSnapshot(scene, PATH);
        const env = { PATH: path, TF_CLI_ARGS: '-lock=true', GITHUB_TOKEN: 'ghs_x', TF_WORKSPACE: 'prod' };
        const step = await verify(scene, { kind: 'dynamodb', inputs: DRILL, env });
        expect(step).toMatchObject({ exitCode: 0, errors: [] });
        expect(step.log).toContain('Restored for trial: 1 listed by Terraform v0.0.1.');
        expect(await leftIn(scene)).toEqual([]);

        const { terraform } = JSON.parse(await readFile(join(folder, 'configuration'), 'utf8'));
        expect(terraform.backend.s3).toMatchObject({ bucket: BUCKET, dynamodb_table: TABLE });
        expect(JSON.stringify(terraform)).not.toMatch(/secret|access_key/);
        const given = await readFile(join(folder, 'env'), 'utf8');
        expect(given).toContain('AWS_SECRET_ACCESS_KEY=');
        expect(given).toContain('TF_WORKSPACE=state-1');
        expect(given).not.toMatch(/^(TF_CLI_ARGS|GITHUB_|INPUT_|RUNNER_)/m);
      }),
    ));

  test.concurrent('is red where other resources are listed', () =>
    withClient(`echo '${ADDRESS}[0]'`, (path) =>
      inScene(async (scene) => {
        const key = putWithSnapshot(scene, PATH);
        const step = await verify(scene, { inputs: DRILL, env: { PATH: path } });
        expect(redIn(step)).toEqual([`drill-differs ${key}`]);
        expect(step.log).toContain(`missing: 1 (${ADDRESS}), not expected: 1 (${ADDRESS}[0]).`);
        expect(await leftIn(scene)).toEqual([]);
      }),
    ));

  test.concurrent('is red where the client refuses, with its last words made harmless', () =>
    withClient('echo "::error::boo" >&2; echo "│ Error: unsupported state" >&2; exit 1', (path) =>
      inScene(async (scene) => {
        const key = putWithSnapshot(scene, PATH);
        const step = await verify(scene, { inputs: DRILL, env: { PATH: path } });
        expect(redIn(step)).toEqual([`drill-failed ${key}`]);
        expect(step.errors).toHaveLength(1);
        expect(step.log).toContain('"state list" ended with 1: ::error::boo Error: unsupported state');
        expect(await leftIn(scene)).toEqual([]);
      }),
    ));

  test.concurrent('that the client cannot be led to fails the step once, and all is verified', () =>
    withClient('exit 0', (path) =>
      inScene(async (scene) => {
        await writeFile(
          join(path.split(':')[0] ?? '', 'terraform'),
          '#!/bin/sh\necho "Error: no" >&2\nexit 3\n',
        );
        const key = putWithSnapshot(scene, PATH, { metadata: {} });
        const step = await verify(scene, { inputs: DRILL, env: { PATH: path } });
        expect(redIn(step)).toEqual([`unrecorded ${key}`]);
        expect(step.errors.map(({ title }) => title)).toEqual(['Snapshots in doubt', 'Drill failed']);
      }),
    ));

  test.concurrent('that may not write fails the step once, whatever the number of states', () =>
    inScene(async (scene) => {
      for (const path of ['a.tfstate', 'b.tfstate', 'c.tfstate']) putWithSnapshot(scene, path);
      scene.s3.settings.deny = ({ action, resource }) =>
        action === 's3:PutObject' && resource.includes(DRILLS);
      const step = await verify(scene, { inputs: DRILL, env: NO_CLIENT });
      expect(step).toMatchObject({
        exitCode: 1,
        errors: [{ title: 'Access denied' }],
        outputs: { checked: '3' },
      });
      expect(step.summary).toContain('s3:PutObject');
    }));

  test.concurrent('leaves out what is doubtful already', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH, { body: Buffer.from('{') });
      const step = await verify(scene, { inputs: DRILL, env: NO_CLIENT });
      expect(writtenBelow(scene, DRILLS)).toEqual([]);
      expect(step.outputs['findings']).toBe('1');
    }));

  test.concurrent('removes what one that was killed has left, and nothing of one that goes on', () =>
    inScene(async (scene) => {
      const [dead, alive] = ['1-1-dead', '2-1-alive'].map((id) => drillPath(`${DRILLS}${id}`, 'state-1'));
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
      for (const [path = '', lastModified] of [
        [dead, hoursAgo(2)],
        [alive, hoursAgo(0.5)],
      ] as const) {
        scene.s3.putObject(BUCKET, path, Buffer.from(stateBody()), { lastModified });
        await scene.dynamodb.putItem(TABLE, { LockID: `${BUCKET}/${path}-md5`, Digest: 'd' });
      }
      putWithSnapshot(scene, PATH);
      const step = await verify(scene, { kind: 'dynamodb', inputs: DRILL, env: NO_CLIENT });
      expect(step).toMatchObject({ exitCode: 0 });
      expect(await leftIn(scene)).toEqual([alive, `${BUCKET}/${alive}-md5`]);
      expect(step.log).toContain('Left by a drill that was killed, and removed: 1.');
    }));

  test.concurrent('that is cancelled cleans up', () =>
    withClient('exec sleep 600', (path) =>
      inScene(async (scene) => {
        putWithSnapshot(scene, PATH);
        const job = await scene.startJob('dynamodb', {
          action: 'verify',
          inputs: { ...DRILL, keys: PATH },
          env: { PATH: path },
        });
        const main = await job.startMain();
        await scene.waitForRequest('PutItem digest');
        main.sendSignal('SIGINT');
        const step = await main.result;
        expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Cancelled' }] });
        expect(await leftIn(scene)).toEqual([]);
      }),
    ));
});
