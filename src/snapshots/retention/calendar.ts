import type { CalendarDuration, Period } from '../../config/settings.js';

/** The period, in UTC, that a moment lies in: two moments of the same period have the same text. */
export const periodOf: Readonly<Record<Period, (epochMs: number) => string>> = {
  hour: (epochMs) => iso(epochMs, 'YYYY-MM-DDTHH'.length),
  day: (epochMs) => iso(epochMs, 'YYYY-MM-DD'.length),
  week: weekOf,
  month: (epochMs) => iso(epochMs, 'YYYY-MM'.length),
  year: (epochMs) => iso(epochMs, 'YYYY'.length),
};

const iso = (epochMs: number, length: number) => new Date(epochMs).toISOString().slice(0, length);

const DAY_MS = 86_400_000;

/** The week of ISO 8601, which is of the year that its Thursday lies in. */
function weekOf(epochMs: number): string {
  const weekday = (new Date(epochMs).getUTCDay() + 6) % 7;
  const thursday = new Date(epochMs + (3 - weekday) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${week}`;
}

/**
 * The moment that lies so much before another. A day that its month does not have is one of the next month, as in Go: a
 * month before 31 October is 1 October.
 *
 * @see https://pkg.go.dev/time#Time.AddDate
 */
export function momentBefore(epochMs: number, { years, months, days, hours }: CalendarDuration): number {
  const date = new Date(epochMs);
  date.setUTCFullYear(date.getUTCFullYear() - years, date.getUTCMonth() - months, date.getUTCDate() - days);
  return date.getTime() - hours * 3_600_000;
}
