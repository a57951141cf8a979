import type { Format } from './formats.js';

/** Which snapshot of a state is meant, as a person says it. */
export type SnapshotReference =
  /** The newest that is the state as it was, or was not certainly so. */
  | { readonly kind: 'latest' }
  | { readonly kind: 'latest-verified' }
  | { readonly kind: 'serial'; readonly serial: number }
  /** The newest verified one of a version that was written at this moment or earlier; in milliseconds since the Unix epoch. */
  | { readonly kind: 'before'; readonly moment: number }
  /** Its key in the backup bucket, or the name that the key ends in. */
  | { readonly kind: 'key'; readonly key: string };

const EXPECTED =
  'latest, latest-verified, serial:42, before:2026-11-22T01:15:00Z or the key of a snapshot, which ends in .tfstate';

/** Reads `latest`, `latest-verified`, `serial:42`, `before:2026-11-22T01:15:00Z` or a key. */
export const snapshotReference: Format<SnapshotReference> = (text) => {
  if (text === 'latest' || text === 'latest-verified') return { value: { kind: text } };
  const [, word, rest = ''] = /^(serial|before):(.*)$/s.exec(text) ?? [];
  const value = word === 'serial' ? serialOf(rest) : word === 'before' ? beforeOf(rest) : keyOf(text);
  return value ? { value } : { expected: EXPECTED };
};

/** The text that {@link snapshotReference} reads as this. */
export function formatSnapshotReference(reference: SnapshotReference): string {
  switch (reference.kind) {
    case 'latest':
    case 'latest-verified':
      return reference.kind;
    case 'serial':
      return `serial:${reference.serial}`;
    case 'before':
      return `before:${new Date(reference.moment).toISOString().replace('.000Z', 'Z')}`;
    case 'key':
      return reference.key;
  }
}

function serialOf(text: string): SnapshotReference | undefined {
  const serial = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(serial) ? { kind: 'serial', serial } : undefined;
}

const MOMENT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** @see https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
function beforeOf(text: string): SnapshotReference | undefined {
  const [, day] = MOMENT.exec(text) ?? [];
  const moment = day !== undefined && isDay(day) ? Date.parse(text.toUpperCase()) : Number.NaN;
  return Number.isNaN(moment) ? undefined : { kind: 'before', moment };
}

/** `Date.parse` takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}

function keyOf(text: string): SnapshotReference | undefined {
  return /^[^/\p{Cc}][^\p{Cc}]*\.tfstate$/u.test(text) ? { kind: 'key', key: text } : undefined;
}
