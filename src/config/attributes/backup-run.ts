import type { InputRows } from './row.js';

/** How `backup/` goes through the states. */
export const backupRunInputs = {
  max_age: {
    type: 'age',
    from: 'ours',
    actions: ['backup'],
    description:
      'For how long a change of a state may be without a verified snapshot. If any is for longer, because it could not be ' +
      'copied or is doubtful, the step fails.',
  },
  heartbeat_url: {
    type: 'web address',
    from: 'ours',
    actions: ['backup'],
    secret: true,
    description:
      'URL of a monitor that expects to hear of each good run, and complains when it does not. It is called by GET when all ' +
      'went well.',
  },
  dry_run: {
    type: 'boolean',
    from: 'ours',
    actions: ['backup', 'restore'],
    fallback: 'false',
    description:
      'Writes nothing and takes no lock, and says what would be done: which states would be copied and which snapshots ' +
      'removed, or which resources a restore would bring, take away and change.',
  },
  concurrency: {
    type: 'concurrency',
    from: 'ours',
    actions: ['backup', 'verify'],
    fallback: '32',
    description: 'How many states are copied, or snapshots read, at a time, from 1 to 64.',
  },
} as const satisfies InputRows;
