import type { InputDeclarations } from '../input-reader.js';

/**
 * The variables that Go, and so Terraform, reads of a proxy, in its order. They are followed, but are not yet inputs.
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#FromEnvironment
 */
export const proxyVariables = {
  https_proxy: { environment: ['HTTPS_PROXY', 'https_proxy'], secret: true },
  http_proxy: { environment: ['HTTP_PROXY', 'http_proxy'], secret: true },
  no_proxy: { environment: ['NO_PROXY', 'no_proxy'] },
} as const satisfies InputDeclarations;

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
  /** It is a boolean, and changes something only if it is true. */
  readonly onlyTrue?: true;
  /** It counts only where this variable is set too. */
  readonly onlyWith?: string;
  /** It does not count where one of these variables is set: they come first, or do the same here. */
  readonly unless?: readonly string[];
}

const BY_SDK = { environment: 'followed', because: 'The AWS SDK follows it.' } as const;
const NO_IAM = { environment: 'without-effect', because: 'Lockkeeper asks IAM nothing.' } as const;
const ENDPOINTS = ['INPUT_ENDPOINT', 'AWS_ENDPOINT_URL_S3', 'AWS_S3_ENDPOINT', 'AWS_ENDPOINT_URL'];

export const VARIABLES: Readonly<Record<string, VariableRow>> = {
  AWS_CA_BUNDLE: {
    environment: 'warn',
    unless: ['NODE_EXTRA_CA_CERTS'],
    says:
      'Environment variable "AWS_CA_BUNDLE" is set, and Lockkeeper does not follow it. If the store has a certificate of ' +
      'your own authority, name the file in NODE_EXTRA_CA_CERTS too.',
  },
  AWS_EC2_METADATA_DISABLED: BY_SDK,
  AWS_ENDPOINT_URL_IAM: NO_IAM,
  AWS_IAM_ENDPOINT: NO_IAM,
  AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: {
    environment: 'refuse',
    onlyTrue: true,
    onlyWith: 'AWS_ENDPOINT_URL',
    says:
      'Environment variable "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" makes Terraform pass "AWS_ENDPOINT_URL" by, but not ' +
      'Lockkeeper, which could lock at another place. Take one of the two out of the job.',
  },
  AWS_RETRY_MODE: {
    environment: 'without-effect',
    because: 'It sets the pace of retries alone, and that of Lockkeeper is always `standard`.',
  },
  AWS_USE_DUALSTACK_ENDPOINT: {
    environment: 'warn',
    onlyTrue: true,
    unless: ENDPOINTS,
    says:
      'Environment variable "AWS_USE_DUALSTACK_ENDPOINT" is set, and Lockkeeper does not follow it. Its own requests go to ' +
      'the usual endpoints; the inputs "endpoint" and "dynamodb_endpoint" take others.',
  },
  AWS_USE_FIPS_ENDPOINT: {
    environment: 'warn',
    onlyTrue: true,
    unless: ENDPOINTS,
    says:
      'Environment variable "AWS_USE_FIPS_ENDPOINT" is set, and Lockkeeper does not follow it. Its own requests go to the ' +
      'usual endpoints; the inputs "endpoint" and "dynamodb_endpoint" take others.',
  },
};
