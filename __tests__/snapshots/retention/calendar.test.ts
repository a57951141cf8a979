import { expect, test } from '@jest/globals';
import type { CalendarDuration, Period } from '../../../src/config/settings.js';
import { momentBefore, periodOf } from '../../../src/snapshots/retention/calendar.js';

test.each<[Period, string, string, boolean]>([
  ['hour', '2026-11-22T01:00:00Z', '2026-11-22T01:59:59Z', true],
  ['hour', '2026-11-22T01:59:59Z', '2026-11-22T02:00:00Z', false],
  ['hour', '2026-11-22T01:00:00Z', '2026-11-23T01:00:00Z', false],
  ['day', '2026-11-22T00:00:00Z', '2026-11-22T23:59:59Z', true],
  ['day', '2026-10-22T00:00:00Z', '2026-11-22T00:00:00Z', false],
  ['week', '2026-11-16T00:00:00Z', '2026-11-22T23:59:59Z', true],
  ['week', '2026-11-22T23:59:59Z', '2026-11-23T00:00:00Z', false],
  // The first days of 2027 are in the 53rd week of 2026.
  ['week', '2026-12-28T00:00:00Z', '2027-01-03T23:59:59Z', true],
  // The last days of 2024 are in the first week of 2025, which is not the first of 2024.
  ['week', '2024-12-30T00:00:00Z', '2025-01-05T00:00:00Z', true],
  ['week', '2024-12-30T00:00:00Z', '2024-01-01T00:00:00Z', false],
  ['month', '2026-11-01T00:00:00Z', '2026-11-30T23:59:59Z', true],
  ['month', '2025-11-01T00:00:00Z', '2026-11-01T00:00:00Z', false],
  ['year', '2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z', true],
  ['year', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', false],
])('one %s has %s and %s: %s', (period, one, other, same) => {
  expect(periodOf[period](Date.parse(one)) === periodOf[period](Date.parse(other))).toBe(same);
});

const NOTHING: CalendarDuration = { years: 0, months: 0, days: 0, hours: 0 };

test.each<[string, Partial<CalendarDuration>, string]>([
  ['2026-11-22T01:15:51Z', { hours: 2 }, '2026-11-21T23:15:51Z'],
  ['2026-11-22T01:15:51Z', { days: 30 }, '2026-10-23T01:15:51Z'],
  ['2026-11-22T01:15:51Z', { years: 1, months: 5, days: 7, hours: 2 }, '2025-06-14T23:15:51Z'],
  // As Go has it: September has no 31st day, so it is the day after its 30th.
  ['2026-10-31T00:00:00Z', { months: 1 }, '2026-10-01T00:00:00Z'],
  ['2026-03-31T00:00:00Z', { months: 1 }, '2026-03-03T00:00:00Z'],
  ['2024-02-29T00:00:00Z', { years: 1 }, '2023-03-01T00:00:00Z'],
])('%s less %j is %s', (moment, duration, expected) => {
  const earlier = momentBefore(Date.parse(moment), { ...NOTHING, ...duration });
  expect(new Date(earlier).toISOString()).toBe(expected.replace('Z', '.000Z'));
});
