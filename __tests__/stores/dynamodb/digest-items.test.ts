import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import 'aws-sdk-client-mock-jest';
import { BackendError } from '../../../src/job/backend-error.js';
import { readDigests } from '../../../src/stores/dynamodb/digest-items.js';
import { dynamodbConnection, newClients } from '../../../testing/connections.js';
import { startDynamodb } from '../../../testing/dynamodb-embedded.js';
import { fakeClock } from '../../../testing/fake-clock.js';

const clients = newClients();
const dynamodb = mockClient(DynamoDBClient);
afterEach(() => {
  dynamodb.reset();
});

const keys = (ids: readonly string[]) => ids.map((id) => ({ LockID: { S: id } }));

async function readAll(ids: readonly string[], clock = fakeClock()) {
  const connected = await clients.dynamodb(dynamodbConnection('http://127.0.0.1:9'));
  return readDigests(connected, { table: 'locks', ids, clock });
}

test('all are asked for at once, as what was written last', async () => {
  dynamodb.on(BatchGetItemCommand).resolves({
    Responses: { locks: [{ LockID: { S: 'a-md5' }, Digest: { S: 'one' } }, { LockID: { S: 'b-md5' } }] },
  });
  expect(await readAll(['a-md5', 'b-md5', 'c-md5'])).toEqual(new Map([['a-md5', 'one']]));
  expect(dynamodb.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input)).toEqual([
    { RequestItems: { locks: { Keys: keys(['a-md5', 'b-md5', 'c-md5']), ConsistentRead: true } } },
  ]);
});

test('what was left out is asked for again, after a pause', async () => {
  dynamodb
    .on(BatchGetItemCommand)
    .resolvesOnce({
      Responses: { locks: [{ LockID: { S: 'a-md5' }, Digest: { S: 'one' } }] },
      UnprocessedKeys: { locks: { Keys: keys(['b-md5']) } },
    })
    .resolves({ Responses: { locks: [{ LockID: { S: 'b-md5' }, Digest: { S: 'two' } }] } });
  const clock = fakeClock();
  const reading = readAll(['a-md5', 'b-md5'], clock);
  await clock.advance(1_000);
  expect([...(await reading)]).toEqual([
    ['a-md5', 'one'],
    ['b-md5', 'two'],
  ]);
  expect(clock.sleeps).toEqual([100]);
  expect(dynamodb.commandCalls(BatchGetItemCommand)[1]?.args[0].input).toEqual({
    RequestItems: { locks: { Keys: keys(['b-md5']), ConsistentRead: true } },
  });
});

test('and is told as throttled, if it is left out for ever', async () => {
  dynamodb.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { locks: { Keys: keys(['a-md5']) } } });
  const clock = fakeClock();
  const reading = readAll(['a-md5'], clock);
  reading.catch(() => {});
  await clock.advance(60_000);
  await expect(reading).rejects.toThrow(BackendError);
  await expect(reading).rejects.toMatchObject({
    problem: { kind: 'throttled', action: 'dynamodb:BatchGetItem', attempts: 9 },
  });
});

test('a real table answers', async () => {
  dynamodb.restore();
  const server = await startDynamodb();
  const own = newClients();
  try {
    await server.createTable('locks');
    for (let n = 0; n < 99; n++) await server.putItem('locks', { LockID: `${n}-md5`, Digest: `digest ${n}` });
    const connected = await own.dynamodb(dynamodbConnection(server.endpoint));
    const ids = Array.from({ length: 100 }, (_, n) => `${n}-md5`);
    const digests = await readDigests(connected, { table: 'locks', ids, clock: fakeClock() });
    expect(digests.size).toBe(99);
    expect(digests.get('7-md5')).toBe('digest 7');
  } finally {
    own.destroy();
    await server.close();
  }
});
