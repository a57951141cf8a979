import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Lock } from '../../../src/lock/lock.js';
import { s3Lock } from '../../../src/stores/s3/lockfile.js';
import { newClients, s3Connection } from '../../../testing/connections.js';
import { BUCKET, type Servers, STATE_PATH, startServers } from '../../../testing/environment.js';
import { answerInstead, dropBefore, s3Error } from '../../../testing/faults.js';
import { lockRecord } from '../../../testing/test-data.js';

const KEY = `${STATE_PATH}.tflock`;

const clients = newClients();
let servers: Servers;
let unproven: Lock;
let known: Lock;

beforeAll(async () => {
  servers = await startServers();
  const s3 = await clients.s3(s3Connection(servers.s3Proxy.endpoint, { maxAttempts: 3 }));
  const lockfile = {
    bucket: BUCKET,
    key: KEY,
    path: `${BUCKET}/${STATE_PATH}`,
    encryption: { kind: 'bucket-default' },
  } as const;
  unproven = s3Lock(s3, { ...lockfile, conditionalWrites: 'unproven' });
  known = s3Lock(s3, { ...lockfile, conditionalWrites: 'known' });
});

afterAll(async () => {
  clients.destroy();
  await servers.close();
});

afterEach(() => {
  servers.s3Proxy.clearRules();
  servers.s3.deleteObject(BUCKET, KEY);
});

async function acquired(lock: Lock) {
  const attempt = await lock.tryAcquire(lockRecord());
  if (!attempt.acquired) throw new Error('The lock was expected to be free.');
  servers.s3Proxy.clearRequests();
  return attempt.held;
}

/** How often such a request came, whatever became of it. */
const count = (method: string) =>
  servers.s3Proxy.requests.filter((request) => request.method === method).length;

/** Every such request is lost on its way. */
const lose = (method: string) =>
  servers.s3Proxy.addRule({ match: (request) => request.method === method, action: dropBefore() });

describe('what a store may carry out unseen, and would carry out again over somebody else’s lock, is sent once', () => {
  test('a write of a store that has proven nothing', async () => {
    servers.s3Proxy.clearRequests();
    lose('PUT');
    await expect(unproven.tryAcquire(lockRecord())).rejects.toHaveProperty('problem.kind', 'unreachable');
    expect(count('PUT')).toBe(1);
  });

  test('a delete of a store that has proven nothing', async () => {
    const held = await acquired(unproven);
    lose('DELETE');
    await expect(unproven.remove(held)).rejects.toHaveProperty('problem.kind', 'unreachable');
    expect(count('DELETE')).toBe(1);
  });

  test('a delete without a condition', async () => {
    const held = await acquired(known);
    const isDelete = ({ method }: { method: string }) => method === 'DELETE';
    const action = answerInstead(s3Error(501, 'NotImplemented'));
    servers.s3Proxy.addRule({ match: isDelete, action, times: 1 });
    lose('DELETE');
    await expect(known.remove(held)).rejects.toHaveProperty('problem.kind', 'unreachable');
    expect(count('DELETE')).toBe(2);
  });
});

test('what S3 itself refuses a second time is sent again', async () => {
  const held = await acquired(known);
  lose('DELETE');
  await expect(known.remove(held)).rejects.toHaveProperty('problem.kind', 'unreachable');
  expect(count('DELETE')).toBe(3);
});
