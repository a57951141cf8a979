import type { InputRows } from './row.js';

const NO_INPUT = { from: 'backend', actions: [] } as const;

/** Where credentials are looked for and asked for. */
export const lookupInputs = {
  sts_endpoint: {
    ...NO_INPUT,
    type: 'url',
    environment: ['AWS_ENDPOINT_URL_STS', 'AWS_STS_ENDPOINT', 'AWS_ENDPOINT_URL'],
    description: 'URL of the token service, which hands out roles.',
  },
  sts_region: {
    ...NO_INPUT,
    type: 'region',
    description: 'Region of the token service. Without it, `region`.',
  },
  'endpoints.sso': {
    ...NO_INPUT,
    only: 'Terraform',
    type: 'url',
    environment: ['AWS_ENDPOINT_URL_SSO'],
    description: 'URL of the service that gives the credentials of a profile with single sign-on.',
  },
  shared_config_files: {
    ...NO_INPUT,
    type: 'list',
    environment: ['AWS_SHARED_CONFIG_FILE', 'AWS_CONFIG_FILE'],
    description:
      'Paths of shared configuration files; `~` and `$NAME` are expanded. All are read, in the order of their names, and what a ' +
      'later one says of a profile wins. The variables hold one path each.',
  },
  ec2_metadata_service_endpoint: {
    ...NO_INPUT,
    type: 'url',
    environment: ['AWS_EC2_METADATA_SERVICE_ENDPOINT', 'AWS_METADATA_URL'],
    description: 'URL of the metadata service of an EC2 instance, which may have credentials.',
  },
  ec2_metadata_service_endpoint_mode: {
    ...NO_INPUT,
    type: 'choice',
    choices: ['IPv4', 'IPv6'],
    environment: ['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE'],
    description: "How the instance's metadata service is reached where no URL is given.",
  },
  skip_metadata_api_check: {
    ...NO_INPUT,
    type: 'boolean',
    description:
      "`true`: the instance's metadata service is not asked for credentials. `false`: it is, whatever " +
      '`AWS_EC2_METADATA_DISABLED` says. It is asked only where none are found elsewhere.',
  },
} as const satisfies InputRows;
