import { describe, expect, test } from '@jest/globals';
import { hold } from '../../testing/faults.js';
import { letHappen, type Mishap, mayMeet } from '../../testing/mishaps.js';
import { inScene, type Kind, LOCKING_KINDS, type Scene, STATE } from './scene.js';

/** Lets it happen in main, while the request is on its way. */
async function mainWith(scene: Scene, mishap: Mishap, { kind, request }: { kind: Kind; request: string }) {
  await scene.putState(STATE);
  const held = hold();
  scene.onRequest(request, held);
  const job = await scene.startJob(kind, { env: mayMeet(mishap) });
  const main = await job.startMain();
  await scene.waitForRequest(request);
  await letHappen(main);
  held.release();
  return { job, main: await main.result };
}

describe('an exception that nobody expected', () => {
  test.concurrent('in main is told as what it is, and not as a cancelled job; the lock is given back', () =>
    inScene(async (scene) => {
      const { main } = await mainWith(scene, 'uncaught exception', { kind: 'both', request: 'GET state' });
      expect(main.exitCode).toBe(1);
      expect(main.log + main.summary).not.toMatch(/cancelled/i);
      expect(main.errors.map(({ message }) => message).join()).toContain('Nobody expected this.');
      expect(await scene.lockRecords()).toEqual([]);
    }));

  test.concurrent('in post is told, and the lock is released all the same', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('both', { env: mayMeet('uncaught exception') });
      expect((await job.main()).exitCode).toBe(0);
      const held = hold();
      const earlier = scene.asked.filter((name) => name === 'GET state').length;
      scene.onRequest('GET state', held);
      const post = await job.startPost();
      await scene.waitForRequest('GET state', earlier + 1);
      await letHappen(post);
      held.release();
      const { exitCode, errors } = await post.result;
      expect(await scene.lockRecords()).toEqual([]);
      expect(exitCode).toBe(1);
      expect(errors.map(({ message }) => message).join()).toContain('Nobody expected this.');
    }));
});

describe('a disk that fills up, so that main cannot save what it holds', () => {
  const writes = { dynamodb: 'PutItem lock', lockfile: 'PUT lockfile', both: 'PutItem lock' } as const;

  test.concurrent.each(LOCKING_KINDS)('does not keep main from giving the lock back (%s)', (kind) =>
    inScene(async (scene) => {
      const { job, main } = await mainWith(scene, 'full disk', { kind, request: writes[kind] });
      expect(await scene.lockRecords()).toEqual([]);
      expect(main.exitCode).toBe(1);
      expect(main.errors.map(({ message }) => message).join()).toContain('no space left');
      expect((await job.post()).exitCode).toBe(0);
    }),
  );

  test.concurrent('nor when it has the lock and looks at the state', () =>
    inScene(async (scene) => {
      const { main } = await mainWith(scene, 'full disk', { kind: 'both', request: 'PUT snapshot' });
      expect(await scene.lockRecords()).toEqual([]);
      expect(main.exitCode).toBe(1);
      expect(main.errors.map(({ message }) => message).join()).toContain('no space left');
    }));
});

test.concurrent.each(LOCKING_KINDS)(
  'a disk that fills up among the flags for Terraform: the lock is held as long as there are any, until post (%s)',
  (kind) =>
    inScene(async (scene) => {
      const { job, main } = await mainWith(scene, 'disk with room for five variables', {
        kind,
        request: 'PUT snapshot',
      });
      expect(main.exitCode).toBe(1);
      expect(main.errors.map(({ message }) => message).join()).toContain('no space left');
      const flags = Object.keys(main.env).filter((name) => name.startsWith('TF_CLI_ARGS_'));
      expect(flags).toHaveLength(4);
      expect(await scene.lockRecords()).toHaveLength(kind === 'both' ? 2 : 1);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }),
);

test.concurrent('a user whom the machine has no name for does not keep post from releasing the lock', () =>
  inScene(async (scene) => {
    await scene.putState(STATE);
    const job = await scene.startJob('both', { env: mayMeet('nameless user') });
    expect((await job.main()).exitCode).toBe(0);
    expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    expect(await scene.lockRecords()).toEqual([]);
  }));
