import { describe, expect, test } from '@jest/globals';
import { actionDefault, inputsOf } from '../../src/config/attributes.js';
import { ConfigError } from '../../src/config/config-error.js';
import { parseBackupSettings } from '../../src/config/inputs.js';
import { secretsOf } from '../../src/config/secrets.js';
import { CREDENTIALS } from '../../testing/test-data.js';
import { inputs } from './environment.js';

const ROLE = 'arn:aws:iam::123456789012:role/keeper';
const KEYS = { backup_access_key: 'AKIAKEEPER', backup_secret_key: 'of-the-keeper' };

const settingsOf = (values: Record<string, string>, env: Record<string, string> = {}) =>
  parseBackupSettings(
    { ...inputs({ bucket: 'states', region: 'eu-central-1', ...values }), ...env },
    { homeDir: '/home/octocat' },
  );
const problemsOf = (values: Record<string, string>) => {
  try {
    settingsOf(values);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('a run', () => {
  test('is of all states, 32 at once, and removes nothing, where nothing is said', () => {
    const { run, retention, backup } = settingsOf({});
    expect(run).toEqual({ dryRun: false, concurrency: 32 });
    expect(retention).toBeUndefined();
    expect(backup).toEqual({ bucket: 'states', prefix: 'lockkeeper/', region: 'eu-central-1' });
  });
  test('has what is said', () => {
    const url = 'https://hc.example.com/ping/1234?a=b';
    const said = {
      max_age: '1d12h',
      heartbeat_url: url,
      dry_run: 'true',
      concurrency: '64',
      keep_daily: '7',
    };
    expect(settingsOf(said)).toMatchObject({
      run: { dryRun: true, concurrency: 64, maxAgeMs: 36 * 3_600_000, heartbeatUrl: url },
      retention: { rules: [{ kind: 'count', per: 'day', count: 7 }], dryRun: false },
    });
  });
  test.each([
    ['max_age', '10', 'minutes, hours and days, such as 90m, 26h or 7d'],
    ['max_age', '0h', 'minutes, hours and days'],
    ['max_age', '3651d', 'minutes, hours and days, such as 90m, 26h or 7d, and at most 3650d'],
    [
      'heartbeat_url',
      'ftp://monitor',
      'a web address that begins with https:// or http://; got 13 characters',
    ],
    ['heartbeat_url', 'https://', 'a web address'],
    ['concurrency', '0', 'a whole number from 1 to 64'],
    ['concurrency', '65', 'a whole number from 1 to 64'],
    ['dry_run', 'yes', 'true or false'],
  ])('%s may not be %j', (name, text, expected) => {
    expect(problemsOf({ [name]: text })).toEqual([
      expect.stringContaining(`Input "${name}" must be ${expected}`),
    ]);
  });
  test('prune_dry_run without rules is told, as in the root action', () => {
    expect(problemsOf({ prune_dry_run: 'true' })).toEqual([expect.stringContaining('"prune_dry_run" needs')]);
  });
});

describe('who asks for the snapshots', () => {
  const signerOf = (values: Record<string, string>) =>
    settingsOf(values, { GITHUB_RUN_ID: '4711' }).backup.signer;

  test('is a role, in a session of the run', () => {
    expect(signerOf({ backup_role_arn: ROLE })).toEqual({
      kind: 'role',
      role: { arn: ROLE, sessionName: 'lockkeeper-4711', durationSeconds: 900 },
    });
  });
  test('is a key pair, which is secret', () => {
    const settings = settingsOf({ ...KEYS, backup_token: 'a-token' });
    const texts = ['AKIAKEEPER', 'of-the-keeper', 'a-token'];
    expect(settings.backup.signer).toEqual({
      ...{ kind: 'keys', accessKeyId: texts[0], secretAccessKey: texts[1], sessionToken: texts[2] },
    });
    expect(secretsOf({ credentials: CREDENTIALS, settings })).toEqual(expect.arrayContaining(texts));
  });
  test('is not both, and a key is not half', () => {
    expect(problemsOf({ ...KEYS, backup_role_arn: ROLE })).toEqual([
      expect.stringContaining('"backup_role_arn" and "backup_access_key" must not both be given'),
    ]);
    expect(problemsOf({ backup_access_key: 'AKIAKEEPER' })).toEqual([
      'Input "backup_secret_key" is required with "backup_access_key".',
    ]);
    expect(problemsOf({ backup_token: 't' })).toHaveLength(2);
    expect(problemsOf({ backup_role_arn: 'keeper' })).toEqual([
      expect.stringContaining('the ARN of an IAM role'),
    ]);
  });
});

describe('how snapshots are written', () => {
  test('is as it is said', () => {
    const said = {
      ...{
        backup_object_lock_mode: 'compliance',
        backup_retain_days: '90',
        backup_storage_class: 'GLACIER_IR',
      },
      backup_tags: 'team=net ops\n\n  env=prod=1\nempty=',
    };
    expect(settingsOf(said).backup).toMatchObject({
      objectLock: { mode: 'COMPLIANCE', retainDays: 90 },
      storageClass: 'GLACIER_IR',
      tags: { team: 'net ops', env: 'prod=1', empty: '' },
    });
  });
  test('a lock has both its mode and its days', () => {
    expect(problemsOf({ backup_retain_days: '9' })).toEqual([
      'Input "backup_object_lock_mode" is required with "backup_retain_days".',
    ]);
    expect(problemsOf({ backup_object_lock_mode: 'governance' })).toEqual([
      'Input "backup_retain_days" is required with "backup_object_lock_mode".',
    ]);
  });
  test.each([
    ['backup_tags', 'team', 'lines of "name=value"'],
    ['backup_tags', '=x', 'lines of "name=value"'],
    ['backup_tags', 'aws:x=1', 'lines of "name=value"'],
    ['backup_tags', 'a=ü;', 'lines of "name=value"'],
    ['backup_tags', 'a=1\na=2', 'lines that each have another name'],
    ['backup_tags', Array.from({ length: 11 }, (_, n) => `t${n}=1`).join('\n'), 'at most 10 lines'],
    ['backup_storage_class', 'DEEP_ARCHIVE', 'STANDARD, '],
  ])('%s may not be %j', (name, text, expected) => {
    expect(problemsOf({ [name]: text })).toEqual([
      expect.stringContaining(`Input "${name}" must be ${expected}`),
    ]);
  });
  test.each(['0', '36501', 'ten'])('for %s days nothing is locked', (backup_retain_days) => {
    const said = { backup_object_lock_mode: 'governance', backup_retain_days };
    expect(problemsOf(said)).toEqual([expect.stringContaining('a number of days, from 1 to 36500')]);
  });
});

test('the defaults of action.yml are what holds where nothing is said', () => {
  const defaults = Object.entries(inputsOf('backup')).map(([name, row]) => [name, actionDefault(row) ?? '']);
  expect(settingsOf({ ...Object.fromEntries(defaults), bucket: 'states', region: 'eu-central-1' })).toEqual(
    settingsOf({}),
  );
});
