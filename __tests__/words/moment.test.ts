import { expect, test } from '@jest/globals';
import { formatMoment } from '../../src/words/moment.js';

const NOW = Date.parse('2026-11-22T01:15:51.900Z');

test.each([
  ['2026-11-22T01:15:51Z', '2026-11-22 01:15 UTC, 900ms ago'],
  ['2026-11-18T20:15:51.900Z', '2026-11-18 20:15 UTC, 3d 5h ago'],
  // Two machines' clocks.
  ['2026-11-22T01:16:59Z', '2026-11-22 01:16 UTC, 0ms ago'],
])('%s was %s', (time, text) => expect(formatMoment(Date.parse(time), NOW)).toBe(text));
