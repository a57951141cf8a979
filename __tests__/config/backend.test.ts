import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import type { Backend } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';

test('the required inputs are enough', () => {
  expect(settingsOf().backend).toEqual({
    bucket: 'states',
    statePath: 'network/terraform.tfstate',
    workspace: 'default',
    region: 'us-east-1',
    usePathStyle: false,
    maxAttempts: 5,
    skipS3Checksum: false,
    encryption: { kind: 'bucket-default' },
  });
});

describe('the backend is read from inputs and environment as Terraform reads it', () => {
  const s3 = 'https://s3.example.com';
  test.each<[Record<string, string>, Environment, Partial<Backend>]>([
    [{ region: ' us-east-1\n' }, {}, { region: 'us-east-1' }],
    [{ region: 'eu-west-1' }, { AWS_REGION: 'us-east-2' }, { region: 'eu-west-1' }],
    [{ region: '' }, { AWS_REGION: 'us-east-2', AWS_DEFAULT_REGION: 'us-west-1' }, { region: 'us-east-2' }],
    [{ region: '' }, { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-west-1' }, { region: 'us-west-1' }],
    [{ endpoint: s3 }, { AWS_ENDPOINT_URL_S3: 'https://x' }, { s3Endpoint: s3 }],
    [{}, { AWS_ENDPOINT_URL_S3: s3, AWS_S3_ENDPOINT: 'https://x' }, { s3Endpoint: s3 }],
    [{}, { AWS_S3_ENDPOINT: s3 }, { s3Endpoint: s3 }],
    [{ dynamodb_endpoint: s3 }, { AWS_ENDPOINT_URL_DYNAMODB: 'https://x' }, { dynamodbEndpoint: s3 }],
    [{}, { AWS_ENDPOINT_URL_DYNAMODB: s3, AWS_DYNAMODB_ENDPOINT: 'https://x' }, { dynamodbEndpoint: s3 }],
    [{}, { AWS_DYNAMODB_ENDPOINT: s3 }, { dynamodbEndpoint: s3 }],
    [{ acl: 'bucket-owner-full-control' }, {}, { acl: 'bucket-owner-full-control' }],
    [{ use_path_style: 'true' }, {}, { usePathStyle: true }],
    [{ lock_tags: '{"team":"net","x":""}' }, {}, { lockTags: { team: 'net', x: '' } }],
    [{ skip_s3_checksum: 'True' }, {}, { skipS3Checksum: true }],
    [{ max_retries: '1' }, {}, { maxAttempts: 1 }],
    [{ max_retries: '0' }, {}, { maxAttempts: 3 }],
    [{ workspace: 'prod' }, {}, { workspace: 'prod', statePath: 'env:/prod/network/terraform.tfstate' }],
    [{ workspace: 'default' }, { TF_WORKSPACE: 'prod' }, { workspace: 'default' }],
    [{ workspace: '' }, { TF_WORKSPACE: 'prod' }, { workspace: 'prod' }],
    [
      { workspace: 'prod', workspace_key_prefix: 'ws' },
      {},
      { statePath: 'ws/prod/network/terraform.tfstate' },
    ],
    [
      { workspace: 'prod', workspace_key_prefix: '' },
      {},
      { statePath: 'env:/prod/network/terraform.tfstate' },
    ],
    [{ workspace_key_prefix: 'ws' }, {}, { workspace: 'default', statePath: 'network/terraform.tfstate' }],
  ])('%j, %j', (values, variables, fields) => {
    expect(settingsOf(values, variables).backend).toMatchObject(fields);
  });
});

describe('white space around a name of the backend is refused, for Terraform would not leave it off', () => {
  test.each<[string, string, Environment, Record<string, string>]>([
    ['Input "bucket"', 'states ', {}, { bucket: 'states ' }],
    ['Input "key"', ' network/terraform.tfstate', {}, { key: ' network/terraform.tfstate' }],
    ['Input "key"', 'network/terraform.tfstate\n', {}, { key: 'network/terraform.tfstate\n' }],
    ['Input "workspace"', 'prod ', {}, { workspace: 'prod ' }],
    ['Environment variable "TF_WORKSPACE"', 'prod ', { TF_WORKSPACE: 'prod ' }, {}],
    ['Input "workspace_key_prefix"', 'ws ', {}, { workspace_key_prefix: 'ws ' }],
    ['Input "dynamodb_table"', '\tlocks', {}, { dynamodb_table: '\tlocks' }],
    ['Input "backup_bucket"', 'copies\n', {}, { backup_bucket: 'copies\n' }],
    ['Input "backup_prefix"', 'copies/ ', {}, { backup_prefix: 'copies/ ' }],
  ])('%s is %j', (place, text, variables, values) => {
    const [problem, ...others] = problemsOf(values, variables);
    expect(problem).toMatch(`${place} must be without white space at its beginning and end (`);
    expect(problem).toMatch(`got ${JSON.stringify(text)}.`);
    expect(others).toEqual([]);
  });
});

describe('a backend that cannot be is refused, with the reason', () => {
  test.each<[Record<string, string>, Environment, string]>([
    [{ bucket: '' }, {}, 'Input "bucket" is required.'],
    [{ key: '' }, {}, 'Input "key" is required.'],
    [
      { region: '' },
      {},
      'Input "region" is required, or the environment variable AWS_REGION or AWS_DEFAULT_REGION.',
    ],
    [
      { region: '', endpoint: 'https://s3.example.com' },
      {},
      'Input "region" is required, or the environment variable AWS_REGION or AWS_DEFAULT_REGION.',
    ],
    [
      { bucket: 's3://states/x' },
      {},
      `Input "bucket" must be the bucket's name alone, "states"; got "s3://states/x".`,
    ],
    [{ region: 'us east' }, {}, 'Input "region" must be a region such as us-east-1; got "us east".'],
    [
      { region: '' },
      { AWS_DEFAULT_REGION: 'us_east_1' },
      'Environment variable "AWS_DEFAULT_REGION" must be a region such as us-east-1; got "us_east_1".',
    ],
    [
      { endpoint: 's3.example.com' },
      {},
      'Input "endpoint" must be a URL such as https://s3.example.com; got "s3.example.com".',
    ],
    [
      {},
      { AWS_S3_ENDPOINT: 'https://me:pass@host' },
      'Environment variable "AWS_S3_ENDPOINT" must be a URL without a user name and a password; got "https://***@host".',
    ],
    [
      { dynamodb_endpoint: 'host' },
      {},
      'Input "dynamodb_endpoint" must be a URL such as https://s3.example.com; got "host".',
    ],
    [
      { acl: 'everyone' },
      {},
      'Input "acl" must be private, public-read, public-read-write, authenticated-read, aws-exec-read, ' +
        'bucket-owner-read, bucket-owner-full-control or log-delivery-write; got "everyone".',
    ],
    [{ use_path_style: '1' }, {}, 'Input "use_path_style" must be true or false; got "1".'],
    [{ skip_s3_checksum: 'no' }, {}, 'Input "skip_s3_checksum" must be true or false; got "no".'],
    [{ max_retries: '-1' }, {}, 'Input "max_retries" must be a whole number, 0 or more; got "-1".'],
    [
      { workspace: 'a/b' },
      {},
      `Input "workspace" must be a workspace's name, of letters, digits and - _ . ~ $ & + : = @; got "a/b".`,
    ],
    [
      {},
      { TF_WORKSPACE: 'a b' },
      `Environment variable "TF_WORKSPACE" must be a workspace's name, of letters, digits and - _ . ~ $ & + : = @; got "a b".`,
    ],
    [
      { workspace_key_prefix: '/ws' },
      {},
      'Input "workspace_key_prefix" must be a path that does not start with "/"; got "/ws".',
    ],
  ])('%j, %j', (values, variables, problem) => {
    expect(problemsOf(values, variables)).toEqual([problem]);
  });
});
