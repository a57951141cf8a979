import { describe, expect, test } from '@jest/globals';
import { axisLines } from '../../src/actions/gantt.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const axisOf = (span: number) => {
  const bars = [
    { name: 'Waited', label: 'x', tag: 'done', from: 7_000, to: 7_000 + span / 4 },
    { name: 'Held', label: 'x', tag: 'active', from: 7_000 + span / 4, to: 7_000 + span },
  ] as const;
  const [dateFormat, format = '', interval = '', today] = axisLines(bars);
  expect([dateFormat, today]).toEqual(['dateFormat x', 'todayMarker off']);
  return { format: format.replace('axisFormat ', ''), interval: interval.replace('tickInterval ', '') };
};

test.each([
  [5 * SECOND, '2second', '%H:%M:%S'],
  [18 * SECOND, '10second', '%H:%M:%S'],
  [90 * SECOND, '30second', '%H:%M:%S'],
  [3 * MINUTE, '1minute', '%H:%M'],
  [12 * MINUTE, '5minute', '%H:%M'],
  [HOUR, '30minute', '%H:%M'],
  [5 * HOUR, '2hour', '%H:%M'],
  [20 * HOUR, '6hour', '%H:%M'],
  [3 * DAY, '1day', '%b %d'],
  [60 * DAY, '1week', '%b %d'],
])('an axis of %d ms has a label each %s', (span, interval, format) => {
  expect(axisOf(span)).toEqual({ interval, format });
});

describe('whatever its span', () => {
  const UNITS: Readonly<Record<string, number>> = {
    second: SECOND,
    minute: MINUTE,
    hour: HOUR,
    day: DAY,
    week: 7 * DAY,
  };
  const spans = Array.from({ length: 60 }, (_, index) => 5_000 * 1.3 ** index).filter(
    (span) => span < 20 * DAY,
  );

  test.each(spans)('the labels have room and differ: %d ms', (span) => {
    const { interval, format } = axisOf(span);
    const [, count, unit = ''] = /^(\d+)(\w+)$/.exec(interval) ?? [];
    const stepMs = Number(count) * (UNITS[unit] ?? 0);
    expect(span / stepMs).toBeLessThanOrEqual(3.5);
    const shown = { '%H:%M:%S': [SECOND, DAY], '%H:%M': [MINUTE, DAY], '%b %d': [DAY, 365 * DAY] }[
      format
    ] as number[];
    expect(stepMs).toBeGreaterThanOrEqual(shown[0] as number);
    expect(span).toBeLessThan(shown[1] as number);
  });
});
