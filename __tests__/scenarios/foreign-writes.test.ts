import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { stateBody } from '../../testing/test-data.js';
import { DIGEST_ID, inScene, LOCK_PATH, STATE, snapshotKey } from './scene.js';

const FOREIGN = [
  {
    what: 'has another lineage',
    state: stateBody({ serial: 8, lineage: '00000000-0000-4000-8000-000000000000' }),
    serial: 8,
  },
  { what: 'has a serial that went back', state: stateBody({ serial: 5 }), serial: 5 },
];

describe('a state that this job cannot have written', () => {
  test.concurrent.each(FOREIGN)('because it $what fails the step, which names both snapshots', (each) =>
    inScene(async (scene) => {
      const before = await scene.putState(STATE);
      const job = await scene.startJob('both');
      expect((await job.main()).exitCode).toBe(0);
      const after = await scene.putState(each.state);
      const post = await job.post();
      expect(await scene.lockRecords()).toEqual([]);
      expect(post.exitCode).toBe(1);
      const told = post.errors.map(({ message }) => message).join();
      expect(told).toContain(snapshotKey(before, 7));
      expect(told).toContain(snapshotKey(after, each.serial));
    }),
  );

  test.concurrent('because there is none any more is a warning: a destroy may have removed it', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('both');
      expect((await job.main()).exitCode).toBe(0);
      scene.s3.deleteObject(BUCKET, STATE_PATH);
      await scene.dynamodb.deleteItem(TABLE, { LockID: DIGEST_ID });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(post.warnings.map(({ message }) => message).join()).toContain(`${BUCKET}/${STATE_PATH}`);
      expect(await scene.lockRecords()).toEqual([]);
    }));
});

describe('a second step on the state that its own job holds', () => {
  test.concurrent('says so at once, and does not wait for itself', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { inputs: { lock_timeout: '3s' } });
      const first = await job.main();
      const second = await job.main();
      expect(scene.asked.filter((name) => name === 'PutItem lock').length).toBeLessThanOrEqual(2);
      expect(second.log).not.toContain('still held');
      expect(second.log).toContain(LOCK_PATH);
      expect(second.log).toContain(first.outputs['lock_id']);
      expect(second.log).toMatch(/this job/i);
    }));
});
