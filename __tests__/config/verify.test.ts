import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.js';
import { parseVerifySettings } from '../../src/config/inputs.js';
import { HOME, inputs } from './environment.js';

const parsed = (values: Readonly<Record<string, string>> = {}) =>
  parseVerifySettings(inputs({ bucket: 'states', region: 'us-east-1', ...values }), { homeDir: HOME });

const problemsOf = (values: Readonly<Record<string, string>>) => {
  try {
    parsed(values);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

test('without inputs of its own, the newest of all states are read', () => {
  expect(parsed()).toMatchObject({
    keys: { included: ['**/*.tfstate'], excluded: [] },
    verification: { depth: { kind: 'newest' }, acknowledged: [], drill: false, concurrency: 32 },
  });
});

test.each([
  ['newest', { kind: 'newest' }],
  ['sample', { kind: 'sample', others: 7 }],
  ['all', { kind: 'all' }],
])('depth %s', (depth, expected) => {
  expect(parsed({ depth, sample_size: '7' }).verification.depth).toEqual(expected);
});

describe('acknowledged', () => {
  test('is lines of keys, each once, with remarks between them', () => {
    const acknowledged = '  a/b.tfstate \n\n# looked at\nlockkeeper/states/a b/x.tfstate\na/b.tfstate';
    expect(parsed({ acknowledged }).verification.acknowledged).toEqual([
      'a/b.tfstate',
      'lockkeeper/states/a b/x.tfstate',
    ]);
  });

  test.each([['/a'], ['s3://states/a'], ['a\u0007b']])('%j is no key', (acknowledged) => {
    expect(problemsOf({ acknowledged: `fine\n${acknowledged}` })).toEqual([
      expect.stringContaining('Input "acknowledged" must be lines of keys, as the findings have them'),
    ]);
  });
});

test('all that is wrong is told at once', () => {
  const wrong = { depth: 'deep', sample_size: 'x', drill: 'yes', concurrency: '65', keys: '/x' };
  expect(problemsOf(wrong)).toHaveLength(Object.keys(wrong).length);
});

describe('a drill writes below the backup prefix in the bucket of the states', () => {
  const elsewhere = { backup_bucket: 'backups', backup_prefix: 'env:/' };

  test('so the prefix may not lie among the workspaces, in whatever bucket the snapshots are', () => {
    expect(problemsOf({ ...elsewhere, drill: 'true' })).toEqual([
      expect.stringContaining(
        'Inputs "backup_prefix" and "workspace_key_prefix" must not lie one in the other',
      ),
    ]);
  });

  test('and without one, nothing is written there', () => {
    expect(problemsOf(elsewhere)).toEqual([]);
  });

  test('it is told once where all is in one bucket', () => {
    expect(problemsOf({ backup_prefix: 'env:/', drill: 'true' })).toHaveLength(1);
  });
});
