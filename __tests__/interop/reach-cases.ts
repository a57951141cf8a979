import type { Environment } from '../../testing/runner-environment.js';

/** One way to AWS, as a user configures it. */
export interface ReachCase {
  readonly name: string;
  /** Of the backend's configuration. */
  readonly lines?: readonly string[];
  readonly env?: Environment;
  /** Files of the folder in which Terraform runs; `aws-config` is the shared configuration. */
  readonly files?: Readonly<Record<string, string>>;
  /** Nobody answers, which a job waits out. */
  readonly isUnreachable?: true;
  /** The only client that we do the same as. Why that is so is in docs/decisions.md. */
  readonly as?: 'terraform' | 'tofu';
}

const FIPS = { AWS_USE_FIPS_ENDPOINT: 'true' };
const DUALSTACK = { AWS_USE_DUALSTACK_ENDPOINT: 'true' };
const ALL = { AWS_ENDPOINT_URL: 'https://all.example.com' };
const IGNORE = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
const OWN = 'endpoints={s3="https://s3.example.com",dynamodb="https://dynamodb.example.com"}';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

const SERVICES = `[default]
endpoint_url = https://profile.example.com
services = ours
[services ours]
s3 =
  endpoint_url = https://services-s3.example.com
dynamodb =
  endpoint_url = https://services-dynamodb.example.com
`;
const shared = (text: string) => ({ 'aws-config': text });

export const REACH_CASES: readonly ReachCase[] = [
  { name: 'nothing is said' },

  { name: 'FIPS of the environment', env: FIPS },
  { name: 'FIPS of the backend', lines: ['use_fips_endpoint=true'] },
  { name: 'FIPS of the profile', files: shared('[default]\nuse_fips_endpoint = true\n') },
  {
    name: 'FIPS that the environment wants and the backend does not',
    lines: ['use_fips_endpoint=false'],
    env: FIPS,
  },
  {
    name: 'FIPS that the profile wants and the backend does not',
    lines: ['use_fips_endpoint=false'],
    files: shared('[default]\nuse_fips_endpoint = true\n'),
  },
  { name: 'FIPS that the environment does not want', env: { AWS_USE_FIPS_ENDPOINT: 'false' }, as: 'tofu' },
  { name: 'FIPS that is no boolean', env: { AWS_USE_FIPS_ENDPOINT: 'yes' } },
  { name: 'dual stack', env: DUALSTACK },
  { name: 'FIPS and dual stack', lines: ['use_dualstack_endpoint=true'], env: FIPS },
  { name: 'FIPS and an endpoint for all', env: { ...FIPS, ...ALL } },
  { name: 'dual stack and an endpoint for all', env: { ...DUALSTACK, ...ALL } },
  { name: 'FIPS and an endpoint of the profile', env: FIPS, files: shared(SERVICES) },
  { name: 'FIPS and endpoints of the services', lines: [OWN], env: FIPS, as: 'terraform' },
  { name: 'FIPS and an endpoint of S3', env: { ...FIPS, AWS_ENDPOINT_URL_S3: 'https://s3.example.com' } },
  {
    name: 'FIPS and an endpoint of S3 by its older name',
    env: { ...FIPS, AWS_S3_ENDPOINT: 'https://s3.example.com' },
    as: 'terraform',
  },
  {
    name: 'FIPS, endpoints of the services, and one for all behind them',
    lines: [OWN],
    env: { ...FIPS, ...ALL },
  },
  {
    name: 'FIPS, an endpoint of S3, and one for all that is ignored',
    env: { ...FIPS, ...ALL, ...IGNORE, AWS_ENDPOINT_URL_S3: 'https://s3.example.com' },
    as: 'terraform',
  },

  { name: 'endpoints of the backend', lines: [OWN], env: ALL, files: shared(SERVICES) },
  { name: 'an endpoint for all', env: ALL, files: shared(SERVICES) },
  { name: 'an endpoint for all that is empty', env: { AWS_ENDPOINT_URL: '' }, files: shared(SERVICES) },
  {
    name: 'older names of the endpoints',
    env: {
      ...ALL,
      AWS_S3_ENDPOINT: 'https://s3.example.com',
      AWS_DYNAMODB_ENDPOINT: 'https://dynamodb.example.com',
    },
  },
  { name: 'services of the profile', files: shared(SERVICES) },
  {
    name: 'an endpoint of the profile',
    files: shared('[default]\nendpoint_url = https://profile.example.com\n'),
  },
  {
    name: 'another profile',
    lines: ['profile=prod'],
    env: { AWS_PROFILE: 'dev' },
    files: shared(
      '[profile prod]\nendpoint_url = https://prod.example.com\n[profile dev]\nendpoint_url = https://dev.example.com\n',
    ),
  },
  {
    name: 'the older name of the profile',
    env: { AWS_DEFAULT_PROFILE: 'dev' },
    files: shared('[profile dev]\nendpoint_url = https://dev.example.com\n'),
  },
  {
    name: 'another file',
    env: { AWS_SHARED_CONFIG_FILE: 'other' },
    files: { ...shared(SERVICES), other: '[default]\nendpoint_url = https://other.example.com\n' },
  },
  {
    name: 'a profile in two files',
    env: { AWS_SHARED_CREDENTIALS_FILE: 'credentials' },
    files: {
      ...shared('[default]\nuse_dualstack_endpoint = false\n'),
      credentials:
        '[default]\naws_access_key_id = x\naws_secret_access_key = x\nuse_dualstack_endpoint = true\nendpoint_url = https://credentials.example.com\n',
    },
  },
  {
    name: 'a profile of the credentials file alone',
    env: { AWS_SHARED_CREDENTIALS_FILE: 'credentials' },
    files: {
      credentials:
        '[default]\naws_access_key_id = x\naws_secret_access_key = x\nendpoint_url = https://credentials.example.com\n',
    },
  },
  { name: 'endpoints that are ignored', env: { ...IGNORE, ...ALL }, files: shared(SERVICES) },
  {
    name: 'endpoints that the profile ignores',
    env: ALL,
    files: shared(
      '[default]\nignore_configured_endpoint_urls = true\nendpoint_url = https://profile.example.com\n',
    ),
  },
  {
    name: 'endpoints that are not ignored',
    env: {
      ...IGNORE,
      ...ALL,
      AWS_ENDPOINT_URL_S3: 'https://s3.example.com',
      AWS_DYNAMODB_ENDPOINT: 'https://dynamodb.example.com',
    },
  },
  { name: 'ignoring that is no boolean', env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'yes' } },

  { name: 'a bundle that is not there', lines: ['custom_ca_bundle=gone.pem'] },
  {
    name: 'a bundle without a certificate',
    lines: ['custom_ca_bundle=empty.pem'],
    files: { 'empty.pem': '' },
  },
  {
    name: 'a bundle of the profile',
    env: { AWS_CA_BUNDLE: '' },
    files: shared('[default]\nca_bundle = ca.pem\n'),
  },
  { name: 'a bundle of the backend', lines: ['custom_ca_bundle=ca.pem'], env: { AWS_CA_BUNDLE: 'gone.pem' } },
  { name: 'a bundle of others', lines: ['custom_ca_bundle=other.pem'], isUnreachable: true },
  { name: 'a bundle of the environment, where that of the backend is empty', lines: ['custom_ca_bundle='] },

  { name: 'a retry mode of the AWS CLI', env: { AWS_RETRY_MODE: 'legacy' } },
  { name: 'a retry mode that does not exist', lines: ['retry_mode=never'] },
  {
    name: 'a retry mode of the profile that does not exist',
    files: shared('[default]\nretry_mode = never\n'),
  },
  { name: 'the adaptive retry mode', lines: ['retry_mode=adaptive'] },

  { name: 'a proxy of the backend', lines: ['https_proxy=PROXY'], env: { HTTPS_PROXY: NOWHERE } },
  { name: 'a proxy that the backend does not want', lines: ['https_proxy='], isUnreachable: true },
  {
    name: 'a proxy that the backend does not want for S3',
    lines: ['no_proxy=.amazonaws.com'],
    isUnreachable: true,
  },
  {
    name: 'a proxy of the backend for http://',
    lines: ['http_proxy=PROXY'],
    env: { HTTPS_PROXY: '' },
    as: 'terraform',
  },
  {
    name: 'a proxy of the environment for http://',
    env: { HTTPS_PROXY: '', HTTP_PROXY: 'PROXY' },
    isUnreachable: true,
  },
];
