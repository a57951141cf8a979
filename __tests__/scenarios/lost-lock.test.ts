import { describe, expect, test } from '@jest/globals';
import { BUCKET, TABLE } from '../../testing/environment.js';
import { outOfService } from '../../testing/faults.js';
import type { StepResult } from '../../testing/runner.js';
import { stateBody, THEIR_ID } from '../../testing/test-data.js';
import { forceUnlock, inScene, LOCK_PATH, LOCKFILE_KEY, LOCKING_KINDS, type Scene, STATE } from './scene.js';

const CHANGED = stateBody({ serial: 8 });
const BY_TWO =
  'Nothing was touched. The state may have been written by two: compare its snapshots before anybody applies again.';

/** Runs a job during which the state changes and something happens to its lock. */
async function deploy(
  scene: Scene,
  kind: (typeof LOCKING_KINDS)[number],
  meanwhile: () => Promise<void>,
): Promise<StepResult> {
  await scene.putState(STATE);
  const job = await scene.startJob(kind);
  expect((await job.main()).exitCode).toBe(0);
  await scene.putState(CHANGED);
  await meanwhile();
  return job.post();
}

describe('a lock that was taken from the job', () => {
  test.concurrent.each(LOCKING_KINDS)('is somebody else’s now, and is left to them (%s)', (kind) =>
    inScene(async (scene) => {
      const { s3, dynamodb, lockRecords, holdByOther } = scene;
      const post = await deploy(scene, kind, async () => {
        await forceUnlock(scene);
        await holdByOther(kind);
      });
      expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock lost' }] });
      const message = post.errors[0]?.message ?? '';
      expect(message).toContain(`The lock ${LOCK_PATH} was taken from this job while it ran`);
      expect(message).toContain(`is held by ada@laptop since 2026-11-22T01:05:51Z`);
      expect(message).toContain(`lock ID ${THEIR_ID}`);
      expect(message).toContain(BY_TWO);
      expect(post.summary).toMatch(/^### ❌ .* · lock lost$/m);
      expect(post.summary).toContain(THEIR_ID);

      expect(await lockRecords()).toHaveLength(kind === 'both' ? 2 : 1);
      const item = await dynamodb.getItem(TABLE, { LockID: LOCK_PATH });
      const lockfile = s3.getObject(BUCKET, LOCKFILE_KEY)?.body.toString();
      for (const text of [item?.['Info'], lockfile].filter((text) => text !== undefined)) {
        expect(text).toContain(THEIR_ID);
      }
      expect(scene.snapshots().map(({ metadata }) => metadata['phase'])).toEqual(['before', 'after']);
    }),
  );

  test.concurrent.each(LOCKING_KINDS)('is gone, and nothing is done about it (%s)', (kind) =>
    inScene(async (scene) => {
      const post = await deploy(scene, kind, () => forceUnlock(scene));
      expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock lost' }] });
      expect(post.errors[0]?.message).toContain('it is gone');
      expect(post.errors[0]?.message).toContain(BY_TWO);
      expect(scene.asked.filter((name) => name.startsWith('Put') && name.endsWith('lock'))).toHaveLength(
        kind === 'lockfile' ? 0 : 1,
      );
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toHaveLength(2);
    }),
  );
});

describe('a lock whose record was rewritten under the ID of the job', () => {
  test.concurrent('is left alone, and told with the command that frees it', () =>
    inScene(async (scene) => {
      const post = await deploy(scene, 'lockfile', async () => {
        const lockfile = scene.s3.getObject(BUCKET, LOCKFILE_KEY)?.body.toString();
        scene.s3.putObject(BUCKET, LOCKFILE_KEY, `${lockfile}\n`);
      });
      expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock lost' }] });
      const id = JSON.parse(scene.s3.getObject(BUCKET, LOCKFILE_KEY)?.body.toString() ?? '{}').ID;
      expect(post.errors[0]?.message).toContain(BY_TWO);
      expect(post.errors[0]?.message).toContain(`free it with \`terraform force-unlock -force ${id}\`.`);
    }));
});

describe('a lock that was taken from the job is not told as released because of an outage', () => {
  test.concurrent.each([
    { kind: 'lockfile', look: 'GET lockfile', and: 'is somebody else’s now' },
    { kind: 'lockfile', look: 'GET lockfile', and: 'is gone' },
    { kind: 'dynamodb', look: 'GetItem lock', and: 'is gone' },
  ] as const)('when it is looked for ($kind, and it $and)', ({ kind, look, and }) =>
    inScene(async (scene) => {
      const post = await deploy(scene, kind, async () => {
        await forceUnlock(scene);
        if (and !== 'is gone') await scene.holdByOther(kind);
        // More often than a request is sent.
        scene.onRequest(look, outOfService(), { times: 8 });
      });
      expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock lost' }] });
    }),
  );
});

describe('a lock made of two', () => {
  test.concurrent.each([
    { gone: 'lockfile', remove: ({ s3 }: Scene) => s3.deleteObject(BUCKET, LOCKFILE_KEY) },
    {
      gone: 'DynamoDB item',
      remove: ({ dynamodb }: Scene) => dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH }),
    },
  ])('is released when its $gone is gone already', ({ remove }) =>
    inScene(async (scene) => {
      const post = await deploy(scene, 'both', async () => remove(scene));
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent.each([
    { taken: 'lockfile', left: [LOCKFILE_KEY] },
    { taken: 'dynamodb', left: [LOCK_PATH] },
  ] as const)('is lost when one half is taken, and the other is released ($taken)', ({ taken, left }) =>
    inScene(async (scene) => {
      const post = await deploy(scene, 'both', () => scene.holdByOther(taken));
      expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock lost' }] });
      expect(post.errors[0]?.message).toContain('is held by ada@laptop');
      expect(await scene.lockRecords()).toEqual(left);
    }),
  );
});

describe('when the snapshot after fails as well', () => {
  test.concurrent('both are told', () =>
    inScene(async (scene) => {
      const post = await deploy(scene, 'dynamodb', async () => {
        await forceUnlock(scene);
        scene.s3.settings.deny = [{ action: 's3:PutObject' }];
      });
      expect(post.errors.map(({ title }) => title)).toEqual(['Snapshot not stored', 'Lock lost']);
      expect(post.exitCode).toBe(1);
    }));
});
