import { describe, expect, test } from '@jest/globals';
import { BackendError } from '../../src/job/backend-error.js';
import { type Attempt, type HeldLock, type Lock, LockTimeoutError } from '../../src/lock/lock.js';
import type { LockInfo } from '../../src/lock/lock-info.js';
import { type WaitOptions, waitForLock } from '../../src/lock/wait.js';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.js';
import { memoryLock } from '../../testing/memory-lock.js';
import { lockHolder, lockInfo, lockRecord, theirLock } from '../../testing/test-data.js';

const THEIRS = theirLock();
const HELD: Attempt = { acquired: false, by: THEIRS };
const RACE: Attempt = { acquired: false };

/** A lock that answers as told, one answer per attempt; after the last of them it is free. */
function lockAnswering(answers: readonly Attempt[]): { lock: Lock; asked: LockInfo[] } {
  const asked: LockInfo[] = [];
  const free = memoryLock();
  const tryAcquire: Lock['tryAcquire'] = async (record, signal) => {
    signal?.throwIfAborted();
    asked.push(record.info);
    return answers[asked.length - 1] ?? free.tryAcquire(record, signal);
  };
  return { lock: { ...free, tryAcquire }, asked };
}

/** One that never answers, and notices only that it is told to give up. */
function hangingLock(first: readonly Attempt[] = []): Lock {
  const { lock, asked } = lockAnswering(first);
  const tryAcquire: Lock['tryAcquire'] = (record, signal) =>
    asked.length < first.length
      ? lock.tryAcquire(record, signal)
      : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  return { ...lock, tryAcquire };
}

interface Waiting {
  readonly clock: FakeClock;
  readonly held: HeldLock[];
  readonly cancellation: AbortController;
  /** What came of it: the lock, or the error. */
  readonly outcome: Promise<unknown>;
}

function startWaiting(lock: Lock, differences: Partial<WaitOptions> = {}): Waiting {
  const clock = fakeClock();
  const held: HeldLock[] = [];
  const cancellation = new AbortController();
  const waiting = waitForLock(lock, lockRecord(), {
    clock,
    random: () => 0,
    timeoutMs: 600_000,
    signal: cancellation.signal,
    onHeld: (by) => held.push(by),
    ...differences,
  });
  return { clock, held, cancellation, outcome: waiting.catch((error: unknown) => error) };
}

const times = (count: number, attempt: Attempt) => Array.from({ length: count }, () => attempt);

describe('how long it waits between attempts', () => {
  test.each<[string, number, readonly number[]]>([
    ['the shortest', 0, [1_000, 1_000, 1_000, 1_000, 1_000]],
    ['the middle', 0.5, [2_000, 3_500, 5_500, 5_500, 5_500]],
    ['the longest', 1, [3_000, 9_000, 10_000, 10_000, 10_000]],
  ])('%s jitter stays between 1 s and 10 s', async (_, random, delays) => {
    const { lock } = lockAnswering(times(delays.length, HELD));
    const { clock, outcome } = startWaiting(lock, { random: () => random });
    await clock.advance(60_000);
    expect(await outcome).toHaveProperty('info.ID', lockInfo().ID);
    expect(clock.sleeps.filter((ms) => ms !== 600_000)).toEqual(delays);
  });

  test('a free lock is not waited for, and no timer is left behind', async () => {
    const { lock, asked } = lockAnswering([]);
    const { clock, outcome } = startWaiting(lock);
    expect(await outcome).toMatchObject({ holder: lockHolder() });
    expect(asked).toHaveLength(1);
    expect(clock.sleeping()).toBe(0);
  });
});

describe('lost races', () => {
  test('are tried again at once, up to three times', async () => {
    const { lock, asked } = lockAnswering(times(3, RACE));
    const { clock, outcome } = startWaiting(lock);
    expect(await outcome).toHaveProperty('version');
    expect(asked).toHaveLength(4);
    expect(clock.sleeps).toEqual([600_000]);
  });

  test('wait like refusals from then on, so that many waiters do not hammer the store', async () => {
    const { lock } = lockAnswering([...times(4, RACE), RACE]);
    const { clock, outcome } = startWaiting(lock);
    await clock.advance(2_000);
    expect(await outcome).toHaveProperty('version');
    expect(clock.sleeps).toEqual([600_000, 1_000, 1_000]);
  });

  test('are told to nobody as a holder', async () => {
    const { lock } = lockAnswering([RACE, HELD, RACE]);
    const { clock, held, outcome } = startWaiting(lock);
    await clock.advance(1_000);
    await outcome;
    expect(held).toEqual([THEIRS]);
  });
});

test('every refusal names its holder, also the same one again', async () => {
  const other = theirLock({ ID: 'other' });
  const { lock } = lockAnswering([HELD, HELD, { acquired: false, by: other }]);
  const { clock, held, outcome } = startWaiting(lock);
  await clock.advance(3_000);
  await outcome;
  expect(held).toEqual([THEIRS, THEIRS, other]);
});

test('the record says when it was acquired, not when it was first asked for', async () => {
  const { lock, asked } = lockAnswering(times(2, HELD));
  const { clock, outcome } = startWaiting(lock);
  await clock.advance(2_000);
  expect(await outcome).toHaveProperty('info.Created', '2026-11-22T01:15:53Z');
  expect(asked.map(({ Created }) => Created)).toEqual([
    '2026-11-22T01:15:51Z',
    '2026-11-22T01:15:52Z',
    '2026-11-22T01:15:53Z',
  ]);
  const { ID, Path } = lockInfo();
  for (const info of asked) expect(info).toMatchObject({ ID, Path });
});

describe('the deadline', () => {
  const deadlineError = async (waiting: Waiting): Promise<unknown> => {
    const error = await waiting.outcome;
    expect(error).toBeInstanceOf(LockTimeoutError);
    return error;
  };

  test('cuts a sleep short, and the error names who held the lock', async () => {
    const { lock, asked } = lockAnswering(times(99, HELD));
    const waiting = startWaiting(lock, { timeoutMs: 2_500 });
    await waiting.clock.advance(2_500);
    expect(await deadlineError(waiting)).toMatchObject({
      path: lock.path,
      waited: { waitedMs: 2_500, answered: true, by: THEIRS },
    });
    expect(asked).toHaveLength(3);
    expect(waiting.clock.sleeping()).toBe(0);
  });

  test('cuts a request short that hangs', async () => {
    const waiting = startWaiting(hangingLock([HELD]), { timeoutMs: 30_000 });
    await waiting.clock.advance(30_000);
    expect(await deadlineError(waiting)).toMatchObject({
      waited: { waitedMs: 30_000, answered: true, by: THEIRS },
    });
  });

  test('says what the requests failed with that were tried again until then', async () => {
    const away = new BackendError({ kind: 'unreachable', service: 'S3', detail: 'connect ECONNREFUSED' });
    const lock = memoryLock(
      {},
      {
        tryAcquire: (_, signal) =>
          new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(away))),
      },
    );
    const waiting = startWaiting(lock, { timeoutMs: 30_000 });
    await waiting.clock.advance(30_000);
    expect(await deadlineError(waiting)).toHaveProperty('cause', away);
  });

  test('says so if no attempt was ever answered: then nothing is known of the lock', async () => {
    const waiting = startWaiting(hangingLock(), { timeoutMs: 30_000 });
    await waiting.clock.advance(29_999);
    expect(waiting.clock.sleeping()).toBe(1);
    await waiting.clock.advance(1);
    expect(await deadlineError(waiting)).toHaveProperty('waited', {
      waitedMs: 30_000,
      answered: false,
      by: undefined,
    });
  });

  test('names nobody if the last attempt was a lost race', async () => {
    const { lock } = lockAnswering([HELD, ...times(99, RACE)]);
    const waiting = startWaiting(lock, { timeoutMs: 1_500 });
    await waiting.clock.advance(1_500);
    expect(await deadlineError(waiting)).toMatchObject({ waited: { answered: true, by: undefined } });
  });

  test('of 0 allows a single attempt, and leaves no timer behind', async () => {
    const { lock, asked } = lockAnswering(times(9, HELD));
    const waiting = startWaiting(lock, { timeoutMs: 0 });
    expect(await deadlineError(waiting)).toMatchObject({
      waited: { waitedMs: 0, answered: true, by: THEIRS },
    });
    expect(asked).toHaveLength(1);
    expect(waiting.clock.sleeping()).toBe(0);
    expect(waiting.held).toEqual([THEIRS]);
  });

  test('of 0 gives up a store that does not answer within a minute', async () => {
    const waiting = startWaiting(hangingLock(), { timeoutMs: 0 });
    await waiting.clock.advance(60_000);
    expect(await waiting.outcome).toMatchObject({ waited: { waitedMs: 60_000, answered: false } });
  });

  test('of 0 takes a free lock', async () => {
    expect(await startWaiting(memoryLock(), { timeoutMs: 0 }).outcome).toHaveProperty('info');
  });

  test('of 0 is not used up by lost races, unless they never end', async () => {
    const { lock, asked } = lockAnswering(times(9, RACE));
    const error = await deadlineError(startWaiting(lock, { timeoutMs: 0 }));
    expect(error).toMatchObject({ waited: { answered: true, by: undefined } });
    expect(asked).toHaveLength(4);
  });
});

describe('an abort', () => {
  const reason = new Error('The runner sent SIGINT.');

  test.each<[string, Lock]>([
    ['in a sleep', lockAnswering(times(99, HELD)).lock],
    ['in a request that hangs', hangingLock()],
  ])('%s ends the wait at once, with its reason', async (_, lock) => {
    const { clock, cancellation, outcome } = startWaiting(lock);
    await clock.advance(10);
    cancellation.abort(reason);
    expect(await outcome).toBe(reason);
    expect(clock.sleeping()).toBe(0);
  });

  test('counts for more than a deadline that was over just before', async () => {
    const cancellation = new AbortController();
    const tryAcquire: Lock['tryAcquire'] = (_record, signal) =>
      new Promise((_, reject) =>
        signal?.addEventListener('abort', () => {
          cancellation.abort(reason);
          reject(signal.reason);
        }),
      );
    const { signal } = cancellation;
    const { clock, outcome } = startWaiting({ ...memoryLock(), tryAcquire }, { timeoutMs: 1_000, signal });
    await clock.advance(1_000);
    expect(await outcome).toBe(reason);
  });

  test('before the start lets nothing be asked for', async () => {
    const { lock, asked } = lockAnswering([]);
    const { outcome } = startWaiting(lock, { signal: AbortSignal.abort(reason) });
    expect(await outcome).toBe(reason);
    expect(asked).toEqual([]);
  });

  test('ends a single attempt that hangs', async () => {
    const { cancellation, outcome } = startWaiting(hangingLock(), { timeoutMs: 0 });
    cancellation.abort(reason);
    expect(await outcome).toBe(reason);
  });
});

test('any other error is passed on as it is, and no timer is left behind', async () => {
  const broken = new Error('Access denied.');
  const lock: Lock = { ...memoryLock(), tryAcquire: () => Promise.reject(broken) };
  const { clock, outcome } = startWaiting(lock);
  expect(await outcome).toBe(broken);
  expect(clock.sleeping()).toBe(0);
});
