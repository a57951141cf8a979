import { describe, expect, test } from '@jest/globals';
import type { Locking, LockKind } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';

const ARN = 'arn:aws:dynamodb:us-east-1:111122223333:table/locks';

test('without anything, no lock is taken and Terraform keeps its own', () => {
  expect(settingsOf().locking).toEqual({
    lock: { kind: 'none' },
    scope: { kind: 'state', terraformLockFlag: false },
    timeoutMs: 600_000,
  });
});

describe('the kind of lock follows from table and lockfile', () => {
  test.each<[Record<string, string>, LockKind]>([
    [{ dynamodb_table: 'locks' }, { kind: 'dynamodb', table: 'locks' }],
    [{ dynamodb_table: ARN }, { kind: 'dynamodb', table: ARN }],
    [{ use_lockfile: 'true' }, { kind: 'lockfile' }],
    [
      { dynamodb_table: 'locks', use_lockfile: 'true' },
      { kind: 'both', table: 'locks' },
    ],
    [{ dynamodb_table: '', use_lockfile: '' }, { kind: 'none' }],
  ])('%j', (values, lock) => expect(settingsOf(values).locking.lock).toEqual(lock));
});

describe('scope, time-out and flag are read together', () => {
  test.each<[Record<string, string>, Partial<Locking>]>([
    [{ dynamodb_table: 'locks' }, { scope: { kind: 'state', terraformLockFlag: true } }],
    [
      { use_lockfile: 'true', terraform_lock_flag: 'true' },
      { scope: { kind: 'state', terraformLockFlag: true } },
    ],
    [
      { use_lockfile: 'true', terraform_lock_flag: 'false' },
      { scope: { kind: 'state', terraformLockFlag: false } },
    ],
    [{ dynamodb_table: 'locks', lock_scope: 'pipeline' }, { scope: { kind: 'pipeline' } }],
    [{ terraform_lock_flag: 'true' }, { scope: { kind: 'state', terraformLockFlag: false } }],
    [{ lock_timeout: '0s' }, { timeoutMs: 0 }],
    [{ lock_timeout: '1h30m' }, { timeoutMs: 5_400_000 }],
    [{ lock_timeout: '' }, { timeoutMs: 600_000 }],
  ])('%j', (values, fields) => expect(settingsOf(values).locking).toMatchObject(fields));
});

describe('a lock that cannot be is refused, with the reason', () => {
  test.each<[Record<string, string>, string]>([
    [
      { dynamodb_table: 'my locks' },
      `Input "dynamodb_table" must be a DynamoDB table's name or ARN; got "my locks".`,
    ],
    [{ use_lockfile: 'y' }, 'Input "use_lockfile" must be true or false; got "y".'],
    [{ lock_scope: 'job' }, 'Input "lock_scope" must be state or pipeline; got "job".'],
    [{ lock_timeout: 'ten' }, 'Input "lock_timeout" must be a duration such as 90s or 10m; got "ten".'],
    [
      { lock_timeout: '1000h' },
      'Input "lock_timeout" must be at most 120h, the longest that a job can run; got "1000h".',
    ],
    [
      { terraform_lock_flag: 'off', lock_scope: 'pipeline' },
      'Input "terraform_lock_flag" must be true or false; got "off".',
    ],
  ])('%j', (values, problem) => expect(problemsOf(values)).toEqual([problem]));
});
