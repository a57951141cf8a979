import { expect, test } from '@jest/globals';
import { formatDuration } from '../../src/words/duration.js';

test.each([
  [-5, '0ms'],
  [0, '0ms'],
  [850.9, '850ms'],
  [1_000, '1s'],
  [4_999, '4s'],
  [60_000, '1m'],
  [252_999, '4m 12s'],
  [3_599_999, '59m 59s'],
  [3_600_000, '1h'],
  [3_605_000, '1h'],
  [7_380_000, '2h 3m'],
  [86_400_000, '1d'],
  [1_000_000_000, '11d 13h'],
])('%d ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
