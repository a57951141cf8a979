/**
 * An environment variable that Terraform or OpenTofu follows, and that is not the fall-back of an input: what becomes of it
 * here. `says` is a whole sentence or two, for the log.
 */
export type VariableRow =
  /** The AWS SDK follows it below us, or it changes nothing that Lockkeeper does: nothing is said. */
  | { readonly environment: 'followed'; readonly because: string }
  | { readonly environment: 'without-effect'; readonly because: string }
  /** Not followed: a warning where that can be felt, an error where we could work on another place than Terraform. */
  | ({ readonly environment: 'warn' | 'refuse'; readonly says: string } & Condition);

/** When the variable counts at all. Everything that is given must hold. */
export interface Condition {
  /** It chooses who signs the requests, and so says nothing where access keys were found. */
  readonly concerns?: 'identity';
  /** It does not count where one of these variables is set: they come first, or do the same here. */
  readonly unless?: readonly string[];
  /** It does not count where this variable has the same value. */
  readonly sameAs?: string;
}

const BY_SDK = { environment: 'followed', because: 'The AWS SDK follows it.' } as const;
const NO_IAM = { environment: 'without-effect', because: 'Lockkeeper asks IAM nothing.' } as const;

export const VARIABLES: Readonly<Record<string, VariableRow>> = {
  AWS_CONFIG_FILE: BY_SDK,
  AWS_DEFAULT_PROFILE: {
    environment: 'refuse',
    concerns: 'identity',
    unless: ['INPUT_PROFILE', 'AWS_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    says:
      'Environment variable "AWS_DEFAULT_PROFILE" chooses the profile of Terraform, but not that of Lockkeeper, which could ' +
      'lock in another account. Set AWS_PROFILE, or the input "profile".',
  },
  AWS_EC2_METADATA_DISABLED: BY_SDK,
  AWS_EC2_METADATA_SERVICE_ENDPOINT: BY_SDK,
  AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: BY_SDK,
  AWS_ENDPOINT_URL_IAM: NO_IAM,
  AWS_ENDPOINT_URL_SSO: BY_SDK,
  AWS_ENDPOINT_URL_STS: BY_SDK,
  AWS_IAM_ENDPOINT: NO_IAM,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: {
    environment: 'followed',
    because: '`AWS_ENDPOINT_URL` and the endpoints of the profile do not count then.',
  },
  AWS_MAX_ATTEMPTS: { environment: 'followed', because: 'It counts where `max_retries` is `0`.' },
  AWS_METADATA_URL: {
    environment: 'warn',
    concerns: 'identity',
    unless: ['INPUT_PROFILE', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'],
    says:
      'Environment variable "AWS_METADATA_URL" is set, and Lockkeeper does not follow it. Set ' +
      'AWS_EC2_METADATA_SERVICE_ENDPOINT, which both follow.',
  },
  AWS_ROLE_ARN: BY_SDK,
  AWS_ROLE_SESSION_NAME: BY_SDK,
  AWS_SHARED_CONFIG_FILE: {
    environment: 'refuse',
    concerns: 'identity',
    sameAs: 'AWS_CONFIG_FILE',
    says:
      'Environment variable "AWS_SHARED_CONFIG_FILE" chooses the profiles of Terraform, but not those of Lockkeeper, which ' +
      'could lock in another account. Set AWS_CONFIG_FILE to the same file.',
  },
  AWS_STS_ENDPOINT: {
    environment: 'warn',
    concerns: 'identity',
    unless: ['AWS_ENDPOINT_URL_STS'],
    says:
      'Environment variable "AWS_STS_ENDPOINT" is set, and Lockkeeper does not follow it. Set AWS_ENDPOINT_URL_STS, which ' +
      'both follow.',
  },
  AWS_WEB_IDENTITY_TOKEN_FILE: BY_SDK,
  AWS_WEB_IDENTITY_TOKEN: {
    environment: 'warn',
    concerns: 'identity',
    unless: ['INPUT_PROFILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    says:
      'Environment variable "AWS_WEB_IDENTITY_TOKEN" is set, and Lockkeeper does not follow it. Write the token to a file, ' +
      'and name it in AWS_WEB_IDENTITY_TOKEN_FILE, which both follow.',
  },
};
