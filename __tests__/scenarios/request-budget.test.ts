import { describe, expect, test } from '@jest/globals';
import { inScene, type Kind, STATE } from './scene.js';

interface Budget {
  readonly main: readonly string[];
  readonly post: readonly string[];
}

/**
 * What a job asks for when nothing changes. A store at an endpoint of its own is asked to prove its conditional
 * writes, which Amazon S3 need not do: there each of a lockfile's sequences is that much shorter.
 */
const BUDGETS: Readonly<Record<Kind, Budget>> = {
  dynamodb: {
    main: ['PutItem lock', 'GET state', 'GetItem digest', 'PUT snapshot'],
    post: ['GET state', 'DeleteItem lock'],
  },
  lockfile: {
    main: ['GET lockfile', 'PUT lockfile', 'PUT lockfile', 'GET state', 'PUT snapshot'],
    post: ['GET state', 'GET lockfile', 'DELETE lockfile'],
  },
  both: {
    main: [
      ...['GET lockfile', 'PUT lockfile', 'PUT lockfile', 'PutItem lock'],
      ...['GET state', 'GetItem digest', 'PUT snapshot'],
    ],
    post: ['GET state', 'GET lockfile', 'DELETE lockfile', 'DeleteItem lock'],
  },
  none: { main: ['GET state', 'PUT snapshot'], post: ['GET state'] },
};

describe('a job that changes nothing', () => {
  test.concurrent.each(Object.entries(BUDGETS) as [Kind, Budget][])(
    'asks as little as it can (%s)',
    (kind, budget) =>
      inScene(async ({ startJob, putState, asked }) => {
        await putState(STATE);
        const job = await startJob(kind);
        await job.main();
        expect(asked).toEqual(budget.main);
        await job.post();
        const askedByPost = asked.slice(budget.main.length);
        expect(askedByPost[0]).toBe('GET state');
        // The two halves of a lock are released at the same time.
        expect(askedByPost.sort()).toEqual([...budget.post].sort());
      }),
  );
});
