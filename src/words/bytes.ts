const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size for people, in units of a thousand: `850 B`, `1.2 kB`, `34 MB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1_000 ** power;
  return `${value < 10 && power > 0 ? Math.floor(value * 10) / 10 : Math.floor(value)} ${UNITS[power]}`;
}
