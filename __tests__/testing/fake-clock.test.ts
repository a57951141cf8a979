import { expect, test } from '@jest/globals';
import { fakeClock, START } from '../../testing/fake-clock.js';

test('sleeps end when time is moved on, in the order in which they are due', async () => {
  const clock = fakeClock();
  const woken: [string, number][] = [];
  for (const ms of [3_000, 1_000, 2_000]) {
    clock.sleep(ms).then(() => woken.push([`${ms}`, clock.now() - START]));
  }
  await clock.advance(2_500);
  expect(woken).toEqual([
    ['1000', 1_000],
    ['2000', 2_000],
  ]);
  expect(clock.now()).toBe(START + 2_500);
  expect(clock.sleeping()).toBe(1);
});

test('a sleep that follows a sleep ends in the same advance, if it is due', async () => {
  const clock = fakeClock();
  const loop = async () => {
    for (const _ of [1, 2, 3]) await clock.sleep(1_000);
  };
  const done = loop();
  await clock.advance(3_000);
  await done;
  expect(clock.sleeps).toEqual([1_000, 1_000, 1_000]);
});

test('an aborted sleep rejects with the reason, and is over', async () => {
  const clock = fakeClock();
  const cancellation = new AbortController();
  const sleeping = clock.sleep(1_000, cancellation.signal);
  const reason = new Error('Enough.');
  cancellation.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  expect(clock.sleeping()).toBe(0);
  await expect(clock.sleep(1_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});
