import { bothOf, lockInDynamodb, lockInS3 } from '../../testing/contract-places.js';
import { startDynamodb } from '../../testing/dynamodb-embedded.js';
import { type MemoryRecord, memoryLock } from '../../testing/memory-lock.js';
import { startS3Double } from '../../testing/s3-double/index.js';
import { describeLockContract } from './lock-contract.js';

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

// It does not say in the refusal who holds the lock.
const inDynamodb = async () => lockInDynamodb(await startDynamodb(), 'lost-race');
const inS3 = async (conditionalWrites: 'known' | 'unproven') =>
  lockInS3(await startS3Double(), { conditionalWrites });

describeLockContract('a lock in DynamoDB', inDynamodb);

describeLockContract('a lockfile in S3', () => inS3('known'));

describeLockContract('a lockfile in a store that must prove its conditional writes', () => inS3('unproven'));

describeLockContract('a lockfile and a DynamoDB item together', async () =>
  bothOf(await inS3('known'), await inDynamodb()),
);
