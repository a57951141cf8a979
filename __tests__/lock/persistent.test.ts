import { describe, expect, test } from '@jest/globals';
import { BackendError, type BackendProblem } from '../../src/job/backend-error.js';
import { type Lock, LockLostError } from '../../src/lock/lock.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { persistentLock } from '../../src/lock/persistent.js';
import { fakeClock } from '../../testing/fake-clock.js';
import { type MemoryRecord, memoryLock } from '../../testing/memory-lock.js';
import {
  acquiredClaim,
  LOCK_PATH,
  lockInfo,
  lockRecord,
  OUR_ID,
  theirLock,
} from '../../testing/test-data.js';

const AWAY: BackendProblem = {
  kind: 'unavailable',
  service: 'S3',
  action: 's3:PutObject',
  detail: 'HTTP 503',
};
const SLOW: BackendProblem = { kind: 'throttled', action: 's3:PutObject', attempts: 5, detail: 'Slow down.' };
const REFUSED: BackendProblem = {
  kind: 'unreachable',
  service: 'S3',
  detail: 'ECONNREFUSED',
  nobodyThere: true,
};
const DENIED: BackendProblem = { kind: 'rejected-credentials', detail: 'No.' };

/** A lock of which each method fails so often before it works. */
function failing(
  record: MemoryRecord,
  problem: BackendProblem,
  times: number,
): { lock: Lock; calls: string[] } {
  const lock = memoryLock(record);
  const calls: string[] = [];
  const once =
    <A extends unknown[], R>(name: string, method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls.push(name);
      if (calls.length <= times) throw new BackendError(problem);
      return method(...args);
    };
  return {
    calls,
    lock: {
      path: lock.path,
      tryAcquire: once('tryAcquire', lock.tryAcquire),
      read: once('read', lock.read),
      replace: once('replace', lock.replace),
      remove: once('remove', lock.remove),
      free: once('free', lock.free),
    },
  };
}

function persistent(lock: Lock, reached = true) {
  const clock = fakeClock();
  return { clock, lock: persistentLock(lock, { clock, random: () => 1, reached }) };
}

const { held } = acquiredClaim();

describe('an outage of seconds is waited out', () => {
  test.each<[keyof Lock, (lock: Lock) => Promise<unknown>]>([
    ['tryAcquire', (lock) => lock.tryAcquire(lockRecord())],
    ['read', (lock) => lock.read()],
    ['replace', (lock) => lock.replace(held, lockRecord({ ID: 'next' }))],
    ['remove', (lock) => lock.remove(held)],
    ['free', (lock) => lock.free(OUR_ID)],
  ])('by %s', async (method, call) => {
    const { lock: weak, calls } = failing({ text: held.version }, AWAY, 4);
    const { clock, lock } = persistent(weak);
    const calling = call(lock);
    await clock.advance(500 + 1_000 + 2_000 + 4_000);
    await calling;
    expect(calls).toEqual(Array.from({ length: 5 }, () => method));
    expect(clock.sleeps).toEqual([500, 1_000, 2_000, 4_000]);
  });

  test('until the caller gives up, who is told of the weather', async () => {
    const { lock: weak } = failing({}, AWAY, Number.POSITIVE_INFINITY);
    const { clock, lock } = persistent(weak);
    const cancellation = new AbortController();
    const reading = lock.read(cancellation.signal).catch((error: unknown) => error);
    await clock.advance(60_000);
    cancellation.abort(new Error('Over.'));
    expect(await reading).toHaveProperty('problem', AWAY);
    expect(clock.sleeping()).toBe(0);
  });
});

test('what does not pass is not waited for', async () => {
  const { lock: weak, calls } = failing({}, DENIED, 1);
  await expect(persistent(weak).lock.read()).rejects.toHaveProperty('problem', DENIED);
  expect(calls).toEqual(['read']);
});

describe('an address at which nobody listens', () => {
  test('is taken for a mistake, until the store has answered', async () => {
    const { lock: weak, calls } = failing({}, REFUSED, 1);
    await expect(persistent(weak, false).lock.read()).rejects.toHaveProperty('problem', REFUSED);
    expect(calls).toEqual(['read']);
  });

  test('is an outage once it has', async () => {
    const answers = [undefined, REFUSED, undefined];
    const read = async () => {
      const problem = answers.shift();
      if (problem) throw new BackendError(problem);
      return undefined;
    };
    const { clock, lock } = persistent(memoryLock({}, { read }), false);
    await lock.read();
    const reading = lock.read();
    await clock.advance(500);
    expect(await reading).toBeUndefined();
    expect(answers).toEqual([]);
  });
});

describe('a lock that is gone after a removal without an answer', () => {
  /** The first removal fails like this; meanwhile the record has become `text`. */
  async function removing(failure: BackendError, text: string | undefined): Promise<unknown> {
    const record: MemoryRecord = { text: held.version };
    let removals = 0;
    const remove: Lock['remove'] = async (...asked) => {
      if (++removals > 1) return memoryLock(record).remove(...asked);
      if (text === undefined) delete record.text;
      else record.text = text;
      throw failure;
    };
    const { clock, lock } = persistent(memoryLock(record, { remove }));
    const outcome = lock.remove(held).then(
      () => 'removed',
      (error: unknown) => error,
    );
    await clock.advance(500);
    expect(record.text).toBe(text);
    return outcome;
  }

  test.each([
    ['nobody’s', undefined],
    ['somebody else’s', theirLock().version],
  ])('was released by it, if it is %s', async (_, text) => {
    expect(await removing(new BackendError(AWAY, { mayBeDone: true }), text)).toBe('removed');
  });

  test.each([
    ['nobody’s', undefined],
    ['somebody else’s', theirLock().version],
  ])('was lost, if nothing can have been carried out, and it is %s', async (_, text) => {
    expect(await removing(new BackendError(AWAY), text)).toBeInstanceOf(LockLostError);
  });

  test('was released by it, also if a later one was throttled', async () => {
    const failures = [new BackendError(AWAY, { mayBeDone: true }), new BackendError(SLOW)];
    const remove: Lock['remove'] = async () => {
      throw failures.shift() ?? new LockLostError(LOCK_PATH);
    };
    const { clock, lock } = persistent(memoryLock({}, { remove }));
    const removed = lock.remove(held);
    await clock.advance(1_500);
    expect(await removed).toBeUndefined();
  });

  test('is not taken for released where the next removal is refused', async () => {
    const problems = [AWAY, DENIED];
    const remove: Lock['remove'] = async () => {
      const problem = problems.shift();
      if (problem) throw new BackendError(problem, { mayBeDone: true });
    };
    const { clock, lock } = persistent(memoryLock({}, { remove }));
    const outcome = lock.remove(held).catch((error: unknown) => error);
    await clock.advance(500);
    expect(await outcome).toHaveProperty('problem', DENIED);
  });

  test('was not released, if it is there all the same', async () => {
    const problems = [AWAY];
    const remove: Lock['remove'] = async () => {
      const problem = problems.shift();
      throw problem ? new BackendError(problem, { mayBeDone: true }) : new LockLostError(LOCK_PATH, held);
    };
    const { clock, lock } = persistent(memoryLock({}, { remove }));
    const outcome = lock.remove(held).catch((error: unknown) => error);
    await clock.advance(500);
    expect(await outcome).toBeInstanceOf(LockLostError);
  });
});

test('a lock that was lost before is lost', async () => {
  const { lock } = persistent(memoryLock({ text: formatLockInfo(lockInfo({ ID: 'another' })) }));
  await expect(lock.remove(held)).rejects.toBeInstanceOf(LockLostError);
  expect(lock.path).toBe(LOCK_PATH);
});
