import { NO_BREAK } from './no-break.js';

/** Each unit with what it is a part of, and its name in the log and in a summary. */
const UNITS = [
  { log: 'd', summary: `${NO_BREAK}d`, ms: 86_400_000, partOfMs: Number.POSITIVE_INFINITY },
  { log: 'h', summary: `${NO_BREAK}h`, ms: 3_600_000, partOfMs: 86_400_000 },
  { log: 'm', summary: `${NO_BREAK}min`, ms: 60_000, partOfMs: 3_600_000 },
  { log: 's', summary: `${NO_BREAK}s`, ms: 1_000, partOfMs: 60_000 },
] as const;
const SEPARATORS = { log: ' ', summary: NO_BREAK } as const;
const MILLISECONDS = { log: 'ms', summary: `${NO_BREAK}ms` } as const;

/**
 * A duration for the log and for errors, in its two greatest units, cut and not rounded: `850ms`, `4s`, `4m 12s`,
 * `2h 3m`, as inputs are written.
 *
 * @param ms Milliseconds. Less than none counts as none: two machines' clocks may have been compared.
 */
export function formatDuration(ms: number): string {
  return inUnits(ms, 'log');
}

/** The same for a summary, where there is room, kept on one line: `850 ms`, `4 s`, `4 min 12 s`, `2 h 3 min`. */
export function spellDuration(ms: number): string {
  return inUnits(ms, 'summary');
}

function inUnits(ms: number, where: 'log' | 'summary'): string {
  const whole = Math.max(0, Math.floor(ms));
  const greatest = UNITS.findIndex((unit) => whole >= unit.ms);
  if (greatest < 0) return `${whole}${MILLISECONDS[where]}`;
  return UNITS.slice(greatest, greatest + 2)
    .map((unit) => ({ name: unit[where], count: Math.floor((whole % unit.partOfMs) / unit.ms) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count}${name}`)
    .join(SEPARATORS[where]);
}
