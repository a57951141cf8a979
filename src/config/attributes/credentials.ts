import { ACTIONS, type InputRows } from './row.js';

export const credentialInputs = {
  access_key: {
    type: 'word',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_ACCESS_KEY_ID', 'AWS_ACCESS_KEY'],
    secret: true,
    description:
      'AWS access key ID, together with `secret_key`. Without either, and without `profile`, the keys are ' +
      '`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, and without those whatever the AWS SDK finds.',
  },
  secret_key: {
    type: 'word',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY'],
    secret: true,
    description: 'AWS secret access key, together with `access_key`.',
  },
  token: {
    type: 'word',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN'],
    secret: true,
    description:
      'Session token of `access_key` and `secret_key`. If the keys come from the environment, so does the token: ' +
      '`AWS_SESSION_TOKEN`, or the older `AWS_SECURITY_TOKEN`.',
  },
  profile: {
    type: 'text',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
    description:
      'Profile in the shared credentials and config files; it comes before keys in the environment. `AWS_PROFILE` and ' +
      '`AWS_DEFAULT_PROFILE` are used only where there are no such keys.',
  },
  shared_credentials_file: {
    type: 'file path',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_SHARED_CREDENTIALS_FILE'],
    description:
      'Path of the shared credentials file; `~` and `$NAME` are expanded. Without `profile`, keys in the environment ' +
      'come first, and the profile is `AWS_PROFILE` or `default`. Falls back on `AWS_SHARED_CREDENTIALS_FILE`.',
  },
  shared_credentials_files: {
    type: 'list',
    from: 'backend',
    actions: [],
    description:
      'Paths of shared credentials files; `~` and `$NAME` are expanded. All are read, in the order of their names, and what a ' +
      'later one says of a profile wins.',
  },
  aws_creds_path: {
    type: 'file path',
    from: 'lokomotive',
    actions: ACTIONS,
    description: "Lokomotive's name for `shared_credentials_file`. Give one of the two.",
  },
} as const satisfies InputRows;
