import { describe, expect, test } from '@jest/globals';
import { BUCKET, TABLE } from '../../testing/environment.js';
import type { Fault } from '../../testing/fault-proxy.js';
import { answerInstead, cut, dropAfter, outOfService, s3Error, throttle } from '../../testing/faults.js';
import { THEIR_ID } from '../../testing/test-data.js';
import { atAws } from './aws-scene.js';
import { inScene, LOCK_PATH, LOCKFILE_KEY, type Scene, STATE } from './scene.js';

const FOREVER = { times: Number.POSITIVE_INFINITY };

/** The first delete that is carried out frees the lock; somebody takes it at once, and its answer is lost. */
function loseAnswerAndLetTake(scene: Scene): Fault {
  let taken = false;
  return async ({ forward, answer, reset }) => {
    const answered = await forward();
    if (taken || answered.status >= 300) return answer(answered);
    taken = true;
    await scene.holdByOther('lockfile');
    reset();
  };
}

const STORES = [
  { store: 'answers 501 to', settings: { rejectConditionalDeletes: true } },
  { store: 'ignores', settings: { ignoreConditionalDeletes: true } },
];

describe.each(STORES)(
  'on a store that $store a conditional delete, the lockfile of whoever came next',
  (each) => {
    test.concurrent('is not deleted by the release', () =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        const job = await scene.startJob('lockfile');
        expect((await job.main()).exitCode).toBe(0);
        scene.onRequest('DELETE lockfile', loseAnswerAndLetTake(scene), FOREVER);
        const post = await job.post();
        expect(scene.s3.getObject(BUCKET, LOCKFILE_KEY)?.body.toString()).toContain(THEIR_ID);
        expect(post.log).not.toContain('Lock lost');
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
      }, each.settings));

    test.concurrent('is not deleted by a main that gives its lock back', () =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        const job = await scene.startJob('lockfile');
        scene.onRequest('PUT snapshot', answerInstead(s3Error(403, 'AccessDenied')));
        scene.onRequest('DELETE lockfile', loseAnswerAndLetTake(scene), FOREVER);
        expect(await job.main()).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot not stored' }] });
        await job.post();
        expect(scene.s3.getObject(BUCKET, LOCKFILE_KEY)?.body.toString()).toContain(THEIR_ID);
      }, each.settings));
  },
);

describe('a lock that was released is not told as lost, when the answer is cut in its body', () => {
  test.concurrent.each(['dynamodb', 'both'] as const)('and nobody has it now (%s)', (kind) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(kind);
      expect((await job.main()).exitCode).toBe(0);
      scene.onRequest('DeleteItem lock', cut(1));
      const post = await job.post();
      expect(post.log).not.toContain('Lock lost');
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent.each(['dynamodb', 'both'] as const)('and somebody else has it now (%s)', (kind) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(kind);
      expect((await job.main()).exitCode).toBe(0);
      const cutAndLetTake: Fault = (exchange) =>
        cut(1)({
          ...exchange,
          forward: async () => {
            const answer = await exchange.forward();
            await scene.holdByOther('dynamodb');
            return answer;
          },
        });
      scene.onRequest('DeleteItem lock', cutAndLetTake);
      const post = await job.post();
      expect(post.log).not.toContain('Lock lost');
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect((await scene.dynamodb.getItem(TABLE, { LockID: LOCK_PATH }))?.['Info']).toContain(THEIR_ID);
    }),
  );
});

describe('a lock that was released is not told as lost, when the answer is lost', () => {
  test.concurrent('and the service asks for fewer requests then', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { inputs: { max_retries: '3' } });
      expect((await job.main()).exitCode).toBe(0);
      scene.onRequest('DeleteItem lock', dropAfter());
      scene.onRequest('DeleteItem lock', throttle(), { times: 2 });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }));

  test.concurrent('and S3 says that the first delete is still under way', () =>
    atAws(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('lockfile');
      expect((await job.main()).exitCode).toBe(0);
      scene.onRequest('DELETE lockfile', dropAfter());
      scene.onRequest('DELETE lockfile', answerInstead(s3Error(409, 'ConditionalRequestConflict')));
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }));

  test.concurrent.each([
    { kind: 'dynamodb', remove: 'DeleteItem lock', look: 'GetItem lock' },
    { kind: 'lockfile', remove: 'DELETE lockfile', look: 'GET lockfile' },
  ] as const)('and there is an outage when it is looked for ($kind)', ({ kind, remove, look }) =>
    atAws(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(kind, { inputs: { max_retries: '2' } });
      expect((await job.main()).exitCode).toBe(0);
      scene.onRequest(remove, dropAfter());
      scene.onRequest(look, outOfService(), { times: 2 });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );
});
