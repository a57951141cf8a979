import { describe, expect, test } from '@jest/globals';
import { commitLate, hold } from '../../testing/faults.js';
import type { StepHandle, StepResult } from '../../testing/runner.js';
import { inScene, LOCKING_KINDS, STATE } from './scene.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** Two seconds are promised; a busy machine may take a while to schedule a process. */
const PROMPTLY_MS = 2_500;

/** Cancels a step as the runner does, and sees that it ends soon and says why. */
async function cancel(step: StepHandle, signal: NodeJS.Signals = 'SIGINT'): Promise<StepResult> {
  const sentAt = Date.now();
  step.sendSignal(signal);
  const result = await step.result;
  expect(Date.now() - sentAt).toBeLessThan(PROMPTLY_MS);
  expect(result).toMatchObject({ exitCode: 1, signal: null, env: {}, outputs: { locked: 'false' } });
  expect(result.errors).toEqual([
    { title: 'Cancelled', message: 'The job was cancelled before it could start its work.' },
  ]);
  return result;
}

describe('a job that is cancelled while it waits', () => {
  test.concurrent.each(LOCKING_KINDS.flatMap((kind) => SIGNALS.map((signal) => ({ kind, signal }))))(
    'ends at once and leaves nothing ($kind, $signal)',
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
    'has it freed, if the answer was on its way ($kind, $name)',
    ({ kind, name }) =>
      inScene(async ({ startJob, onRequest, lockRecords }) => {
        const job = await startJob(kind);
        const main = await job.startMain();
        await new Promise<void>((resolve) => {
          onRequest(name, async ({ forward }) => {
            await forward();
            resolve();
          });
        });
        const { log } = await cancel(main);
        expect(log).toContain('Freed the lock state/network/terraform.tfstate again.');
        expect(await lockRecords()).toEqual([]);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      }),
  );

  test.concurrent.each(writes)(
    'has it freed by post, if the request comes late ($kind, $name)',
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
  test.concurrent.each(['GET state', 'GetItem digest', 'PUT snapshot'])('frees it at %s', (name) =>
    inScene(async ({ startJob, putState, onRequest, waitForRequest, lockRecords }) => {
      await putState(STATE);
      onRequest(name, hold());
      const job = await startJob('both');
      const main = await job.startMain();
      await waitForRequest(name);
      expect(await lockRecords()).toHaveLength(2);
      await cancel(main);
      expect(await lockRecords()).toEqual([]);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }),
  );
});
