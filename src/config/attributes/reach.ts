import type { InputDeclarations } from '../input-reader.js';
import type { InputRows } from './row.js';

/** How AWS is reached, beside the endpoints: attributes of the backend that are no inputs. */
export const reachInputs = {
  use_fips_endpoint: {
    type: 'boolean',
    from: 'backend',
    actions: [],
    environment: ['AWS_USE_FIPS_ENDPOINT'],
    description:
      'Reach AWS by its FIPS endpoints. `AWS_USE_FIPS_ENDPOINT` and the profile are asked unless it is `true`: as in ' +
      'Terraform, `false` does not switch them off. An endpoint that the configuration or an input names is used as it ' +
      'stands. One that the AWS SDK finds, in `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL` or ' +
      'the profile, is refused, for Terraform fails with the two together.',
  },
  use_dualstack_endpoint: {
    type: 'boolean',
    from: 'backend',
    actions: [],
    environment: ['AWS_USE_DUALSTACK_ENDPOINT'],
    description:
      'Reach AWS by its dual-stack endpoints, for IPv6. What is said of `use_fips_endpoint` holds for it and ' +
      '`AWS_USE_DUALSTACK_ENDPOINT` too.',
  },
  custom_ca_bundle: {
    type: 'file path',
    from: 'backend',
    actions: [],
    environment: ['AWS_CA_BUNDLE'],
    description:
      'File with certificates in PEM. They are the only authorities that are trusted then, as in Terraform. Falls back on ' +
      '`AWS_CA_BUNDLE`, then on `ca_bundle` of the profile. A relative path begins at `working_directory`.',
  },
  https_proxy: {
    type: 'proxy',
    from: 'backend',
    actions: [],
    environment: ['HTTPS_PROXY', 'https_proxy'],
    secret: true,
    isSaidByEmptyText: true,
    description:
      'Address of an HTTP proxy for `https://` addresses, over `HTTPS_PROXY` and `https_proxy`. An empty text means none. ' +
      'Without any of them it is the attribute `http_proxy`, as in Terraform; OpenTofu goes straight then.',
  },
  http_proxy: {
    type: 'proxy',
    from: 'backend',
    actions: [],
    environment: ['HTTP_PROXY', 'http_proxy'],
    secret: true,
    isSaidByEmptyText: true,
    description:
      'The same for `http://` addresses, over `HTTP_PROXY` and `http_proxy`. An empty text means none.',
  },
  no_proxy: {
    type: 'text',
    from: 'backend',
    actions: [],
    environment: ['NO_PROXY', 'no_proxy'],
    description:
      'What is reached without a proxy, over `NO_PROXY` and `no_proxy`: names, addresses and networks, separated by commas.',
  },
  retry_mode: {
    type: 'choice',
    choices: ['standard', 'adaptive'],
    from: 'backend',
    actions: [],
    environment: ['AWS_RETRY_MODE'],
    description:
      'How the AWS SDK paces what it sends again: `standard`, or `adaptive`, which also holds back while it is throttled. ' +
      'Falls back on `AWS_RETRY_MODE`, then on the profile, then on `standard`. Any other is an error, as in Terraform.',
  },
} as const satisfies InputRows;

/** What the SDK below Terraform reads by itself, and no attribute says. */
export const sdkVariables = {
  max_attempts: { environment: ['AWS_MAX_ATTEMPTS'] },
  ignore_configured_endpoint_urls: { environment: ['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] },
} as const satisfies InputDeclarations;

/** The endpoints that it finds by itself: without the older names, which only Terraform knows. */
export const sdkEndpoints = {
  endpoint: { environment: ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'] },
  dynamodb_endpoint: { environment: ['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_ENDPOINT_URL'] },
} as const satisfies InputDeclarations;
