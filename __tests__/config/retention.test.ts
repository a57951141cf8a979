import { describe, expect, test } from '@jest/globals';
import { calendarDuration, formatCalendarDuration } from '../../src/config/retention.js';
import { problemsOf, settingsOf } from './environment.js';

const NOTHING = { years: 0, months: 0, days: 0, hours: 0 };
const retentionOf = (values: Record<string, string>) => settingsOf(values).backup.retention;

test('without anything, everything is kept, and the settings do not speak of it', () => {
  expect(settingsOf().backup).not.toHaveProperty('retention');
});

test.each([
  ['keep_last', 'snapshot'],
  ['keep_hourly', 'hour'],
  ['keep_daily', 'day'],
  ['keep_weekly', 'week'],
  ['keep_monthly', 'month'],
  ['keep_yearly', 'year'],
])('%s is a number, one a %s', (name, per) => {
  expect(retentionOf({ [name]: '7' })).toEqual({ rules: [{ kind: 'count', per, count: 7 }], dryRun: false });
  expect(retentionOf({ [name]: 'unlimited' })?.rules).toEqual([{ kind: 'count', per, count: 'unlimited' }]);
});

test.each([
  ['keep_within', 'snapshot'],
  ['keep_within_hourly', 'hour'],
  ['keep_within_daily', 'day'],
  ['keep_within_weekly', 'week'],
  ['keep_within_monthly', 'month'],
  ['keep_within_yearly', 'year'],
])('%s is a span of time, one a %s', (name, per) => {
  const duration = { years: 1, months: 5, days: 7, hours: 2 };
  expect(retentionOf({ [name]: '1y5m7d2h' })?.rules).toEqual([{ kind: 'within', per, duration }]);
});

test('all that is said counts, and a dry run is one', () => {
  expect(retentionOf({ keep_daily: '7', keep_last: '3', prune_dry_run: 'true' })).toEqual({
    rules: [
      { kind: 'count', per: 'snapshot', count: 3 },
      { kind: 'count', per: 'day', count: 7 },
    ],
    dryRun: true,
  });
});

test.each(['0', '-1', '1.5', 'all', '1e3', '9007199254740993'])('the number %s is refused', (text) => {
  expect(problemsOf({ keep_daily: text })).toEqual([
    `Input "keep_daily" must be a whole number, 1 or more, or unlimited; got "${text}".`,
  ]);
});

test.each(['7', '2w', '1d2d', '0d', '0y0h', '-1d', '1.5d', 'd', '1d 2h', '1D'])(
  'the span of time %s is refused',
  (text) => {
    expect(problemsOf({ keep_within: text })).toEqual([
      `Input "keep_within" must be years, months, days and hours, such as 1y5m7d2h; got "${text}".`,
    ]);
  },
);

test.each(['1001y', '12020m', '366000d', '999999999999999999h', '999y400d'])(
  'the span of time %s is longer than any state has been there',
  (text) => {
    expect(problemsOf({ keep_within_yearly: text })).toEqual([
      `Input "keep_within_yearly" must be at most 1000y; got "${text}".`,
    ]);
  },
);

describe('a dry run without anything to keep', () => {
  test('is a mistake', () => {
    expect(problemsOf({ prune_dry_run: 'true' })).toEqual([
      'Input "prune_dry_run" needs one that says what to keep, such as "keep_daily": without, all is kept.',
    ]);
  });

  test('is not told where what to keep was said and refused', () => {
    expect(problemsOf({ prune_dry_run: 'true', keep_last: '0' })).toHaveLength(1);
  });
});

test.each(['2h', '7d', '1m', '1y', '1y5m7d2h', '1000y'])('%s is written as it is read', (text) => {
  const read = calendarDuration(text);
  expect(formatCalendarDuration('value' in read ? read.value : NOTHING)).toBe(text);
});
