import {
  DeleteObjectsCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { removeObjects } from '../../../src/stores/s3/snapshot-removal.js';
import { newClients, s3Connection } from '../../../testing/connections.js';
import { s3Refusal } from '../../../testing/s3-answers.js';
import { startS3Double } from '../../../testing/s3-double/index.js';

const PLACE = { bucket: 'backups', prefix: 'p/' };
const NOW = Date.parse('2026-11-22T12:00:00Z');
const LOCKED = { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } } as const;

const s3 = await connectS3(s3Connection('http://127.0.0.1:1', { maxAttempts: 1 }));
const mock = mockClient(s3.client);

beforeEach(() => {
  mock.reset();
  mock.on(GetObjectLockConfigurationCommand).resolves({});
  mock.on(DeleteObjectsCommand).resolves({});
});

const remove = (keys: readonly string[]) => removeObjects(s3, PLACE, keys, { now: NOW });
const deleted = () =>
  mock
    .commandCalls(DeleteObjectsCommand)
    .map(({ args: [{ input }] }) => input.Delete?.Objects?.map(({ Key }) => Key));

test('a thousand are deleted by one request', async () => {
  const keys = Array.from({ length: 2001 }, (_, number) => `p/${number}`);
  expect(await remove(keys)).toHaveLength(2001);
  expect(deleted()).toEqual([keys.slice(0, 1000), keys.slice(1000, 2000), keys.slice(2000)]);
});

test('what the answer names is still there, and why; a refusal without a word is one too', async () => {
  const Errors = [{ Key: 'p/2', Code: 'AccessDenied', Message: 'No.' }, { Key: 'p/3' }];
  mock.on(DeleteObjectsCommand).resolves({ Errors });
  expect(await remove(['p/1', 'p/2', 'p/3'])).toMatchObject([
    { kind: 'removed', key: 'p/1' },
    {
      kind: 'refused',
      key: 'p/2',
      error: {
        problem: {
          kind: 'access-denied',
          action: 's3:DeleteObject',
          resource: 'arn:aws:s3:::backups/p/*',
          detail: 'No.',
        },
      },
    },
    { kind: 'refused', key: 'p/3', error: { problem: { kind: 'unexpected' } } },
  ]);
});

describe('a store without Object Lock is asked no more about it', () => {
  test.each([
    ['that says so', s3Refusal(404, 'ObjectLockConfigurationNotFoundError')],
    ['that does not know it', s3Refusal(501, 'NotImplemented')],
  ])('%s', async (_, refusal) => {
    mock.on(GetObjectLockConfigurationCommand).rejects(refusal);
    expect(await remove(['p/1'])).toEqual([{ kind: 'removed', key: 'p/1' }]);
    expect(mock.commandCalls(GetObjectRetentionCommand)).toEqual([]);
  });
});

test.each(['GetObjectLockConfigurationCommand', 'GetObjectRetentionCommand', 'GetObjectLegalHoldCommand'])(
  'nothing is deleted where %s is denied',
  async (name) => {
    mock.on(GetObjectLockConfigurationCommand).resolves(LOCKED);
    mock.on(GetObjectRetentionCommand).resolves({});
    mock.on(GetObjectLegalHoldCommand).resolves({});
    const commands = {
      GetObjectLockConfigurationCommand,
      GetObjectRetentionCommand,
      GetObjectLegalHoldCommand,
    };
    mock.on(commands[name as keyof typeof commands] as never).rejects(s3Refusal(403, 'AccessDenied'));
    await expect(remove(['p/1'])).rejects.toMatchObject({ problem: { kind: 'access-denied' } });
    expect(deleted()).toEqual([]);
  },
);

test('with Object Lock, what has no lock, an ended one, a lifted one, or is gone, is deleted', async () => {
  mock.on(GetObjectLockConfigurationCommand).resolves(LOCKED);
  mock.on(GetObjectRetentionCommand).rejects(s3Refusal(404, 'NoSuchObjectLockConfiguration'));
  mock.on(GetObjectLegalHoldCommand).rejects(s3Refusal(404, 'NoSuchObjectLockConfiguration'));
  const until = (ms: number) => ({ Retention: { RetainUntilDate: new Date(NOW + ms) } });
  mock.on(GetObjectRetentionCommand, { Key: 'p/ended' }).resolves(until(0));
  mock.on(GetObjectRetentionCommand, { Key: 'p/locked' }).resolves(until(1));
  mock.on(GetObjectLegalHoldCommand, { Key: 'p/lifted' }).resolves({ LegalHold: { Status: 'OFF' } });
  mock.on(GetObjectRetentionCommand, { Key: 'p/gone' }).rejects(s3Refusal(404, 'NoSuchKey'));
  mock.on(GetObjectLegalHoldCommand, { Key: 'p/gone' }).rejects(s3Refusal(404, 'NoSuchKey'));
  const free = ['p/free', 'p/ended', 'p/lifted', 'p/gone'];
  expect(await remove(['p/locked', ...free])).toEqual([
    { kind: 'locked', key: 'p/locked', until: NOW + 1 },
    ...free.map((key) => ({ kind: 'removed', key })),
  ]);
  expect(deleted()).toEqual([free]);
});

test.each([
  [true, 'its MD5'],
  [false, 'no MD5'],
])('with skip_s3_checksum: %s, the request carries %s', async (skipS3Checksum) => {
  const server = await startS3Double();
  server.createBucket(PLACE.bucket);
  server.putObject(PLACE.bucket, 'p/1', 'old');
  const clients = newClients();
  const connected = await clients.s3(s3Connection(server.endpoint, { skipS3Checksum }));
  await removeObjects(connected, PLACE, ['p/1'], { now: NOW });
  const { headers } = server.requests.at(-1) ?? {};
  expect(headers?.['content-md5']).toEqual(
    skipS3Checksum ? expect.stringMatching(/^[\w+/]{22}==$/) : undefined,
  );
  expect(server.listKeys(PLACE.bucket)).toEqual([]);
  clients.destroy();
  await server.close();
});
