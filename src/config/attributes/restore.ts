import type { InputRows } from './row.js';

export const restoreInputs = {
  snapshot: {
    type: 'snapshot',
    from: 'ours',
    actions: ['restore'],
    verbatim: true,
    description:
      'Which snapshot is put back. `latest`, or `latest-verified`, is the newest that was sound and agreed with ' +
      "Terraform's digest; `serial:42` is the one of that serial, `before:2026-11-22T01:15:00Z` the newest of a version " +
      'that was written then or earlier. A key names any copy, also one that is doubtful or that was made before a restore.',
  },
  allow_lineage_change: {
    type: 'boolean',
    from: 'ours',
    actions: ['restore'],
    fallback: 'false',
    description:
      'Put the snapshot back although it is of another lineage than the state: then they are not versions of one state.',
  },
} as const satisfies InputRows;
