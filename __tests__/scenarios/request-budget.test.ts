import { describe, expect, test } from '@jest/globals';
import { ASKED_BY_MAIN, inScene, type Kind, STATE } from './scene.js';

/** In which order the two halves of a lock are released is left open. */
const RELEASE: readonly (readonly [Kind, readonly string[]])[] = [
  ['dynamodb', ['DeleteItem lock']],
  ['lockfile', ['GET lockfile', 'DELETE lockfile']],
  ['both', ['GET lockfile', 'DELETE lockfile', 'DeleteItem lock']],
  ['none', []],
];

describe('a job that changes nothing', () => {
  test.concurrent.each(RELEASE)('asks as little as it can (%s)', (kind, release) =>
    inScene(async ({ startJob, putState, asked }) => {
      await putState(STATE);
      const job = await startJob(kind);
      await job.main();
      expect(asked).toEqual(ASKED_BY_MAIN[kind]);
      await job.post();
      const [first, ...others] = asked.slice(ASKED_BY_MAIN[kind].length);
      expect(first).toBe('GET state');
      expect(others.sort()).toEqual([...release].sort());
    }),
  );
});
