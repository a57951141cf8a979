import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '../../src/job/clock.js';
import { bothLocks } from '../../src/lock/both.js';
import { type Lock, LockLostError } from '../../src/lock/lock.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { persistentLock } from '../../src/lock/persistent.js';
import { dynamodbLock } from '../../src/stores/dynamodb/lock-item.js';
import { s3Lock } from '../../src/stores/s3/lockfile.js';
import { dynamodbConnection, newClients, s3Connection } from '../../testing/connections.js';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../../testing/environment.js';
import type { Answer, Fault, Match } from '../../testing/fault-proxy.js';
import { dropAfter, dynamodbError, hang, s3Error } from '../../testing/faults.js';
import { lockHolder, lockInfo, lockRecord, theirInfo } from '../../testing/test-data.js';

const PATH = `${BUCKET}/${STATE_PATH}`;
const LOCKFILE = `${STATE_PATH}.tflock`;
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
      key: LOCKFILE,
      path: PATH,
      encryption: { kind: 'bucket-default' },
      conditionalWrites,
    });
  const item = dynamodbLock(dynamodb, TABLE, PATH);
  locks.set('DynamoDB', item);
  locks.set('S3', lockfile('known'));
  // It sends each write once for each look, so it takes persistence to get over an answer that was lost.
  const persistence = { clock: systemClock, random: () => 0, reached: true };
  locks.set('an S3-compatible store', persistentLock(lockfile('unproven'), persistence));
  locks.set('both', bothLocks(lockfile('known'), item));
});

afterAll(async () => {
  clients.destroy();
  await servers.close();
});

afterEach(async () => {
  servers.s3Proxy.clearRules();
  servers.dynamodbProxy.clearRules();
  await clearBoth();
});

/** Behind the proxies: what others do. */
async function clearBoth(): Promise<void> {
  servers.s3.deleteObject(BUCKET, LOCKFILE);
  await servers.dynamodb.deleteItem(TABLE, { LockID: PATH });
}

async function takeAsAnother(): Promise<void> {
  const text = formatLockInfo(theirInfo());
  servers.s3.putObject(BUCKET, LOCKFILE, text);
  await servers.dynamodb.putItem(TABLE, { LockID: PATH, Info: text });
}

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
      const attempt = await lockNamed().tryAcquire({ info: lockInfo(), holder: HOLDER });
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
      const replaced = await lockNamed().replace(
        { ...lockRecord(), ...held },
        { info: theirInfo(), holder: HOLDER },
      );
      expect(replaced).toMatchObject({ info: theirInfo() });
      expect(await lockNamed().read()).toEqual(replaced);
    });

    test('removing it succeeds', async () => {
      const held = await acquired();
      loseAnswer(isDelete);
      await lockNamed().remove(held);
      expect(await lockNamed().read()).toBeUndefined();
    });

    test('removing it succeeds, also if somebody else took it before the request was sent again', async () => {
      const held = await acquired();
      const action: Fault = async (exchange) => {
        await exchange.forward();
        await takeAsAnother();
        exchange.reset();
      };
      for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
        proxy.addRule({ match: isDelete, action, times: 1 });
      }
      await lockNamed().remove(held);
      expect(await lockNamed().read()).toMatchObject({ info: theirInfo() });
    });

    test('an answer that leaves it open is no answer', async () => {
      const held = await acquired();
      const action: Fault = async (exchange) => {
        await exchange.forward();
        exchange.answer({ status: 500 });
      };
      for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
        proxy.addRule({ match: isDelete, action, times: 1 });
      }
      await lockNamed().remove(held);
      expect(await lockNamed().read()).toBeUndefined();
    });

    test('a request that was throttled took nothing away: what is gone then was lost', async () => {
      const held = await acquired();
      const slowDown = {
        s3: s3Error(503, 'SlowDown'),
        dynamodb: dynamodbError('ThrottlingException', 'Slow.'),
      };
      const throttle =
        (answer: Answer): Fault =>
        async (exchange) => {
          await clearBoth();
          exchange.answer(answer);
        };
      servers.s3Proxy.addRule({ match: isDelete, action: throttle(slowDown.s3), times: 1 });
      servers.dynamodbProxy.addRule({ match: isDelete, action: throttle(slowDown.dynamodb), times: 1 });
      await expect(lockNamed().remove(held)).rejects.toBeInstanceOf(LockLostError);
    });

    test('an abort ends a request that hangs, with its reason', async () => {
      const reason = new Error('The runner sent SIGINT.');
      const cancellation = new AbortController();
      for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
        proxy.clearRequests();
        proxy.addRule({ match: () => true, action: hang() });
      }
      const attempt = lockNamed().tryAcquire({ info: lockInfo(), holder: HOLDER }, cancellation.signal);
      const arrived = [servers.s3Proxy, servers.dynamodbProxy].map((proxy) =>
        proxy.waitForRequest(() => true),
      );
      await Promise.race(arrived);
      cancellation.abort(reason);
      await expect(attempt).rejects.toBe(reason);
    });
  },
);
