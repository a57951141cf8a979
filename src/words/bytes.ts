import { NO_BREAK } from './no-break.js';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size for the log, in units of a thousand, cut and not rounded: `850 B`, `1.2 kB`, `34 MB`. */
export function formatBytes(bytes: number): string {
  return inUnits(bytes, ' ');
}

/** The same for a summary, kept on one line. */
export function spellBytes(bytes: number): string {
  return inUnits(bytes, NO_BREAK);
}

function inUnits(bytes: number, space: string): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 && power > 0 ? Math.floor(value * 10) / 10 : Math.floor(value)}${space}${UNITS[power]}`;
}
