import type { InputRows } from './row.js';

const NO_INPUT = { from: 'backend', actions: [] } as const;

/** In which accounts anything may be touched. */
export const accountInputs = {
  allowed_account_ids: {
    ...NO_INPUT,
    type: 'list',
    description:
      'The AWS accounts that the credentials may be of. The token service is asked which one that is, by ' +
      '`sts:GetCallerIdentity`, which needs no permission; of any other one nothing is touched. Excludes ' +
      '`forbidden_account_ids`.',
  },
  forbidden_account_ids: {
    ...NO_INPUT,
    type: 'list',
    description: 'The AWS accounts that the credentials may not be of. Excludes `allowed_account_ids`.',
  },
  skip_credentials_validation: {
    ...NO_INPUT,
    type: 'boolean',
    fallback: 'false',
    description:
      'Together with `skip_requesting_account_id`: nobody is asked for the account, so that `forbidden_account_ids` forbids ' +
      'nothing, and `allowed_account_ids` is an error. Without a list of accounts, nobody is asked anyway.',
  },
  skip_requesting_account_id: {
    ...NO_INPUT,
    type: 'boolean',
    fallback: 'false',
    description: 'See `skip_credentials_validation`. Alone it is without effect, as in Terraform.',
  },
} as const satisfies InputRows;
