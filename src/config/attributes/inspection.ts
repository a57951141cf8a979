import type { InputRows } from './row.js';

/** What `inspect` is asked to show. */
export const inspectionInputs = {
  snapshots: {
    type: 'count',
    from: 'ours',
    actions: ['inspect'],
    fallback: '10',
    description: 'How many of the newest snapshots are shown.',
  },
  compare: {
    type: 'snapshots',
    from: 'ours',
    actions: ['inspect'],
    description:
      'Two snapshots, as `<from>..<to>` or on two lines, whose resources are compared: addresses are shown, and no values. Each is ' +
      '`latest`, `latest-verified`, `serial:42`, `before:2026-11-22T01:15:00Z`, the key of a snapshot, or `current`, which ' +
      'is the state itself.',
  },
} as const satisfies InputRows;
