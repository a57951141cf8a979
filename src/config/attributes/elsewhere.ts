import type { InputRows } from './row.js';

const READERS = ['inspect', 'backup', 'verify', 'restore'] as const;
const WRITERS = ['backup', 'restore'] as const;

/** Snapshots that another account keeps, and how their objects are written. */
export const elsewhereInputs = {
  backup_role_arn: {
    type: 'role ARN',
    from: 'ours',
    actions: READERS,
    description:
      'ARN of the IAM role that asks for the snapshots, as in another account. It is assumed from the credentials that ask ' +
      'for the states.',
  },
  backup_access_key: {
    type: 'word',
    from: 'ours',
    actions: READERS,
    secret: true,
    description:
      'Access key ID that asks for the snapshots, together with `backup_secret_key`, as for a store of another provider. ' +
      'Excludes `backup_role_arn`.',
  },
  backup_secret_key: {
    type: 'word',
    from: 'ours',
    actions: READERS,
    secret: true,
    description: 'Secret access key, together with `backup_access_key`.',
  },
  backup_token: {
    type: 'word',
    from: 'ours',
    actions: READERS,
    secret: true,
    description: 'Session token of `backup_access_key` and `backup_secret_key`.',
  },
  backup_object_lock_mode: {
    type: 'choice',
    choices: ['governance', 'compliance'],
    from: 'ours',
    actions: WRITERS,
    description:
      'Object Lock of each snapshot for `backup_retain_days`, in a bucket that has Object Lock enabled. What is locked by ' +
      '`compliance` nobody can remove, no administrator either.',
  },
  backup_retain_days: {
    type: 'days',
    from: 'ours',
    actions: WRITERS,
    description: 'For how many days a snapshot is locked, together with `backup_object_lock_mode`.',
  },
  backup_storage_class: {
    type: 'choice',
    choices: ['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'GLACIER_IR'],
    from: 'ours',
    actions: WRITERS,
    description:
      "Storage class of the snapshots. Without it, the store's default. Classes from which nothing can be read at once are " +
      'not among them.',
  },
  backup_tags: {
    type: 'tags',
    from: 'ours',
    actions: WRITERS,
    description: 'Tags of the snapshots, a line for each: `name=value`. S3 takes ten.',
  },
} as const satisfies InputRows;
