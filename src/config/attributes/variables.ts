/**
 * An environment variable that Terraform or OpenTofu follows, and that is not the fall-back of an input or an attribute: what
 * becomes of it here, as whole sentences.
 */
export interface VariableRow {
  readonly environment: 'followed' | 'without-effect';
  readonly because: string;
}

const NO_IAM = { environment: 'without-effect', because: 'Lockkeeper asks IAM nothing.' } as const;

export const VARIABLES: Readonly<Record<string, VariableRow>> = {
  AWS_EC2_METADATA_DISABLED: { environment: 'followed', because: 'The AWS SDK follows it.' },
  AWS_ENDPOINT_URL_IAM: NO_IAM,
  AWS_IAM_ENDPOINT: NO_IAM,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: {
    environment: 'followed',
    because: '`AWS_ENDPOINT_URL` and the endpoints of the profile do not count then.',
  },
  AWS_MAX_ATTEMPTS: { environment: 'followed', because: 'It counts where `max_retries` is `0`.' },
};
