import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { bothLocks } from '../../src/lock/both.js';
import { dynamodbLock } from '../../src/lock/dynamodb.js';
import type { Lock } from '../../src/lock/lock.js';
import { s3Lock } from '../../src/lock/s3.js';
import { dynamodbConnection, newClients, s3Connection } from '../support/connections.js';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../support/environment.js';
import type { Match } from '../support/fault-proxy.js';
import { dropAfter, hang } from '../support/faults.js';
import { lockHolder, lockInfo, theirInfo } from '../support/test-data.js';

const PATH = `${BUCKET}/${STATE_PATH}`;
const HOLDER = lockHolder();

const isPut: Match = ({ method, operation }) => (operation ? operation === 'PutItem' : method === 'PUT');
const isDelete: Match = ({ method, operation }) =>
  operation ? operation === 'DeleteItem' : method === 'DELETE';

const clients = newClients();
let servers: Servers;
const locks = new Map<string, Lock>();

beforeAll(async () => {
  servers = await startServers();
  const s3 = await clients.s3(s3Connection(servers.s3Proxy.endpoint));
  const dynamodb = await clients.dynamodb(dynamodbConnection(servers.dynamodbProxy.endpoint));
  const lockfile = (conditionalWrites: 'known' | 'unproven') =>
    s3Lock(s3, {
      bucket: BUCKET,
      key: `${STATE_PATH}.tflock`,
      path: PATH,
      encryption: { kind: 'bucket-default' },
      conditionalWrites,
    });
  const item = dynamodbLock(dynamodb, TABLE, PATH);
  locks.set('DynamoDB', item);
  locks.set('S3', lockfile('known'));
  locks.set('an S3-compatible store', lockfile('unproven'));
  locks.set('both', bothLocks(lockfile('known'), item));
});

afterAll(async () => {
  clients.destroy();
  await servers.close();
});

afterEach(async () => {
  servers.s3Proxy.clearRules();
  servers.dynamodbProxy.clearRules();
  servers.s3.deleteObject(BUCKET, `${STATE_PATH}.tflock`);
  await servers.dynamodb.deleteItem(TABLE, { LockID: PATH });
});

/** The server carries out the next such request of each lock, and its answer is lost. */
function loseAnswer(match: Match): void {
  for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
    proxy.addRule({ match, action: dropAfter(), times: 1 });
  }
}

describe.each(['DynamoDB', 'S3', 'an S3-compatible store', 'both'])(
  'the answer is lost and the SDK sends the request again: %s',
  (name) => {
    const lockNamed = () => {
      const lock = locks.get(name);
      if (!lock) throw new Error(`There is no lock ${name}.`);
      return lock;
    };
    const acquired = async () => {
      const attempt = await lockNamed().tryAcquire(lockInfo(), HOLDER);
      if (!attempt.acquired) throw new Error('The lock was expected to be acquired.');
      return attempt.held;
    };

    test('taking it succeeds, and what it returns can be released', async () => {
      loseAnswer(isPut);
      const held = await acquired();
      expect(held).toMatchObject({ info: lockInfo(), holder: HOLDER });
      expect(await lockNamed().read()).toEqual(held);
      await lockNamed().remove(held);
      expect(await lockNamed().read()).toBeUndefined();
    });

    test('replacing it succeeds', async () => {
      const held = await acquired();
      loseAnswer(isPut);
      const replaced = await lockNamed().replace(held, theirInfo(), HOLDER);
      expect(replaced).toMatchObject({ info: theirInfo() });
      expect(await lockNamed().read()).toEqual(replaced);
    });

    test('removing it succeeds', async () => {
      const held = await acquired();
      loseAnswer(isDelete);
      await lockNamed().remove(held);
      expect(await lockNamed().read()).toBeUndefined();
    });

    test('an abort ends a request that hangs, with its reason', async () => {
      const reason = new Error('The runner sent SIGINT.');
      const cancellation = new AbortController();
      for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
        proxy.clearRequests();
        proxy.addRule({ match: () => true, action: hang() });
      }
      const attempt = lockNamed().tryAcquire(lockInfo(), HOLDER, cancellation.signal);
      const arrived = [servers.s3Proxy, servers.dynamodbProxy].map((proxy) =>
        proxy.waitForRequest(() => true),
      );
      await Promise.race(arrived);
      cancellation.abort(reason);
      await expect(attempt).rejects.toBe(reason);
    });
  },
);
