/** A backend that has an attribute. */
export type Product = 'Terraform' | 'OpenTofu';

/** Attributes of the S3 backend that no input of the same name stands for, and what becomes of them. */
export type UnsupportedRow = {
  /** As Terraform writes them; a part of an object follows its name and a dot. */
  readonly names: readonly string[];
  /** The only backend that has them; both unless given. */
  readonly only?: Product;
} & (
  | { readonly fate: 'another-name'; readonly input: string }
  /** `because` says what to do, or why there is nothing to do: whole sentences, in Markdown. */
  | { readonly fate: 'later' | 'refused'; readonly because: string }
);

const ROLE = 'Take the role in a step before this one, or name a `profile` that has it.';
const FALLS_BACK = 'The environment variables of the same name are followed.';
const NOTHING_TO_SKIP = 'Lockkeeper makes no such check, so there is none to skip.';
const TAGS = 'What Lockkeeper writes has no tags yet.';

export const UNSUPPORTED: readonly UnsupportedRow[] = [
  { names: ['endpoints.s3'], fate: 'another-name', input: 'endpoint' },
  { names: ['endpoints.dynamodb'], fate: 'another-name', input: 'dynamodb_endpoint' },
  { names: ['force_path_style'], fate: 'another-name', input: 'use_path_style' },
  {
    names: ['shared_credentials_files'],
    fate: 'later',
    because: 'One file can be given, as `shared_credentials_file`.',
  },
  {
    names: ['shared_config_files'],
    fate: 'later',
    because: 'The AWS SDK follows `AWS_CONFIG_FILE`, which holds one file.',
  },
  {
    names: [
      'assume_role',
      'assume_role.duration',
      'assume_role.external_id',
      'assume_role.policy',
      'assume_role.policy_arns',
      'assume_role.role_arn',
      'assume_role.session_name',
      'assume_role.tags',
      'assume_role.transitive_tag_keys',
    ],
    fate: 'later',
    because: ROLE,
  },
  { names: ['assume_role.source_identity'], only: 'Terraform', fate: 'later', because: ROLE },
  {
    names: [
      'role_arn',
      'session_name',
      'external_id',
      'assume_role_duration_seconds',
      'assume_role_policy',
      'assume_role_policy_arns',
      'assume_role_tags',
      'assume_role_transitive_tag_keys',
    ],
    only: 'OpenTofu',
    fate: 'later',
    because: ROLE,
  },
  {
    names: [
      'assume_role_with_web_identity',
      'assume_role_with_web_identity.duration',
      'assume_role_with_web_identity.policy',
      'assume_role_with_web_identity.policy_arns',
      'assume_role_with_web_identity.role_arn',
      'assume_role_with_web_identity.session_name',
      'assume_role_with_web_identity.web_identity_token',
      'assume_role_with_web_identity.web_identity_token_file',
    ],
    fate: 'later',
    because: 'The AWS SDK follows `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME` and `AWS_WEB_IDENTITY_TOKEN_FILE`.',
  },
  {
    names: ['sts_endpoint', 'endpoints.sts'],
    fate: 'later',
    because: 'The AWS SDK follows `AWS_ENDPOINT_URL_STS`.',
  },
  { names: ['sts_region'], fate: 'later', because: ROLE },
  {
    names: ['endpoints.sso'],
    only: 'Terraform',
    fate: 'later',
    because: 'The AWS SDK follows `AWS_ENDPOINT_URL_SSO`.',
  },
  { names: ['endpoints'], fate: 'later', because: 'Two of its parts are inputs, under their older names.' },
  {
    names: ['allowed_account_ids', 'forbidden_account_ids'],
    fate: 'later',
    because:
      'Terraform itself still refuses a wrong account; Lockkeeper does not ask which account it works in.',
  },
  {
    names: ['custom_ca_bundle'],
    fate: 'later',
    because: 'Node.js, which runs Lockkeeper, takes such a file from `NODE_EXTRA_CA_CERTS`.',
  },
  {
    names: ['ec2_metadata_service_endpoint', 'ec2_metadata_service_endpoint_mode'],
    fate: 'later',
    because:
      'The AWS SDK follows `AWS_EC2_METADATA_SERVICE_ENDPOINT` and `AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE`.',
  },
  {
    names: ['skip_metadata_api_check'],
    fate: 'later',
    because: 'The AWS SDK follows `AWS_EC2_METADATA_DISABLED`.',
  },
  { names: ['http_proxy', 'https_proxy', 'no_proxy'], fate: 'later', because: FALLS_BACK },
  {
    names: ['use_dualstack_endpoint', 'use_fips_endpoint'],
    fate: 'later',
    because: 'Give such an endpoint with `endpoint` and `dynamodb_endpoint`.',
  },
  { names: ['lock_tags', 'state_tags'], only: 'OpenTofu', fate: 'later', because: TAGS },
  {
    names: ['iam_endpoint', 'endpoints.iam'],
    fate: 'refused',
    because: 'Lockkeeper asks IAM nothing.',
  },
  {
    names: ['insecure'],
    fate: 'refused',
    because:
      'A lock that anybody on the way could forge holds nobody off. Trust the certificate with `NODE_EXTRA_CA_CERTS`.',
  },
  {
    names: ['retry_mode'],
    fate: 'refused',
    because: 'It sets the pace of retries alone, and that of Lockkeeper is always `standard`.',
  },
  {
    names: ['skip_credentials_validation', 'skip_requesting_account_id', 'skip_region_validation'],
    fate: 'refused',
    because: NOTHING_TO_SKIP,
  },
];
