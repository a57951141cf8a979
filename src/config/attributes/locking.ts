import { ACTIONS, type InputRows } from './row.js';

export const lockingInputs = {
  dynamodb_table: {
    type: 'table name',
    from: 'backend',
    actions: ACTIONS,
    verbatim: true,
    description:
      'Name or ARN of the DynamoDB table that holds the lock. Without it and without `use_lockfile`, no lock is taken.',
  },
  use_lockfile: {
    type: 'boolean',
    from: 'backend',
    actions: ACTIONS,
    fallback: 'false',
    description:
      'Lock with an object `<key>.tflock` in the bucket, as Terraform 1.10 and later do. With `dynamodb_table` as ' +
      'well, both locks are taken.',
  },
  lock_scope: {
    type: 'choice',
    choices: ['state', 'pipeline'],
    from: 'ours',
    actions: ['root', 'inspect'],
    fallback: 'state',
    description:
      "`state` holds Terraform's own lock, so that nobody else can plan or apply. `pipeline` holds a lock beside it " +
      'that keeps other pipelines out, while each Terraform command still takes its own.',
  },
  lock_timeout: {
    type: 'duration',
    from: 'ours',
    actions: ['root', 'restore'],
    fallback: '10m',
    description:
      "How long to wait for a lock that somebody else holds, as for Terraform's `-lock-timeout`: `90s`, `10m`, " +
      '`1h30m`. With `0s`, a lock that is held fails the step at once.',
  },
  terraform_lock_flag: {
    type: 'boolean',
    from: 'ours',
    actions: ['root'],
    fallback: 'true',
    description:
      'With `lock_scope: state`, set `TF_CLI_ARGS_<command>` so that every Terraform command of this job runs with ' +
      '`-lock=false`, because the job holds the lock already. With `false`, pass the flag yourself.',
  },
} as const satisfies InputRows;
