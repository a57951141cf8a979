import { describe, expect, test } from '@jest/globals';
import type { HeldLock, Lock } from '../../src/lock/lock.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { freeAfterSettling, release, releaseById } from '../../src/lock/release.js';
import { fakeClock } from '../../testing/fake-clock.js';
import { type MemoryRecord, memoryLock } from '../../testing/memory-lock.js';
import { lockInfo, OUR_ID, theirLock } from '../../testing/test-data.js';

const OURS: HeldLock = { info: lockInfo(), version: formatLockInfo(lockInfo()) };
const THEIRS = theirLock();

/** A lock whose record is there from the beginning. */
function lockWith(text?: string): { lock: Lock; record: MemoryRecord } {
  const record: MemoryRecord = text === undefined ? {} : { text };
  return { lock: memoryLock(record), record };
}

const broken = new Error('S3 is away.');

describe('releasing a lock that was acquired', () => {
  test('frees it', async () => {
    const { lock, record } = lockWith(OURS.version);
    expect(await release(lock, OURS)).toEqual({ outcome: 'released' });
    expect(record).toEqual({});
  });

  test('finds it gone', async () => {
    expect(await release(lockWith().lock, OURS)).toEqual({ outcome: 'absent' });
  });

  test('finds it taken, and says by whom without touching it', async () => {
    const { lock, record } = lockWith(THEIRS.version);
    expect(await release(lock, OURS)).toEqual({ outcome: 'taken', by: THEIRS });
    expect(record.text).toBe(THEIRS.version);
  });

  test('passes on what it does not understand', async () => {
    const lock: Lock = { ...lockWith().lock, remove: () => Promise.reject(broken) };
    await expect(release(lock, OURS)).rejects.toBe(broken);
  });

  test('hands on the signal', async () => {
    const reason = new Error('No answer.');
    await expect(release(lockWith().lock, OURS, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('freeing a lock that may be ours', () => {
  test('frees ours, whatever else in the record changed', async () => {
    const text = formatLockInfo(lockInfo({ Created: '2026-11-22T02:00:00Z' }));
    const { lock, record } = lockWith(text);
    expect(await lock.free(OUR_ID)).toEqual({ outcome: 'released' });
    expect(record).toEqual({});
  });

  test('leaves a free lock alone', async () => {
    expect(await lockWith().lock.free(OUR_ID)).toEqual({ outcome: 'absent' });
  });

  test('leaves somebody else’s alone', async () => {
    const { lock, record } = lockWith(THEIRS.version);
    expect(await lock.free(OUR_ID)).toEqual({ outcome: 'taken', by: THEIRS });
    expect(record.text).toBe(THEIRS.version);
  });

  test('leaves an unreadable record alone', async () => {
    const { lock, record } = lockWith('not json');
    expect(await lock.free(OUR_ID)).toEqual({ outcome: 'taken', by: { version: 'not json' } });
    expect(record.text).toBe('not json');
  });

  test('a lock that somebody takes right after us was released all the same', async () => {
    const { lock, record } = lockWith(OURS.version);
    const coveted: Lock = {
      ...lock,
      remove: async () => {
        record.text = THEIRS.version;
      },
    };
    expect(await releaseById(coveted, OUR_ID)).toEqual({ outcome: 'released' });
    expect(record.text).toBe(THEIRS.version);
  });

  test('a lock that is taken between the look and the removal is not touched', async () => {
    const { lock, record } = lockWith(OURS.version);
    const contested: Lock = {
      ...lock,
      read: async (signal) => {
        const held = await lock.read(signal);
        record.text = THEIRS.version;
        return held;
      },
    };
    expect(await releaseById(contested, OUR_ID)).toEqual({ outcome: 'taken', by: THEIRS });
    expect(record.text).toBe(THEIRS.version);
  });

  test('a lock that another process of ours removed meanwhile is gone', async () => {
    const { lock, record } = lockWith(OURS.version);
    const remove: Lock['remove'] = async (held) => {
      delete record.text;
      return lock.remove(held);
    };
    expect(await releaseById({ ...lock, remove }, OUR_ID)).toEqual({ outcome: 'absent' });
  });

  test('passes on that it could not look', async () => {
    const lock: Lock = { ...lockWith().lock, read: () => Promise.reject(broken) };
    await expect(releaseById(lock, OUR_ID)).rejects.toBe(broken);
  });
});

describe('freeing after a process that was killed', () => {
  /** How long a request of it may still be on its way. */
  const SETTLE_MS = 2_000;

  test('a lock that is there is freed at once', async () => {
    const clock = fakeClock();
    const { lock, record } = lockWith(OURS.version);
    const freeing = freeAfterSettling(lock, OUR_ID, { clock });
    await clock.advance(0);
    expect(record).toEqual({});
    await clock.advance(SETTLE_MS);
    expect(await freeing).toEqual({ outcome: 'released' });
  });

  test.each<[string, string | undefined]>([
    ['found nothing', undefined],
    ['freed something', OURS.version],
    ['found somebody else’s', THEIRS.version],
  ])('a write that was still on its way is found by the second look, when the first %s', async (_, text) => {
    const clock = fakeClock();
    const { lock, record } = lockWith(text);
    const freeing = freeAfterSettling(lock, OUR_ID, { clock });
    await clock.advance(SETTLE_MS - 1);
    record.text = OURS.version;
    await clock.advance(1);
    expect(await freeing).toEqual({ outcome: 'released' });
    expect(record).toEqual({});
  });

  test('and two looks are enough', async () => {
    const clock = fakeClock();
    const freeing = freeAfterSettling(lockWith().lock, OUR_ID, { clock });
    await clock.advance(SETTLE_MS);
    expect(await freeing).toEqual({ outcome: 'absent' });
    expect(clock.sleeps).toEqual([SETTLE_MS]);
  });

  test('somebody else’s lock is left alone', async () => {
    const clock = fakeClock();
    const { lock, record } = lockWith(THEIRS.version);
    const freeing = freeAfterSettling(lock, OUR_ID, { clock });
    await clock.advance(SETTLE_MS);
    expect(await freeing).toEqual({ outcome: 'taken', by: THEIRS });
    expect(record.text).toBe(THEIRS.version);
  });

  test('an abort ends the wait between the looks', async () => {
    const clock = fakeClock();
    const cancellation = new AbortController();
    const freeing = freeAfterSettling(lockWith().lock, OUR_ID, { clock, signal: cancellation.signal });
    await clock.advance(1);
    const reason = new Error('No answer.');
    cancellation.abort(reason);
    await expect(freeing).rejects.toBe(reason);
  });

  test('who takes the lock once it was freed is no matter', async () => {
    const clock = fakeClock();
    const { lock, record } = lockWith(OURS.version);
    const freeing = freeAfterSettling(lock, OUR_ID, { clock });
    await clock.advance(SETTLE_MS - 1);
    record.text = THEIRS.version;
    await clock.advance(1);
    expect(await freeing).toEqual({ outcome: 'released' });
    expect(record.text).toBe(THEIRS.version);
  });
});
