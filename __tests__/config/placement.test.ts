import { describe, expect, test } from '@jest/globals';
import { problemsOf } from './environment.js';

describe('snapshots and states must not lie in each other', () => {
  const apart = (listed: string, prefix: string, workspaces: string) =>
    'Inputs "backup_prefix" and "workspace_key_prefix" must not lie one in the other, because Terraform ' +
    `looks for workspaces in all of "${listed}"; got "${prefix}" and "${workspaces}".`;

  test.each<[Record<string, string>, string]>([
    [{ backup_prefix: 'env:' }, apart('env:/', 'env:/', 'env:')],
    [{ backup_prefix: 'env:/snapshots' }, apart('env:/', 'env:/snapshots/', 'env:')],
    [{ workspace_key_prefix: 'lockkeeper' }, apart('lockkeeper/', 'lockkeeper/', 'lockkeeper')],
    [
      { workspace_key_prefix: 'lockkeeper/states' },
      apart('lockkeeper/states/', 'lockkeeper/', 'lockkeeper/states'),
    ],
    [
      { workspace_key_prefix: 'lockkeeper/ws', workspace: 'prod' },
      apart('lockkeeper/ws/', 'lockkeeper/', 'lockkeeper/ws'),
    ],
    [
      {
        backup_prefix: 'env:/x',
        endpoint: 'https://s3.example.com',
        backup_endpoint: 'https://S3.example.com/',
      },
      apart('env:/', 'env:/x/', 'env:'),
    ],
    [
      { backup_prefix: 'network' },
      'Input "backup_prefix" must be a place for snapshots only; ' +
        'got "network/", where the state "network/terraform.tfstate" lies.',
    ],
    [
      { key: 'lockkeeper/states/a' },
      'Input "backup_prefix" must be a place for snapshots only; ' +
        'got "lockkeeper/", where the state "lockkeeper/states/a" lies.',
    ],
  ])('%j is refused, unless there are no snapshots or they are elsewhere', (values, problem) => {
    expect(problemsOf(values)).toEqual([problem]);
    expect(problemsOf({ ...values, backup: 'none' })).toEqual([]);
    expect(problemsOf({ ...values, backup_bucket: 'snapshots' })).toEqual([]);
    expect(problemsOf({ ...values, backup_endpoint: 'https://elsewhere.example.com' })).toEqual([]);
  });

  test.each<[Record<string, string>]>([
    [{ backup_prefix: 'env:x' }],
    [{ backup_prefix: 'env' }],
    [{ backup_prefix: 'net' }],
    [{ key: 'lockkeeper' }],
    [{ workspace_key_prefix: 'lockkeeperish' }],
  ])('%j keeps them apart', (values) => expect(problemsOf(values)).toEqual([]));
});

describe('no key is longer than S3 allows', () => {
  const tooLong = (what: string, bytes: number, shorten: string) =>
    `${what} must not be longer than 1024 bytes, the most that S3 allows; got ${bytes}. Shorten ${shorten}.`;
  const none = { backup: 'none' };
  // lockkeeper/states/<key>/<name of 66 bytes, the longest of any kind>
  const ofSnapshot = 'lockkeeper/states/'.length + 1 + 66;

  test.each<[string, Record<string, string>]>([
    ['a state path', { key: 'x'.repeat(1024), ...none }],
    ['one locked in DynamoDB', { key: 'x'.repeat(1024), ...none, dynamodb_table: 'locks' }],
    ['one with a lock object', { key: 'x'.repeat(1017), ...none, use_lockfile: 'true' }],
    ['one with a snapshot', { key: 'x'.repeat(1024 - ofSnapshot) }],
  ])('%s may have 1024 bytes', (_, values) => expect(problemsOf(values)).toEqual([]));

  test.each<[Record<string, string>, string]>([
    [{ key: 'ä'.repeat(513), ...none }, tooLong('The state path', 1026, '"key"')],
    [{ key: 'x'.repeat(1015), workspace: 'prod', ...none }, tooLong('The state path', 1025, '"key"')],
    [
      { key: 'x'.repeat(1018), use_lockfile: 'true', ...none },
      tooLong("The lock object's key", 1025, '"key"'),
    ],
    [
      {
        key: 'x'.repeat(1007),
        use_lockfile: 'true',
        dynamodb_table: 'locks',
        lock_scope: 'pipeline',
        ...none,
      },
      tooLong("The lock object's key", 1025, '"key"'),
    ],
    [
      { key: 'x'.repeat(1025 - ofSnapshot), backup_bucket: 'much-longer-than-the-other' },
      tooLong("A snapshot's key", 1025, '"key" or "backup_prefix"'),
    ],
  ])('%j is refused', (values, problem) => expect(problemsOf(values)).toEqual([problem]));
});
