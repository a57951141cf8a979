import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock, withTimeout } from '../../src/job/clock.js';
import { fakeClock, START } from '../../testing/fake-clock.js';

const reason = new Error('The job was cancelled.');

describe('the machine’s own clock', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: START });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('tells the time in milliseconds since the epoch', () => {
    expect(systemClock.now()).toBe(START);
    jest.advanceTimersByTime(1_500);
    expect(systemClock.now()).toBe(START + 1_500);
  });

  test('sleeps as long as it is told', async () => {
    const woken = jest.fn();
    systemClock.sleep(2_000).then(woken);
    await jest.advanceTimersByTimeAsync(1_999);
    expect(woken).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(woken).toHaveBeenCalledTimes(1);
  });

  test('is woken by an abort at once, and leaves no timer behind that would keep the process alive', async () => {
    const cancellation = new AbortController();
    const sleeping = systemClock.sleep(600_000, cancellation.signal);
    cancellation.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('does not fall asleep once the signal aborted', async () => {
    await expect(systemClock.sleep(1_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('leaves no listener behind: many sleeps may share one signal', async () => {
    const { signal } = new AbortController();
    const removed = jest.spyOn(signal, 'removeEventListener');
    const added = jest.spyOn(signal, 'addEventListener');
    const sleeping = systemClock.sleep(1, signal);
    await jest.advanceTimersByTimeAsync(1);
    await sleeping;
    expect(removed.mock.calls).toEqual([['abort', added.mock.calls[0]?.[1]]]);
  });
});

describe('work with a time limit', () => {
  test('gives what the work gives, and leaves no sleep behind', async () => {
    const clock = fakeClock();
    expect(await withTimeout(clock, 5_000, async () => 'done')).toBe('done');
    expect(clock.sleeps).toEqual([5_000]);
    expect(clock.sleeping()).toBe(0);
  });

  test('fails as the work fails', async () => {
    const clock = fakeClock();
    await expect(withTimeout(clock, 5_000, () => Promise.reject(reason))).rejects.toBe(reason);
    expect(clock.sleeping()).toBe(0);
  });

  test('aborts the work when its time is up, and says how long that was', async () => {
    const clock = fakeClock();
    const working = withTimeout(
      clock,
      1_500,
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    const outcome = working.catch((error: unknown) => error);
    await clock.advance(1_500);
    expect(await outcome).toEqual(new Error('No answer within 1.5 s.'));
  });

  test('lets the work say at its end what it was waiting for', async () => {
    const clock = fakeClock();
    const outcome = withTimeout(clock, 1_000, (signal) =>
      clock.sleep(9_000, signal).catch(() => Promise.reject(reason)),
    );
    const failing = outcome.catch((error: unknown) => error);
    await clock.advance(1_000);
    expect(await failing).toBe(reason);
  });

  test('does not wait for work that makes nothing of the abort', async () => {
    const clock = fakeClock();
    const outcome = withTimeout(clock, 1_000, () => new Promise(() => {})).catch((error: unknown) => error);
    await clock.advance(1_000);
    expect(await outcome).toEqual(new Error('No answer within 1 s.'));
  });
});
