import { ACTIONS, type InputRows, STATE_ACTIONS } from './row.js';

/**
 * Where the state lives, under the names and with the environment variables of Terraform.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export const backendInputs = {
  bucket: {
    type: 'bucket name',
    from: 'backend',
    actions: ACTIONS,
    verbatim: true,
    description:
      'Name of the S3 bucket that holds the state. Needed, here, in `backend_config` or in the backend block of ' +
      '`working_directory`. Given here, the inputs say which state it is, and the block is only compared with them.',
  },
  key: {
    type: 'state key',
    from: 'backend',
    actions: STATE_ACTIONS,
    verbatim: true,
    description:
      "Path of the state in the bucket, as in the backend's configuration. For a workspace other than `default`, the " +
      'state is at `<workspace_key_prefix>/<workspace>/<key>`. Needed, in one of the same places as `bucket`.',
  },
  backend_config: {
    type: 'backend config',
    from: 'terraform',
    actions: ACTIONS,
    description:
      'What `terraform init` gets by `-backend-config`, a line for each: `name=value`, or a file such as `prod.tfbackend`, ' +
      'which is looked for in `working_directory`, else in the workspace. The last line that sets a name wins, and an ' +
      'input of that name wins over all of them.',
  },
  region: {
    type: 'region',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
    description:
      'Region of the bucket and of the DynamoDB table. Falls back on `AWS_REGION`, then `AWS_DEFAULT_REGION`; one of ' +
      'them is needed, with a custom endpoint too.',
  },
  workspace: {
    type: 'workspace name',
    from: 'terraform',
    actions: STATE_ACTIONS,
    environment: ['TF_WORKSPACE'],
    fallback: 'default',
    verbatim: true,
    description:
      'Terraform workspace that the state belongs to. Falls back on `TF_WORKSPACE`, then on the one that this job has ' +
      'selected in `working_directory`, then `default`.',
  },
  workspace_key_prefix: {
    type: 'workspace prefix',
    from: 'backend',
    actions: ACTIONS,
    fallback: 'env:',
    verbatim: true,
    isSaidByEmptyText: true,
    description: 'Folder of the states of all workspaces but `default`.',
  },
  endpoint: {
    type: 'url',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_ENDPOINT_URL_S3', 'AWS_S3_ENDPOINT', 'AWS_ENDPOINT_URL'],
    description:
      'URL of an S3-compatible store. Falls back on `AWS_ENDPOINT_URL_S3`, `AWS_S3_ENDPOINT`, `AWS_ENDPOINT_URL`, the ' +
      'profile, then AWS itself.',
  },
  dynamodb_endpoint: {
    type: 'url',
    from: 'backend',
    actions: ACTIONS,
    environment: ['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_DYNAMODB_ENDPOINT', 'AWS_ENDPOINT_URL'],
    description:
      'URL of a DynamoDB-compatible service. Falls back on `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_DYNAMODB_ENDPOINT`, ' +
      '`AWS_ENDPOINT_URL`, the profile, then AWS itself.',
  },
  use_path_style: {
    type: 'boolean',
    from: 'backend',
    actions: ACTIONS,
    fallback: 'false',
    description: 'Address the bucket as `https://host/bucket`, which many S3-compatible stores need.',
  },
  skip_s3_checksum: {
    type: 'boolean',
    from: 'backend',
    actions: ACTIONS,
    fallback: 'false',
    description: 'Send no checksums with uploads, for S3-compatible stores that refuse them.',
  },
  max_retries: {
    type: 'whole number',
    from: 'backend',
    actions: ACTIONS,
    fallback: '5',
    description:
      'How often a request to AWS is sent in all while it fails for a passing reason, the first time included, as in ' +
      'Terraform. `0` leaves it to the AWS SDK: `AWS_MAX_ATTEMPTS`, the profile, else three times.',
  },
  acl: {
    type: 'canned ACL',
    from: 'backend',
    actions: ACTIONS,
    description: 'Canned ACL of the objects that are written, such as `bucket-owner-full-control`.',
  },
  lock_tags: {
    type: 'map',
    from: 'backend',
    only: 'OpenTofu',
    actions: [],
    description:
      'Tags of the lockfile, which the role needs `s3:PutObjectTagging` for. A lock in DynamoDB has none.',
  },
  state_tags: {
    type: 'map',
    from: 'backend',
    only: 'OpenTofu',
    actions: [],
    description:
      'Tags of the state, which `restore` writes with it; its role needs `s3:PutObjectTagging` for that. Snapshots have no tags.',
  },
} as const satisfies InputRows;
