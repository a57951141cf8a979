import { describe, expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { releaseLock } from '../../../src/commands/hold/release-lock.js';
import type { WritersOutcome } from '../../../src/commands/hold/writers/stop-writers.js';
import { parseHolder } from '../../../src/lock/holder-record.js';
import type { Lock } from '../../../src/lock/lock.js';
import { heldVariable } from '../../../src/names/held-variable.js';
import { commandScene } from '../../../testing/command-scene.js';
import { START } from '../../../testing/fake-clock.js';
import { LOCK_PATH, OUR_ID } from '../../../testing/test-data.js';

const STILL_WRITING: WritersOutcome = {
  kind: 'still-writing',
  reason: 'will-not-end',
  tookMs: 0,
  processes: [{ pid: 7, startedAt: 1, command: 'terraform', whose: 'ours', wraps: false }],
};

/** A job that holds the lock, and its post step once it has looked for writers, with a minute left. */
async function afterLook(outcome: WritersOutcome, methods: Partial<Lock> = {}) {
  const scene = commandScene();
  await acquire(scene.acquireParts());
  const parts = scene.releaseParts();
  const [state] = parts.runState.states;
  if (state?.progress.phase !== 'ready') throw new Error('Main is not done.');
  const opened = parts.open(state);
  const stored = await opened.openLock();
  const lock = stored && { ...stored, ...methods };
  const budget = { stopUntil: START, timeFor: () => 60_000 };
  const { claim } = state.progress;
  const releasing = releaseLock({ ...parts, ...state, ...opened }, { outcome, budget }, { lock, claim });
  return { ...scene, releasing };
}

/** A method that hangs, and the signal that it was given. */
function hanging() {
  const given: AbortSignal[] = [];
  const hang = (...args: unknown[]) => {
    given.push(args.at(-1) as AbortSignal);
    return new Promise<never>(() => {});
  };
  return { hang, given };
}

describe('while a process of the job still writes', () => {
  test('the lock is kept, and its record says why', async () => {
    const { releasing, record, runner } = await afterLook(STILL_WRITING);
    expect(await releasing).toMatchObject({ summary: { outcome: 'kept' }, failures: [expect.any(Error)] });
    expect(record.text).toContain(OUR_ID);
    expect(parseHolder(record.holder)?.kept).toContain('terraform');
    expect(runner.variables[heldVariable(LOCK_PATH)]).toBe(`dynamodb:${OUR_ID}`);
  });

  test('the lock is kept also if its record cannot be marked', async () => {
    const replace = () => Promise.reject(new Error('S3 is away.'));
    const { releasing, record, report } = await afterLook(STILL_WRITING, { replace });
    expect(await releasing).toMatchObject({ summary: { outcome: 'kept' }, failures: [expect.any(Error)] });
    expect(record.text).toContain(OUR_ID);
    expect(report.log.at(-1)).toMatch(/^warning: Lock not marked: .*S3 is away/);
  });

  test('a store that hangs is given up when the time is up', async () => {
    const { hang, given } = hanging();
    const { releasing, clock } = await afterLook(STILL_WRITING, { replace: hang });
    await clock.advance(60_000);
    expect(await releasing).toMatchObject({ summary: { outcome: 'kept' } });
    expect(given[0]?.aborted).toBe(true);
  });
});

describe('when nothing writes any more', () => {
  test('the lock is released, and later post steps of the job know it', async () => {
    const { releasing, record, runner } = await afterLook({ kind: 'none' });
    expect(await releasing).toMatchObject({ summary: { outcome: 'released' } });
    expect(record).toEqual({});
    expect(runner.variables[heldVariable(LOCK_PATH)]).toBe(`dynamodb:${OUR_ID}:released`);
  });

  test('the request that releases it ends when the time is up', async () => {
    const { hang, given } = hanging();
    const { releasing, clock } = await afterLook({ kind: 'none' }, { remove: hang });
    await clock.advance(60_000);
    expect(await releasing).toMatchObject({ summary: { outcome: 'kept' }, failures: [expect.any(Error)] });
    expect(given[0]?.aborted).toBe(true);
  });
});
