import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.js';
import { parseRestoreSettings } from '../../src/config/inputs.js';
import type { RestoreSettings } from '../../src/config/settings.js';
import { HOME, inputs } from './environment.js';

const REQUIRED = { bucket: 'states', key: 'network/terraform.tfstate', region: 'us-east-1' };

const settingsOf = (values: Readonly<Record<string, string>>): RestoreSettings =>
  parseRestoreSettings(inputs({ ...REQUIRED, ...values }), { homeDir: HOME });

function problemsOf(values: Readonly<Record<string, string>>): readonly string[] {
  try {
    settingsOf(values);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

test('what is restored, and what may come of it', () => {
  expect(settingsOf({ snapshot: 'latest' }).restore).toEqual({
    snapshot: { kind: 'latest' },
    allowLineageChange: false,
    dryRun: false,
  });
  expect(
    settingsOf({ snapshot: 'serial:42', allow_lineage_change: 'true', dry_run: 'true' }).restore,
  ).toEqual({ snapshot: { kind: 'serial', serial: 42 }, allowLineageChange: true, dryRun: true });
});

test('the lock is always that of Terraform, waited for as in the root action', () => {
  const { locking } = settingsOf({ snapshot: 'latest', dynamodb_table: 'locks', lock_scope: 'pipeline' });
  expect(locking).toEqual({
    lock: { kind: 'dynamodb', table: 'locks' },
    scope: { kind: 'state', terraformLockFlag: false },
    timeoutMs: 600_000,
  });
  expect(settingsOf({ snapshot: 'latest', lock_timeout: '90s' }).locking.timeoutMs).toBe(90_000);
});

describe('what is wrong is said at once', () => {
  test.each<[Record<string, string>, string]>([
    [{}, 'Input "snapshot" is required.'],
    [{ snapshot: 'newest' }, 'Input "snapshot" must be latest'],
    [{ snapshot: 'serial:x' }, 'Input "snapshot" must be latest'],
    [{ snapshot: 'latest', dry_run: 'yes' }, 'Input "dry_run" must be true or false; got "yes".'],
    [{ snapshot: 'latest', lock_timeout: 'ten' }, 'Input "lock_timeout" must be a duration'],
    [{ snapshot: 'latest', backup_prefix: 'env:/x' }, 'Inputs "backup_prefix" and "workspace_key_prefix"'],
    [
      { snapshot: 'latest', backup_prefix: 'network/' },
      'Input "backup_prefix" must be a place for snapshots',
    ],
    [{ snapshot: 'latest', key: `${'x'.repeat(1_000)}.tfstate` }, "A snapshot's key must not be longer"],
  ])('%j', (values, problem) => expect(problemsOf(values)).toEqual([expect.stringContaining(problem)]));
});
