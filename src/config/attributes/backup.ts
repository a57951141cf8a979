import { ACTIONS, type InputRows } from './row.js';

export const backupInputs = {
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
    actions: ['root'],
    description:
      'ID, alias or ARN of the KMS key for the snapshots. Without it, they are encrypted as the state is.',
  },
} as const satisfies InputRows;
