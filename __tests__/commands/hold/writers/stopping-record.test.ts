import { expect, test } from '@jest/globals';
import {
  formatStoppingRecord,
  parseStoppingRecord,
} from '../../../../src/commands/hold/writers/stopping-record.js';

const NOW = 1_800_000_000_000;

test.each([
  [{ since: NOW - 5, interrupted: [] }, '1799999999995;'],
  [
    {
      since: NOW,
      interrupted: [
        { pid: 1, startedAt: 20 },
        { pid: 3, startedAt: 40 },
      ],
    },
    '1800000000000;1:20,3:40',
  ],
])('what one post step writes, the next one reads: %j', (record, text) => {
  expect(formatStoppingRecord(record)).toBe(text);
  expect(parseStoppingRecord(text, NOW)).toEqual(record);
});

test.each([undefined, '', 'x', '1;x', `${'9'.repeat(16)};`])(
  '%j is a job whose post steps begin now',
  (text) => {
    expect(parseStoppingRecord(text, NOW)).toEqual({ since: NOW, interrupted: [] });
  },
);

test('nothing has begun later than now', () => {
  expect(parseStoppingRecord(`${NOW + 1};`, NOW).since).toBe(NOW);
});
