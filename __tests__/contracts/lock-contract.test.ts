import { bothLocks } from '../../src/lock/both.js';
import type { Lock } from '../../src/lock/lock.js';
import { dynamodbLock } from '../../src/stores/dynamodb/lock-item.js';
import { s3Lock } from '../../src/stores/s3/lockfile.js';
import { dynamodbConnection, newClients, s3Connection } from '../../testing/connections.js';
import { startDynamodb } from '../../testing/dynamodb-embedded.js';
import { type MemoryRecord, memoryLock } from '../../testing/memory-lock.js';
import { startS3Double } from '../../testing/s3-double/index.js';
import { BUCKET, LOCK_PATH, STATE_PATH } from '../../testing/test-data.js';
import { describeLockContract, type LockUnderTest } from './lock-contract.js';

const TABLE = 'locks';
const LOCKFILE = `${STATE_PATH}.tflock`;

describeLockContract('a lock in memory', async () => {
  const record: MemoryRecord = {};
  return {
    open: async (options) => memoryLock(record, options),
    writeForeign: async (text) => {
      delete record.holder;
      if (text === undefined) delete record.text;
      else record.text = text;
    },
    readRaw: async () => record.text,
    close: async () => {},
  };
});

describeLockContract('a lock in DynamoDB', startInDynamodb);

describeLockContract('a lockfile in S3', () => startInS3('known'));

describeLockContract('a lockfile in a store that must prove its conditional writes', async () => ({
  ...(await startInS3('unproven')),
  vanished: 'acquired',
}));

describeLockContract('a lockfile and a DynamoDB item together', async () => {
  const s3 = await startInS3('known');
  const dynamodb = await startInDynamodb();
  return {
    open: async (options): Promise<Lock> => bothLocks(await s3.open(options), await dynamodb.open()),
    writeForeign: async (text) => {
      await s3.writeForeign(text);
      await dynamodb.writeForeign(text);
    },
    readRaw: async () => {
      const [one, two] = [await s3.readRaw(), await dynamodb.readRaw()];
      if (one !== two) throw new Error(`The records are of two locks: ${one} and ${two}`);
      return one;
    },
    close: async () => {
      await s3.close();
      await dynamodb.close();
    },
  };
});

async function startInDynamodb(): Promise<LockUnderTest> {
  const server = await startDynamodb();
  await server.createTable(TABLE);
  const clients = newClients();
  return {
    open: async ({ beforeLook } = {}) => {
      const dynamodb = await clients.dynamodb(dynamodbConnection(server.endpoint));
      dynamodb.client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === 'GetItemCommand') await beforeLook?.();
            return next(args);
          },
        { step: 'initialize' },
      );
      return dynamodbLock(dynamodb, TABLE, LOCK_PATH);
    },
    writeForeign: (text) =>
      text === undefined
        ? server.deleteItem(TABLE, { LockID: LOCK_PATH })
        : server.putItem(TABLE, { LockID: LOCK_PATH, Info: text }),
    readRaw: async () => (await server.getItem(TABLE, { LockID: LOCK_PATH }))?.['Info'],
    close: async () => {
      clients.destroy();
      await server.close();
    },
  };
}

async function startInS3(conditionalWrites: 'known' | 'unproven'): Promise<LockUnderTest> {
  const server = await startS3Double();
  server.createBucket(BUCKET);
  const clients = newClients();
  return {
    open: async ({ beforeLook } = {}) => {
      const s3 = await clients.s3(s3Connection(server.endpoint));
      s3.client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === 'GetObjectCommand') await beforeLook?.();
            return next(args);
          },
        { step: 'initialize' },
      );
      return s3Lock(s3, {
        bucket: BUCKET,
        key: LOCKFILE,
        path: LOCK_PATH,
        encryption: { kind: 'bucket-default' },
        conditionalWrites,
      });
    },
    writeForeign: async (text) => {
      if (text === undefined) server.deleteObject(BUCKET, LOCKFILE);
      else server.putObject(BUCKET, LOCKFILE, text);
    },
    readRaw: async () => server.getObject(BUCKET, LOCKFILE)?.body.toString(),
    close: async () => {
      clients.destroy();
      await server.close();
    },
  };
}
