import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { heldVariable } from '../../src/names/held-variable.js';
import { VERSION } from '../../src/names/version.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import type { StepResult } from '../../testing/runner.js';
import { LINEAGE, stateBody } from '../../testing/test-data.js';
import {
  inScene,
  type Kind,
  LOCK_PATH,
  LOCKFILE_KEY,
  LOCKING_KINDS,
  type Scene,
  STATE,
  snapshotKey,
} from './scene.js';

const RUN = 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1';
const HOLDER = JSON.stringify({
  repository: 'acme/infrastructure',
  workflow: 'Deploy',
  runId: '4711',
  runAttempt: '1',
  runNumber: '17',
  job: 'deploy',
  runnerName: 'runner-1',
  runUrl: RUN,
  looks: process.platform !== 'win32',
});

/** The state after the job's `terraform apply`: one resource as it was, one changed, one new, one gone. */
const BEFORE = stateBody({ values: { kept: 'same', edited: 'old', dropped: 'x' } });
const AFTER = stateBody({ serial: 8, values: { kept: 'same', edited: 'new', made: 'y' } });

const LOCK_FLAGS = Object.fromEntries(
  [
    ...[
      'apply',
      'destroy',
      'import',
      'init',
      'plan',
      'refresh',
      'taint',
      'untaint',
      'state_mv',
      'state_push',
    ],
    ...['state_replace_provider', 'state_rm', 'workspace_new', 'workspace_delete'],
  ].map((command) => [`TF_CLI_ARGS_${command}`, '-lock=false']),
);

const hashOf = (algorithm: string, body: Uint8Array) => createHash(algorithm).update(body).digest('hex');
const titles = (annotations: StepResult['notices']) => annotations.map(({ title }) => title);

/** The lock info that is stored, whose ID and time are its own. */
function expectRecord(text: string | undefined, id: string | undefined): void {
  const created = /"Created":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{0,2}[1-9])?Z)"/.exec(text ?? '')?.[1];
  expect(text).toBe(
    `{"ID":"${id}","Operation":"lockkeeper","Info":"${RUN} job deploy of acme/infrastructure",` +
      `"Who":"octocat@runner-1","Version":"${VERSION}","Created":"${created}","Path":"${LOCK_PATH}"}`,
  );
}

async function expectLockRecords({ s3, dynamodb }: Scene, kind: Kind, id: string | undefined): Promise<void> {
  const item = await dynamodb.getItem(TABLE, { LockID: LOCK_PATH });
  const lockfile = s3.getObject(BUCKET, LOCKFILE_KEY);
  expect([item !== undefined, lockfile !== undefined]).toEqual([
    kind === 'dynamodb' || kind === 'both',
    kind === 'lockfile' || kind === 'both',
  ]);
  if (item) {
    expect(item).toEqual({ LockID: LOCK_PATH, Info: expect.any(String), Holder: HOLDER });
    expectRecord(item['Info'], id);
  }
  if (lockfile) {
    expectRecord(lockfile.body.toString(), id);
    expect(lockfile.contentHeaders).toMatchObject({ 'content-type': 'application/json' });
    expect(decodeURIComponent(lockfile.metadata['holder'] ?? '')).toBe(HOLDER);
  }
}

function expectSnapshot(
  { s3 }: Scene,
  key: string,
  expected: { body: Uint8Array; serial: string; phase: string },
) {
  const snapshot = s3.getObject(BUCKET, key);
  expect(snapshot?.body).toEqual(Buffer.from(expected.body));
  expect(snapshot?.contentHeaders).toMatchObject({ 'content-type': 'application/json' });
  expect(snapshot?.metadata).toEqual({
    lineage: LINEAGE,
    serial: expected.serial,
    md5: hashOf('md5', expected.body),
    sha256: hashOf('sha256', expected.body),
    'taken-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    phase: expected.phase,
    'run-url': RUN,
    commit: '0123456789abcdef0123456789abcdef01234567',
    verified: 'true',
  });
}

describe('a job that deploys', () => {
  test.concurrent.each(LOCKING_KINDS)('holds the lock all the while, between two snapshots (%s)', (kind) =>
    inScene(async (scene) => {
      const first = snapshotKey(await scene.putState(BEFORE), 7);
      const job = await scene.startJob(kind);

      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(main.outputs).toEqual({
        lock_id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
        lock_path: LOCK_PATH,
        locked: 'true',
        waited_seconds: expect.stringMatching(/^\d+$/),
        state_exists: 'true',
        state_serial: '7',
        state_lineage: LINEAGE,
        state_md5: hashOf('md5', BEFORE),
        snapshot_bucket: BUCKET,
        snapshot_key: first,
        snapshot_created: 'true',
      });
      const held = { [heldVariable(LOCK_PATH)]: `${kind}:${main.outputs['lock_id']}` };
      expect(main.env).toEqual({ ...LOCK_FLAGS, ...held });
      expect(titles(main.notices)).toEqual(['State locked']);
      expect(main.notices[0]?.message).toContain(`Lock ${LOCK_PATH}, ID ${main.outputs['lock_id']}.`);
      expect(main.log).toContain(`Snapshot before stored: s3://${BUCKET}/${first}`);
      expect(main.summary).toBe('');
      await expectLockRecords(scene, kind, main.outputs['lock_id']);
      expectSnapshot(scene, first, { body: BEFORE, serial: '7', phase: 'before' });

      const second = snapshotKey(await scene.putState(AFTER), 8);
      const post = await job.post();
      expect(post).toMatchObject({
        exitCode: 0,
        errors: [],
        warnings: [],
        notices: [],
        outputs: {},
        env: {},
      });
      expect(post.log).toContain(`Snapshot after stored: s3://${BUCKET}/${second}`);
      expect(post.log).toContain(`Released the lock ${LOCK_PATH}.`);
      expectSnapshot(scene, second, { body: AFTER, serial: '8', phase: 'after' });
      expect(scene.snapshots()).toHaveLength(2);
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.s3.getObject(BUCKET, STATE_PATH)?.body).toEqual(Buffer.from(AFTER));

      expect(post.summary).toMatch(/^### ✅ network\/terraform\.tfstate · serial /);
      expect(post.summary).toMatch(/7 → (serial )?8/);
      for (const line of [
        '+ terraform_data.made',
        '- terraform_data.dropped',
        '~ terraform_data.edited',
        '1 added, 1 removed, 1 changed',
        main.outputs['lock_id'] ?? '',
        ...[first, second].map((key) => `${BUCKET}/${key}`),
      ]) {
        expect(post.summary).toContain(line);
      }
      expect(post.summary).not.toContain('terraform_data.kept');
    }),
  );

  test.concurrent('without a lock it is warned, and has its snapshots', () =>
    inScene(async (scene) => {
      await scene.putState(BEFORE);
      const job = await scene.startJob('none');
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], notices: [], env: {} });
      expect(main.warnings).toEqual([
        { title: 'No lock', message: expect.stringContaining('so no lock is taken') },
      ]);
      expect(main.outputs).toMatchObject({ locked: 'false', state_serial: '7', snapshot_created: 'true' });
      expect(main.outputs).not.toHaveProperty('lock_id');

      await scene.putState(AFTER);
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(post.summary).toMatch(/, without a lock$/m);
      expect(scene.snapshots()).toHaveLength(2);
      expect(scene.asked.filter((name) => name.endsWith('lock') || name.endsWith('lockfile'))).toEqual([]);
    }));

  test.concurrent.each(LOCKING_KINDS)(
    'for the first time, it finds no state and leaves a snapshot (%s)',
    (kind) =>
      inScene(async (scene) => {
        const job = await scene.startJob(kind);
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'No state yet' }] });
        expect(main.outputs).toMatchObject({ locked: 'true', state_exists: 'false' });
        expect(Object.keys(main.outputs)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^snapshot_/)]),
        );
        expect(main.log).toContain(`There is no state at s3://${LOCK_PATH} yet.`);
        expect(scene.snapshots()).toEqual([]);

        const key = snapshotKey(await scene.putState(STATE), 7);
        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
        expectSnapshot(scene, key, { body: STATE, serial: '7', phase: 'after' });
        expect(post.summary).toContain('+ terraform_data.greeting');
        expect(await scene.lockRecords()).toEqual([]);
      }),
  );

  test.concurrent('when nothing changes, it keeps one snapshot, and so does the next job', () =>
    inScene(async (scene) => {
      const key = snapshotKey(await scene.putState(STATE), 7);
      for (const created of ['true', 'false']) {
        const job = await scene.startJob('dynamodb');
        expect((await job.main()).outputs).toMatchObject({ snapshot_key: key, snapshot_created: created });
        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
        expect(post.log).toContain('The state did not change, so there is no new snapshot.');
      }
      expect(scene.snapshots()).toHaveLength(1);
      expect(scene.s3.versions(BUCKET, key)).toHaveLength(1);
    }));
});
