import { ACTIONS, type InputRows } from './row.js';

export const backupInputs = {
  keys: {
    type: 'globs',
    from: 'ours',
    actions: ['backup', 'verify'],
    fallback: '**/*.tfstate',
    description:
      'Which states of the bucket: lines of keys, in which `*`, `?` and `**` may stand; a line that begins with `!` takes ' +
      'keys away again. States with names of another kind need a line that names them.',
  },
  backup: {
    type: 'choice',
    choices: ['both', 'before', 'after', 'none'],
    from: 'ours',
    actions: ['root'],
    fallback: 'both',
    description:
      "When the state is copied: `before` the job's other steps, `after` them, `both` or `none`. A copy is made only " +
      'of a version of the state that has none yet.',
  },
  backup_bucket: {
    type: 'bucket name',
    from: 'ours',
    actions: ACTIONS,
    verbatim: true,
    description: "Bucket of the snapshots. Without it, the state's bucket.",
  },
  backup_prefix: {
    type: 'prefix',
    from: 'ours',
    actions: ACTIONS,
    fallback: 'lockkeeper/',
    verbatim: true,
    description:
      "Folder of the snapshots, without `.index` in it. In the state's bucket, neither the state nor the workspaces may " +
      'lie in it, nor it among the workspaces.',
  },
  backup_region: {
    type: 'region',
    from: 'ours',
    actions: ACTIONS,
    description: "Region of `backup_bucket`. Without it, the state's region.",
  },
  backup_endpoint: {
    type: 'url',
    from: 'ours',
    actions: ACTIONS,
    description: "URL of the store that holds `backup_bucket`. Without it, the state's endpoint.",
  },
  backup_kms_key_id: {
    type: 'KMS key',
    from: 'ours',
    actions: ['root', 'backup', 'restore'],
    description:
      'ID, alias or ARN of the KMS key for the snapshots. Without it, they are encrypted as the state is.',
  },
  keep_last: {
    type: 'count',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'How many of the newest snapshots are kept. Without any `keep_…`, all are.',
  },
  keep_hourly: {
    type: 'count',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'Of how many hours the newest snapshot is kept.',
  },
  keep_daily: {
    type: 'count',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'Of how many days the newest snapshot is kept.',
  },
  keep_weekly: {
    type: 'count',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'Of how many weeks the newest snapshot is kept.',
  },
  keep_monthly: {
    type: 'count',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'Of how many months the newest snapshot is kept.',
  },
  keep_yearly: {
    type: 'count',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'Of how many years the newest snapshot is kept.',
  },
  keep_within: {
    type: 'calendar duration',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'For how long every snapshot is kept, counted back from the newest.',
  },
  keep_within_hourly: {
    type: 'calendar duration',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'For how long the newest snapshot of each hour is kept.',
  },
  keep_within_daily: {
    type: 'calendar duration',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'For how long the newest snapshot of each day is kept.',
  },
  keep_within_weekly: {
    type: 'calendar duration',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'For how long the newest snapshot of each week is kept.',
  },
  keep_within_monthly: {
    type: 'calendar duration',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'For how long the newest snapshot of each month is kept.',
  },
  keep_within_yearly: {
    type: 'calendar duration',
    from: 'ours',
    actions: ['root', 'backup'],
    description: 'For how long the newest snapshot of each year is kept.',
  },
  prune_dry_run: {
    type: 'boolean',
    from: 'ours',
    actions: ['root', 'backup'],
    fallback: 'false',
    description: 'Removes no snapshot, and says which would go.',
  },
} as const satisfies InputRows;
