import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lock } from '../../src/lock/lock.js';
import { dynamodbLock } from '../../src/stores/dynamodb/lock-item.js';
import { s3Lock } from '../../src/stores/s3/lockfile.js';
import { dynamodbConnection, newClients, s3Connection, testIdentity } from '../../testing/connections.js';
import { type FaultProxy, startFaultProxy } from '../../testing/fault-proxy.js';
import { answerInstead, dynamodbError, s3Error } from '../../testing/faults.js';
import { BUCKET, LOCK_PATH, STATE_PATH } from '../../testing/test-data.js';

const MISSING = {
  lockfile: s3Error(404, 'NoSuchBucket'),
  dynamodb: dynamodbError('ResourceNotFoundException', 'Requested resource not found'),
};

const clients = newClients();
let proxy: FaultProxy;

beforeAll(async () => {
  // Nothing listens there: every request is answered by the proxy.
  proxy = await startFaultProxy('http://127.0.0.1:9');
});

afterAll(async () => {
  clients.destroy();
  await proxy.close();
});

afterEach(() => {
  proxy.clearRules();
});

async function lockOf(kind: keyof typeof MISSING, isAnother: () => boolean): Promise<Lock> {
  const differences = { maxAttempts: 1, identity: { ...testIdentity, isAnother } };
  if (kind === 'dynamodb') {
    const dynamodb = await clients.dynamodb(dynamodbConnection(proxy.endpoint, differences));
    return dynamodbLock(dynamodb, 'locks', LOCK_PATH);
  }
  return s3Lock(await clients.s3(s3Connection(proxy.endpoint, differences)), {
    bucket: BUCKET,
    key: `${STATE_PATH}.tflock`,
    path: LOCK_PATH,
    encryption: { kind: 'bucket-default' },
    conditionalWrites: 'known',
  });
}

describe.each(['lockfile', 'dynamodb'] as const)('a place of locks that is not there (%s)', (kind) => {
  test('holds none, for the credentials that took the lock', async () => {
    proxy.addRule({ match: () => true, action: answerInstead(MISSING[kind]) });
    expect(await (await lockOf(kind, () => false)).read()).toBeUndefined();
  });

  test('is out of sight, for any others: the lock may be there all the same', async () => {
    proxy.addRule({ match: () => true, action: answerInstead(MISSING[kind]) });
    const reading = (await lockOf(kind, () => true)).read();
    await expect(reading).rejects.toHaveProperty('problem.kind', expect.stringMatching(/^no-such-/));
  });
});
