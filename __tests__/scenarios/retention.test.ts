import { describe, expect, test } from '@jest/globals';
import { cataloguePrefix, snapshotName } from '../../src/names/snapshot-key.js';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import { viewS3 } from '../../testing/server-view.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, PREFIX, type Scene, STATE } from './scene.js';

const CATALOGUE = cataloguePrefix(PREFIX, BUCKET, STATE_PATH);

/** Snapshots of so many days in a row, the newest first. */
function putOld({ s3 }: Scene, days: number): readonly string[] {
  return Array.from({ length: days }, (_, age) => {
    const lastModified = Date.parse('2026-01-31T12:00:00Z') - age * 86_400_000;
    const key = CATALOGUE + snapshotName({ etag: `"${age}"`, lastModified }, 1, 'verified');
    s3.putObject(BUCKET, key, 'old');
    return key;
  });
}

const keysOf = ({ s3 }: Scene) => s3.listKeys(BUCKET, CATALOGUE);

const warned = (message: string) => ({
  title: 'Snapshots not removed',
  message: expect.stringContaining(message),
});

/** Main, a change of the state, and post, which is returned. */
async function jobIn(scene: Scene, inputs: Readonly<Record<string, string>>) {
  const job = await scene.startJob('dynamodb', { inputs });
  expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
  await scene.putState(stateBody({ serial: 8 }));
  return job.post();
}

describe('a job that says what to keep', () => {
  test.concurrent('removes what no rule keeps, and nothing of another state', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const old = putOld(scene, 5);
      const others = `${CATALOGUE}deeper/${old[0]?.slice(CATALOGUE.length)}`;
      const notes = `${CATALOGUE}notes.txt`;
      for (const key of [others, notes]) scene.s3.putObject(BUCKET, key, 'not ours');
      const post = await jobIn(scene, { keep_last: '4' });
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(post.log).toContain('Retention of snapshots: 3 removed, 4 kept');
      expect(post.summary).toContain('4 kept, 3 removed');
      expect(keysOf(scene)).toEqual(expect.arrayContaining([...old.slice(0, 2), others, notes]));
      expect(keysOf(scene)).toHaveLength(6);
      expect(await scene.lockRecords()).toEqual([]);
    }));

  test.concurrent('removes thousands, a thousand at a time', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      putOld(scene, 2100);
      expect(await jobIn(scene, { keep_last: '2' })).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(keysOf(scene)).toHaveLength(2);
      expect(scene.asked.filter((name) => name === 'POST deletion')).toHaveLength(3);
      expect(scene.asked.filter((name) => name === 'GET listing')).toHaveLength(3);
      expect(scene.asked.indexOf('DeleteItem lock')).toBeLessThan(scene.asked.indexOf('GET listing'));
    }));

  test.concurrent('and prune_dry_run: true removes nothing, and prints why each stays', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const old = putOld(scene, 5);
      const post = await jobIn(scene, { keep_daily: '2', keep_within: '1y', prune_dry_run: 'true' });
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(post.log).toContain('Retention of snapshots, dry run: 0 would be removed, 7 kept');
      expect(post.log).toMatch(
        /keep {4}20260131T120000Z-0000000001-\w+\.tfstate: keep_daily 2; keep_within 1y/,
      );
      expect(keysOf(scene)).toEqual(expect.arrayContaining([...old]));
      expect(scene.asked).not.toContain('POST deletion');
    }));

  test.concurrent('stays green where it may not remove them, and is told which permission is missing', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      putOld(scene, 3);
      scene.s3.settings.deny = [{ action: 's3:DeleteObject' }];
      const post = await jobIn(scene, { keep_last: '2' });
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(post.warnings).toEqual([
        warned(
          `Not all old snapshots were removed, 3 are left: The permission s3:DeleteObject on arn:aws:s3:::${BUCKET}/${CATALOGUE}* is missing`,
        ),
      ]);
      expect(post.summary).toContain('2 kept, 0 removed, 3 not removed');
      expect(keysOf(scene)).toHaveLength(5);
    }));

  test.concurrent.each(['s3:ListBucket', 's3:GetBucketObjectLockConfiguration'])(
    'removes nothing without %s, and says so',
    (action) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        putOld(scene, 3);
        scene.s3.settings.deny = [{ action }];
        const post = await jobIn(scene, { keep_last: '2' });
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
        expect(post.warnings).toEqual([
          warned(`Old snapshots were not removed: The permission ${action} on `),
        ]);
        expect(keysOf(scene)).toHaveLength(5);
      }),
  );

  test.concurrent('does not tell of it where the snapshot after failed, and removes nothing', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      putOld(scene, 3);
      scene.onRequest('PUT snapshot', ({ answer }) => answer({ status: 403, headers: {}, body: '' }), {
        nth: 2,
      });
      const post = await jobIn(scene, { keep_last: '1' });
      expect(post.exitCode).toBe(1);
      expect(post.warnings).toEqual([]);
      expect(scene.asked).not.toContain('GET listing');
      expect(keysOf(scene)).toHaveLength(4);
    }));
});

describe('in a bucket with Object Lock', () => {
  const inputs = { backup_bucket: 'backups', keep_last: '2' };
  const keys = ['01', '02', '03'].map(
    (day) => `${CATALOGUE}202601${day}T000000Z-0000000001-0123456789ab.tfstate`,
  );

  const jobWithLocks = async (scene: Scene) => {
    await scene.putState(STATE);
    scene.s3.createBucket('backups', { objectLock: true });
    for (const key of keys) scene.s3.putObject('backups', key, 'old');
    const view = viewS3(scene.s3.endpoint);
    await view.lock('backups', keys[0] ?? '', new Date('2999-01-01T00:00:00Z'));
    await view.lock('backups', keys[1] ?? '', 'legal hold');
    view.close();
    return jobIn(scene, inputs);
  };

  test.concurrent('what is locked stays to be seen, and the log says until when', () =>
    inScene(async (scene) => {
      const post = await jobWithLocks(scene);
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      // The secret of these tests is `test`, which is masked in "latest".
      expect(post.log).toMatch(
        /Object Lock holds 2 of the snapshots that no rule keeps, until 2999-01-01T00:00:00.000Z at the \S+, 1 by a legal hold/,
      );
      expect(post.summary).toContain('2 kept, 1 removed, 2 locked');
      expect(scene.s3.listKeys('backups')).toEqual(expect.arrayContaining(keys.slice(0, 2)));
      expect(scene.s3.listKeys('backups')).toHaveLength(4);
    }));

  test.concurrent.each(['s3:GetObjectRetention', 's3:GetObjectLegalHold'])(
    'nothing is removed where %s is denied',
    (action) =>
      inScene(async (scene) => {
        scene.s3.settings.deny = [{ action }];
        const { exitCode, warnings } = await jobWithLocks(scene);
        expect(exitCode).toBe(0);
        expect(warnings).toEqual([warned(`Old snapshots were not removed: The permission ${action} on `)]);
        expect(scene.s3.listKeys('backups')).toHaveLength(5);
      }),
  );
});

test('a pruner job needs no snapshot of its own', () =>
  inScene(async (scene) => {
    await scene.putState(STATE);
    putOld(scene, 5);
    const job = await scene.startJob('none', { inputs: { backup: 'none', keep_last: '2' } });
    await job.main();
    expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    expect(keysOf(scene)).toHaveLength(2);
    expect(scene.asked).not.toContain('PUT snapshot');
  }));
