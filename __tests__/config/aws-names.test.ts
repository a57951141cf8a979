import { describe, expect, test } from '@jest/globals';
import {
  bucketName,
  cannedAcl,
  customerKey,
  kmsKeyId,
  objectTags,
  regionName,
  tableName,
} from '../../src/config/aws-names.js';
import type { Format } from '../../src/config/formats.js';

const UUID = '1234abcd-12ab-34cd-96ef-1234567890ab';
const MRK = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const ARN = 'arn:aws:kms:us-east-1:111122223333';

interface Case {
  readonly name: string;
  readonly format: Format<string>;
  readonly good: readonly string[];
  readonly bad: readonly string[];
  readonly expected: string;
}

const CASES: readonly Case[] = [
  {
    name: 'bucketName',
    format: bucketName,
    good: ['states', 'my.states-1', 'Legacy_Bucket', '123', 'x'.repeat(255), 'ap-abc-s3alias'],
    bad: [
      'ab',
      '-states',
      '.states',
      'my states',
      'x'.repeat(256),
      'https://states.s3.amazonaws.com',
      's3://',
    ],
    expected: "a bucket's name, of 3 or more letters, digits and . - _",
  },
  {
    name: 'regionName',
    format: regionName,
    good: ['us-east-1', 'us-gov-west-1', 'auto', 'RegionOne', 'x', 'x'.repeat(63)],
    bad: ['us east', 'us_east_1', '-us', 'us-', 'https://us-east-1', '*', 'x'.repeat(64)],
    expected: 'a region such as us-east-1',
  },
  {
    name: 'cannedAcl',
    format: cannedAcl,
    good: [
      'private',
      'public-read',
      'public-read-write',
      'authenticated-read',
      'aws-exec-read',
      'bucket-owner-read',
      'bucket-owner-full-control',
      'log-delivery-write',
    ],
    bad: ['Private', 'bucket-owner'],
    expected:
      'private, public-read, public-read-write, authenticated-read, aws-exec-read, bucket-owner-read, ' +
      'bucket-owner-full-control or log-delivery-write',
  },
  {
    name: 'tableName',
    format: tableName,
    good: [
      'abc',
      'Terraform_locks.v-2',
      'x'.repeat(255),
      'arn:aws:dynamodb:us-east-1:111122223333:table/locks',
    ],
    bad: ['ab', 'x'.repeat(256), 'my locks', 'table/locks', 'arn:aws:s3:::locks'],
    expected: "a DynamoDB table's name or ARN",
  },
  {
    name: 'kmsKeyId',
    format: kmsKeyId,
    good: [
      UUID,
      MRK,
      'alias/terraform/state_key-1',
      `${ARN}:key/${UUID}`,
      `${ARN}:key/${MRK}`,
      `${ARN}:alias/terraform`,
      `arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/${UUID}`,
    ],
    bad: [
      'terraform',
      'alias/',
      'alias/with space',
      'ALIAS/x',
      UUID.toUpperCase(),
      `${UUID}0`,
      `x${MRK}`,
      'xalias/terraform',
      `${ARN}:${UUID}`,
      `${ARN}:key/${UUID}/x`,
      'arn:aws:kms:terraform',
      `arn:aws:iam:us-east-1:111122223333:key/${UUID}`,
    ],
    expected: 'the ID, alias or ARN of a KMS key, such as alias/terraform',
  },
  {
    name: 'customerKey',
    format: customerKey,
    good: [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 255).toString('base64')],
    bad: [
      Buffer.alloc(31, 1).toString('base64'),
      Buffer.alloc(33, 1).toString('base64'),
      Buffer.alloc(16, 1).toString('base64'),
      Buffer.alloc(32, 255).toString('base64url'),
      `${'A'.repeat(42)}-=`,
    ],
    expected: '32 bytes in base64, which are 44 characters',
  },
];

describe.each(CASES)('$name', ({ format, good, bad, expected }) => {
  test.each(good)('takes %s', (text) => expect(format(text)).toEqual({ value: text }));
  test.each(bad)('refuses %s', (text) => expect(format(text)).toEqual({ expected }));
});

describe('bucketName names the bucket that was meant', () => {
  test.each([
    ['s3://states', 'states'],
    ['s3://states/network/terraform.tfstate', 'states'],
    ['states/network/terraform.tfstate', 'states'],
    ['states/', 'states'],
    ['arn:aws:s3:::states', 'states'],
    ['arn:aws-cn:s3:::states/key', 'states'],
  ])('in %s', (text, bucket) =>
    expect(bucketName(text)).toEqual({ expected: `the bucket's name alone, "${bucket}"` }),
  );

  test('and says that an access point will not do', () =>
    expect(bucketName('arn:aws:s3:us-west-2:111122223333:accesspoint/states')).toEqual({
      expected: "a bucket's name, because access point ARNs are not supported",
    }));
});

describe('objectTags', () => {
  const ten = Object.fromEntries([...'0123456789'].map((digit) => [digit, digit]));
  test.each([{}, { team: 'net', note: '' }, { ['k'.repeat(128)]: 'v'.repeat(256) }, ten])(
    'takes %j',
    (tags) => expect(objectTags(JSON.stringify(tags))).toEqual({ value: tags }),
  );

  test.each([
    [
      { ...ten, more: '' },
      { expected: 'at most 10 tags', got: '11' },
    ],
    [{ '': 'x' }, { got: '""' }],
    [{ ['k'.repeat(129)]: 'x' }, { expected: expect.stringContaining('1 to 128 characters') }],
    [{ k: 'v'.repeat(257) }, { expected: expect.stringContaining('up to 256'), got: '"k"' }],
    [['a'], { expected: 'a map of texts, such as {"a": "b"}' }],
  ])('refuses %j', (tags, refusal) => expect(objectTags(JSON.stringify(tags))).toMatchObject(refusal));
});
