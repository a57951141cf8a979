/** Each unit with what it is a part of. */
const UNITS = [
  { name: 'd', ms: 86_400_000, partOfMs: Number.POSITIVE_INFINITY },
  { name: 'h', ms: 3_600_000, partOfMs: 86_400_000 },
  { name: 'm', ms: 60_000, partOfMs: 3_600_000 },
  { name: 's', ms: 1_000, partOfMs: 60_000 },
];

/**
 * A duration for people, in its two greatest units, cut and not rounded: `850ms`, `4s`, `4m 12s`, `2h 3m`.
 *
 * @param ms Milliseconds. Less than none counts as none: two machines' clocks may have been compared.
 */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.floor(ms));
  const greatest = UNITS.findIndex((unit) => whole >= unit.ms);
  if (greatest < 0) return `${whole}ms`;
  return UNITS.slice(greatest, greatest + 2)
    .map((unit) => ({ name: unit.name, count: Math.floor((whole % unit.partOfMs) / unit.ms) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count}${name}`)
    .join(' ');
}
