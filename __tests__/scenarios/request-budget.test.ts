import { describe, expect, test } from '@jest/globals';
import { inRounds, inScene, type Kind, LOOK_OF_POST, ROUNDS_OF_MAIN, STATE } from './scene.js';

/** In which order the two halves of a lock are released is left open. */
const RELEASE: readonly (readonly [Kind, readonly string[]])[] = [
  ['dynamodb', ['DeleteItem lock']],
  ['lockfile', ['GET lockfile', 'DELETE lockfile']],
  ['both', ['GET lockfile', 'DELETE lockfile', 'DeleteItem lock']],
  ['none', []],
];

describe('a job that changes nothing', () => {
  test.concurrent.each(RELEASE)('asks as little as it can, in few rounds (%s)', (kind, release) =>
    inScene(async ({ startJob, putState, asked }) => {
      await putState(STATE);
      const job = await startJob(kind);
      await job.main();
      expect(inRounds(asked, ROUNDS_OF_MAIN[kind])).toEqual(ROUNDS_OF_MAIN[kind]);
      const askedByMain = asked.length;
      await job.post();
      const look = LOOK_OF_POST[kind];
      const [first, ...others] = inRounds(asked.slice(askedByMain), [look]);
      expect(first).toEqual(look);
      expect(others.flat().sort()).toEqual([...release].sort());
    }),
  );

  test('lists its snapshots once, after the release, where old ones are to go, and no more if none is', () =>
    inScene(async ({ startJob, putState, asked }) => {
      await putState(STATE);
      const job = await startJob('dynamodb', { inputs: { keep_daily: '30' } });
      await job.main();
      const askedByMain = asked.length;
      await job.post();
      const askedByPost = asked.slice(askedByMain);
      expect(askedByPost.slice(-2)).toEqual(['DeleteItem lock', 'GET listing']);
      expect(askedByPost.filter((name) => name.startsWith('GET '))).toEqual(['GET state', 'GET listing']);
    }));

  test('asks for state and digest at the same time', () =>
    inScene(async ({ startJob, putState, onRequest, waitForRequest }) => {
      await putState(STATE);
      onRequest('GET state', async ({ forward, answer }) => {
        await waitForRequest('GetItem digest');
        answer(await forward());
      });
      const job = await startJob('dynamodb');
      expect(await job.main()).toMatchObject({ exitCode: 0, warnings: [] });
    }));
});
