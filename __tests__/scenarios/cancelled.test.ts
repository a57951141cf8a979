import { describe, expect, test } from '@jest/globals';
import { commitLate, hang } from '../../testing/faults.js';
import type { Job } from '../../testing/job.js';
import type { StepHandle, StepResult } from '../../testing/runner.js';
import { inScene, LOCK_PATH, LOCKING_KINDS, type Scene, STATE } from './scene.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Cancels a step as the runner does, and sees that it ends and says why. Nothing but the signal can end it in these
 * tests: the lock stays held, or the answer never comes.
 */
async function cancel(step: StepHandle, signal: NodeJS.Signals = 'SIGINT'): Promise<StepResult> {
  step.sendSignal(signal);
  const result = await step.result;
  expect(result).toMatchObject({ exitCode: 1, signal: null, env: {}, outputs: { locked: 'false' } });
  expect(result.errors).toEqual([
    { title: 'Cancelled', message: 'The job was cancelled before it could start its work.' },
  ]);
  return result;
}

/** Sees that main has freed its lock, or has said that it leaves that to post: the runner gives it little time. */
async function expectFreedOrLeft({ log, warnings }: StepResult, { lockRecords }: Scene): Promise<void> {
  if (warnings.some(({ title }) => title === 'Lock not freed yet')) return;
  expect(log).toContain(`Freed the lock ${LOCK_PATH} again.`);
  expect(await lockRecords()).toEqual([]);
}

/** Sees that after post, which has nothing to complain of, nothing is left. */
async function expectNothingLeft(job: Job, { lockRecords }: Scene): Promise<void> {
  expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
  expect(await lockRecords()).toEqual([]);
}

describe('a job that is cancelled while it waits', () => {
  test.concurrent.each(LOCKING_KINDS.flatMap((kind) => SIGNALS.map((signal) => ({ kind, signal }))))(
    'ends and leaves the lock to its holder ($kind, $signal)',
    ({ kind, signal }) =>
      inScene(async ({ startJob, holdByOther, lockRecords, asked }) => {
        await holdByOther(kind);
        const held = await lockRecords();
        const job = await startJob(kind);
        const main = await job.startMain();
        await main.waitForLog('held by');
        await cancel(main, signal);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
        expect(asked.filter((name) => /^(DELETE|Delete)/.test(name))).toEqual([]);
        expect(await lockRecords()).toEqual(held);
      }),
  );
});

describe('a job that is cancelled while it asks for the lock', () => {
  const writes = [
    { kind: 'dynamodb', name: 'PutItem lock' },
    { kind: 'lockfile', name: 'PUT lockfile' },
    { kind: 'both', name: 'PUT lockfile' },
    { kind: 'both', name: 'PutItem lock' },
  ] as const;

  test.concurrent.each(writes)(
    'frees what the server has given it without an answer ($kind, $name)',
    ({ kind, name }) =>
      inScene(async (scene) => {
        const job = await scene.startJob(kind);
        const main = await job.startMain();
        await new Promise<void>((resolve) => {
          scene.onRequest(name, async ({ forward }) => {
            await forward();
            resolve();
          });
        });
        await expectFreedOrLeft(await cancel(main), scene);
        await expectNothingLeft(job, scene);
      }),
  );

  test.concurrent.each(writes)(
    'has post free what the server gives after main has ended ($kind, $name)',
    ({ kind, name }) =>
      inScene(async ({ startJob, onRequest, waitForRequest, lockRecords }) => {
        const late = commitLate('hang');
        onRequest(name, late);
        const job = await startJob(kind);
        const main = await job.startMain();
        await waitForRequest(name);
        await cancel(main);
        expect((await late.release()).map(({ status }) => status)).toEqual([200]);
        expect(await lockRecords()).toHaveLength(1);
        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
        expect(post.log).toContain('which the main step had left');
        expect(await lockRecords()).toEqual([]);
      }),
  );
});

describe('a job that is cancelled while it holds the lock', () => {
  test.concurrent.each(['GET state', 'GetItem digest', 'PUT snapshot'])(
    'frees it, whatever it was asking for: %s',
    (name) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        scene.onRequest(name, hang());
        const job = await scene.startJob('both');
        const main = await job.startMain();
        await scene.waitForRequest(name);
        expect(await scene.lockRecords()).toHaveLength(2);
        await expectFreedOrLeft(await cancel(main), scene);
        await expectNothingLeft(job, scene);
      }),
  );
});
