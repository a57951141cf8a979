import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { approachInAdvance } from '../../../src/commands/hold/approach.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import type { Lock } from '../../../src/lock/lock.js';
import { commandScene } from '../../../testing/command-scene.js';
import { fakeClock } from '../../../testing/fake-clock.js';

async function idle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await nextTurn();
}

/** A request that goes on until the test answers it, or until it is told to end. */
function newRequest() {
  const request = {
    signal: undefined as AbortSignal | undefined,
    answer: () => {},
    approachState: (signal: AbortSignal) => {
      request.signal = signal;
      return new Promise<void>((resolve, reject) => {
        request.answer = resolve;
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
  };
  return request;
}

function startApproach(openState = commandScene().acquireParts().openState) {
  const clock = fakeClock();
  const request = newRequest();
  const cancellation = new AbortController();
  const { approachState } = request;
  const approach = approachInAdvance({ openState, approachState, clock, signal: cancellation.signal });
  const arrived = jest.fn();
  return {
    clock,
    request,
    approach,
    cancellation,
    arrived,
    arrive: async () => {
      approach.arrive().then(arrived);
      await idle();
    },
  };
}

describe('when the lock is there, the request that opens the connection', () => {
  test('is waited for if it has been on its way for a while', async () => {
    const { clock, request, arrive, arrived } = startApproach();
    await idle();
    await clock.advance(30);
    await arrive();
    expect(arrived).not.toHaveBeenCalled();
    request.answer();
    await idle();
    expect(arrived).toHaveBeenCalled();
    expect(clock.sleeping()).toBe(0);
  });

  test('is given up if it has just begun, since a connection is sooner made', async () => {
    const { clock, request, arrive, arrived } = startApproach();
    await idle();
    await clock.advance(29);
    await arrive();
    expect(arrived).toHaveBeenCalled();
    expect(request.signal?.aborted).toBe(true);
    expect(clock.sleeping()).toBe(0);
  });

  test('is not sent any more if what it takes was still being loaded', async () => {
    let loaded = (): void => {};
    const { openState } = commandScene().acquireParts();
    const { request, arrive, arrived } = startApproach(async () => {
      await new Promise<void>((resolve) => {
        loaded = resolve;
      });
      return openState();
    });
    await idle();
    await arrive();
    expect(arrived).toHaveBeenCalled();
    loaded();
    await idle();
    expect(request.signal).toBeUndefined();
  });

  test('is given up after two seconds', async () => {
    const { clock, request, arrive, arrived } = startApproach();
    await idle();
    await clock.advance(1_999);
    await arrive();
    expect(arrived).not.toHaveBeenCalled();
    await clock.advance(1);
    await idle();
    expect(arrived).toHaveBeenCalled();
    expect(request.signal?.aborted).toBe(true);
  });

  test('is waited for no longer after an abort', async () => {
    const { clock, cancellation, arrive, arrived } = startApproach();
    await idle();
    await clock.advance(500);
    await arrive();
    cancellation.abort(new CancelledError('The job was cancelled.'));
    await idle();
    expect(arrived).toHaveBeenCalled();
    expect(clock.sleeping()).toBe(0);
  });
});

describe('main', () => {
  /** Answers when the request that opens the connection is under way. */
  const afterApproach = (lock: Lock): Lock['tryAcquire'] => {
    return async (record, signal) => {
      await idle();
      return lock.tryAcquire(record, signal);
    };
  };

  test('does its work although the state cannot be approached', async () => {
    const { acquireParts, report, runner } = commandScene();
    const { lock } = acquireParts() as { lock: Lock };
    const approachState = jest.fn(async () => {
      throw new Error('There is no way.');
    });
    await acquire(acquireParts({ lock: { ...lock, tryAcquire: afterApproach(lock) }, approachState }));
    expect(approachState).toHaveBeenCalledTimes(1);
    expect(runner.outputs).toMatchObject({ locked: 'true', snapshot_created: 'true' });
    expect(report.log.join('\n')).not.toContain('There is no way.');
  });

  test('leaves nothing under way when the lock is refused', async () => {
    const { acquireParts, clock } = commandScene();
    const { lock } = acquireParts() as { lock: Lock };
    const request = newRequest();
    const tryAcquire = async () => {
      await idle();
      throw new Error('The lock cannot be had.');
    };
    const { approachState } = request;
    await expect(acquire(acquireParts({ lock: { ...lock, tryAcquire }, approachState }))).rejects.toThrow();
    await idle();
    expect(request.signal?.aborted).toBe(true);
    expect(clock.sleeping()).toBe(0);
  });
});
