import type { backupInputs } from './attributes/backup.js';
import { boolean, type Format } from './formats.js';
import type { InputReader } from './input-reader.js';
import type { CalendarDuration, Count, Period, Retention, RetentionRule } from './settings.js';

/** The input of each rule. */
export const COUNT_INPUTS = {
  snapshot: 'keep_last',
  hour: 'keep_hourly',
  day: 'keep_daily',
  week: 'keep_weekly',
  month: 'keep_monthly',
  year: 'keep_yearly',
} as const satisfies Record<'snapshot' | Period, keyof typeof backupInputs>;

export const WITHIN_INPUTS = {
  snapshot: 'keep_within',
  hour: 'keep_within_hourly',
  day: 'keep_within_daily',
  week: 'keep_within_weekly',
  month: 'keep_within_monthly',
  year: 'keep_within_yearly',
} as const satisfies Record<'snapshot' | Period, keyof typeof backupInputs>;

const PER = ['snapshot', 'hour', 'day', 'week', 'month', 'year'] as const;

/** Which snapshots are kept; undefined where nothing is said of it: then all are. */
export function parseRetention(inputs: InputReader<typeof backupInputs>): Retention | undefined {
  const counts = PER.map((per): RetentionRule | undefined => {
    const number = inputs.read(COUNT_INPUTS[per], count);
    return number === undefined ? undefined : { kind: 'count', per, count: number };
  });
  const withins = PER.map((per): RetentionRule | undefined => {
    const duration = inputs.read(WITHIN_INPUTS[per], calendarDuration);
    return duration && { kind: 'within', per, duration };
  });
  const rules = [...counts, ...withins].filter((rule) => rule !== undefined);
  const dryRun = inputs.read('prune_dry_run', boolean);
  if (rules.length > 0) return { rules, dryRun };
  if (dryRun && !RULE_INPUTS.some((name) => inputs.given(name)))
    inputs.report(
      'Input "prune_dry_run" needs one that says what to keep, such as "keep_daily": without, all is kept.',
    );
  return undefined;
}

const RULE_INPUTS = [...Object.values(COUNT_INPUTS), ...Object.values(WITHIN_INPUTS)];

/** A rule that keeps nothing is one to leave out: 0 may as well mean that nothing is to be kept, or that nothing is removed. */
export const count: Format<Count> = (text) => {
  if (text === 'unlimited') return { value: text };
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && Number.isSafeInteger(value)
    ? { value }
    : { expected: 'a whole number, 1 or more, or unlimited' };
};

const UNITS = { y: 'years', m: 'months', d: 'days', h: 'hours' } as const;
const PART = /(\d+)([ymdh])/g;
const HOURS = { years: 8_766, months: 730, days: 24, hours: 1 } as const;
/** Beyond some hundred thousand years, a moment is none that JavaScript has. */
const LONGEST_YEARS = 1000;

/**
 * As restic has it, but each unit once, and not nothing.
 *
 * @see https://github.com/restic/restic/blob/v0.18.0/internal/restic/duration.go
 */
export const calendarDuration: Format<CalendarDuration> = (text) => {
  const parts = [...text.matchAll(PART)].map(
    ([, amount, unit]) => [UNITS[unit as keyof typeof UNITS], Number(amount)] as const,
  );
  const value = { years: 0, months: 0, days: 0, hours: 0, ...Object.fromEntries(parts) };
  const hours = parts.reduce((sum, [unit, amount]) => sum + amount * HOURS[unit], 0);
  const isWhole =
    text.replaceAll(PART, '') === '' && new Set(parts.map(([unit]) => unit)).size === parts.length;
  if (!isWhole || hours === 0) return { expected: 'years, months, days and hours, such as 1y5m7d2h' };
  return hours <= LONGEST_YEARS * HOURS.years ? { value } : { expected: `at most ${LONGEST_YEARS}y` };
};

/** As {@link calendarDuration} reads it. */
export function formatCalendarDuration(duration: CalendarDuration): string {
  return Object.entries(UNITS)
    .map(([letter, unit]) => (duration[unit] > 0 ? `${duration[unit]}${letter}` : ''))
    .join('');
}
