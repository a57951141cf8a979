import { expect, test } from '@jest/globals';
import { atMost } from '../../src/job/at-most.js';

test('so many go on at a time, in the order in which they came, and each gives what its work gives', async () => {
  const gate = atMost(2);
  const begun: number[] = [];
  let [going, most] = [0, 0];
  const work = (number: number) =>
    gate(async () => {
      begun.push(number);
      most = Math.max(most, ++going);
      await new Promise(setImmediate);
      going--;
      if (number === 1) throw new Error('one');
      return number;
    });
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(begun).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    0,
    'failed',
    2,
    3,
    4,
  ]);
});
