import { expect, test } from '@jest/globals';
import { formatDuration, spellDuration } from '../../src/words/duration.js';

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

test.each([
  [-5, '0 ms'],
  [850.9, '850 ms'],
  [4_999, '4 s'],
  [184_000, '3 min 4 s'],
  [720_000, '12 min'],
  [7_380_000, '2 h 3 min'],
  [1_000_000_000, '11 d 13 h'],
])('%d ms are %s in a summary, and no line ends within', (ms, text) => {
  expect(spellDuration(ms)).toBe(text.replaceAll(' ', '\u00a0'));
});
