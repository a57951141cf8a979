import { expect, test } from '@jest/globals';
import { settingsLines } from '../../../../src/commands/hold/summary/settings-lines.js';
import type { Settings } from '../../../../src/config/settings.js';
import { CREDENTIALS, testSettings } from '../../../../testing/test-data.js';

const STATE = 'State: s3://states/network/terraform.tfstate in eu-central-1';
const LOCK = 'Lock: DynamoDB table locks, scope state, lock_timeout 10m';
const SNAPSHOTS = 'Snapshots: before and after, to s3://states/lockkeeper/';

test.each<[string, Parameters<typeof testSettings>[0], readonly string[]]>([
  ['the least', {}, [STATE, LOCK, SNAPSHOTS]],
  [
    'another store',
    { backend: { s3Endpoint: 'http://minio:9000' } },
    [`${STATE} at http://minio:9000`, LOCK, SNAPSHOTS],
  ],
  [
    'a lockfile, for a pipeline',
    { locking: { lock: { kind: 'lockfile' }, scope: { kind: 'pipeline' }, timeoutMs: 90_000 } },
    [STATE, 'Lock: lockfile, scope pipeline, lock_timeout 1m 30s', SNAPSHOTS],
  ],
  ['no wait', { locking: { timeoutMs: 0 } }, [STATE, LOCK.replace('10m', '0s'), SNAPSHOTS]],
  [
    'both locks',
    { locking: { lock: { kind: 'both', table: 'locks' } } },
    [STATE, 'Lock: lockfile and DynamoDB table locks, scope state, lock_timeout 10m', SNAPSHOTS],
  ],
  [
    'no lock',
    { locking: { lock: { kind: 'none' } } },
    [STATE, 'Lock: none, scope state, lock_timeout 10m', SNAPSHOTS],
  ],
  ['no snapshots', { backup: { phases: [] } }, [STATE, LOCK, 'Snapshots: none']],
  [
    'snapshots elsewhere',
    { backup: { phases: ['after'], bucket: 'backups', prefix: 'tf/' } },
    [STATE, LOCK, 'Snapshots: after, to s3://backups/tf/'],
  ],
])('what a run was asked to do: %s', (_, differences, lines) => {
  expect(settingsLines(testSettings(differences))).toEqual(lines);
});

test('no key of any kind is in it', () => {
  const secret: Settings = testSettings({
    backend: { encryption: { kind: 'customer-key', keyBase64: 'the customer key' } },
    credentials: { kind: 'keys', ...CREDENTIALS, sessionToken: 'the token' },
  });
  const text = settingsLines(secret).join('\n');
  for (const word of [
    'the customer key',
    'the token',
    CREDENTIALS.accessKeyId,
    CREDENTIALS.secretAccessKey,
  ]) {
    expect(text).not.toContain(word);
  }
});
