import { describe, expect, test } from '@jest/globals';
import type { Backup } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';

test('without anything, snapshots before and after are kept beside the state', () => {
  expect(settingsOf().backup).toEqual({
    phases: ['before', 'after'],
    bucket: 'states',
    prefix: 'lockkeeper/',
    region: 'us-east-1',
  });
});

test.each([
  ['both', ['before', 'after']],
  ['before', ['before']],
  ['after', ['after']],
  ['none', []],
])('backup: %s takes the snapshots %j', (backup, phases) =>
  expect(settingsOf({ backup }).backup.phases).toEqual(phases),
);

describe('where snapshots go', () => {
  const state = { endpoint: 'https://s3.example.com', encrypt: 'true', kms_key_id: 'alias/state' };
  test.each<[Record<string, string>, Partial<Backup>]>([
    [state, { s3Endpoint: 'https://s3.example.com', kmsKeyId: 'alias/state' }],
    [{ ...state, backup_kms_key_id: 'alias/backup' }, { kmsKeyId: 'alias/backup' }],
    [{ ...state, backup_endpoint: 'https://other.example.com' }, { s3Endpoint: 'https://other.example.com' }],
    [
      { backup_bucket: 'snapshots', backup_region: 'eu-west-1' },
      { bucket: 'snapshots', region: 'eu-west-1' },
    ],
    [{ backup_prefix: 'a/b' }, { prefix: 'a/b/' }],
    [{ backup_prefix: '' }, { prefix: 'lockkeeper/' }],
  ])('%j leads to %j', (values, fields) => expect(settingsOf(values).backup).toMatchObject(fields));

  test('an endpoint of the environment holds for snapshots too', () => {
    const { backup } = settingsOf({}, { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' });
    expect(backup.s3Endpoint).toBe('http://127.0.0.1:9000');
  });

  test('a KMS key that is not used for the state is not used for snapshots', () => {
    expect(settingsOf({ encrypt: 'false', kms_key_id: 'alias/state' }).backup.kmsKeyId).toBeUndefined();
  });
});

describe('a backup that cannot be is refused, with the reason', () => {
  test.each<[Record<string, string>, string]>([
    [{ backup: 'all' }, 'Input "backup" must be both, before, after or none; got "all".'],
    [
      { backup_bucket: 'snapshots/here' },
      `Input "backup_bucket" must be the bucket's name alone, "snapshots"; got "snapshots/here".`,
    ],
    [{ backup_prefix: '/x' }, 'Input "backup_prefix" must be a path that does not start with "/"; got "/x".'],
    [{ backup_region: 'a b' }, 'Input "backup_region" must be a region such as us-east-1; got "a b".'],
    [
      { backup_endpoint: 'x' },
      'Input "backup_endpoint" must be a URL such as https://s3.example.com; got "x".',
    ],
    [
      { backup_kms_key_id: 'x' },
      'Input "backup_kms_key_id" must be the ID, alias or ARN of a KMS key, such as alias/terraform; got "x".',
    ],
  ])('%j', (values, problem) => expect(problemsOf(values)).toEqual([problem]));
});
