import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConnectedDynamodb, ConnectedS3 } from '../../../src/stores/aws/clients.js';
import { mayHaveTakenEffect } from '../../../src/stores/aws/resending.js';
import { dynamodbConnection, newClients, s3Connection } from '../../../testing/connections.js';
import { type Fault, type FaultProxy, startFaultProxy } from '../../../testing/fault-proxy.js';
import { answerInstead, dropBefore, dynamodbError, s3Error } from '../../../testing/faults.js';

const clients = newClients();
let proxy: FaultProxy;
let s3: ConnectedS3;
let dynamodb: ConnectedDynamodb;

beforeAll(async () => {
  // Nothing listens there: every request is answered by the proxy.
  proxy = await startFaultProxy('http://127.0.0.1:9');
  s3 = await clients.s3(s3Connection(proxy.endpoint, { maxAttempts: 2 }));
  dynamodb = await clients.dynamodb(dynamodbConnection(proxy.endpoint, { maxAttempts: 2 }));
});

afterAll(async () => {
  clients.destroy();
  await proxy.close();
});

afterEach(() => {
  proxy.clearRules();
  proxy.clearRequests();
});

/** The error of a request whose attempts fare like this, one after the other. */
async function errorAfter(send: () => Promise<unknown>, ...fates: Fault[]): Promise<unknown> {
  for (const action of fates) proxy.addRule({ match: () => true, action, times: 1 });
  const error = await send().then(
    () => Promise.reject(new Error('The request was expected to fail.')),
    (thrown: unknown) => thrown,
  );
  expect(proxy.requests).toHaveLength(fates.length);
  return error;
}

const get = () => s3.client.send(new GetObjectCommand({ Bucket: 'states', Key: 'k' }));
const getItem = () =>
  dynamodb.client.send(new GetItemCommand({ TableName: 'locks', Key: { LockID: { S: 'k' } } }));

/** As of something between us and the service, which tells nothing of what the service did. */
const GATEWAY = { status: 429, headers: { 'content-type': 'text/html' }, body: '<html>Too many' };
const missing = answerInstead(s3Error(404, 'NoSuchKey'));
const refused = answerInstead(dynamodbError('ConditionalCheckFailedException', 'No.'));

describe('a refused request may have taken effect', () => {
  test.each<[string, boolean, readonly Fault[]]>([
    ['was answered at once', false, [missing]],
    ['was cut off before', true, [dropBefore(), missing]],
    ['met a fault of the server before', true, [answerInstead({ status: 500 }), missing]],
    ['met a gateway without an answer before', true, [answerInstead({ status: 504 }), missing]],
    ['was throttled before', false, [answerInstead(s3Error(503, 'SlowDown')), missing]],
    ['had an answer of no service before', true, [answerInstead(GATEWAY), missing]],
  ])('in S3, if it %s: %s', async (_, mayHave, fates) => {
    expect(mayHaveTakenEffect(await errorAfter(get, ...fates))).toBe(mayHave);
  });

  test.each<[string, boolean, readonly Fault[]]>([
    ['was answered at once', false, [refused]],
    ['was cut off before', true, [dropBefore(), refused]],
    [
      'met a fault of the server before',
      true,
      [answerInstead(dynamodbError('InternalServerError', 'Oops.')), refused],
    ],
    [
      'was throttled before',
      false,
      [answerInstead(dynamodbError('ProvisionedThroughputExceededException', 'Slow.')), refused],
    ],
  ])('in DynamoDB, if it %s: %s', async (_, mayHave, fates) => {
    expect(mayHaveTakenEffect(await errorAfter(getItem, ...fates))).toBe(mayHave);
  });

  test('but what became of one request says nothing of the next', async () => {
    await errorAfter(get, dropBefore(), missing);
    proxy.clearRequests();
    expect(mayHaveTakenEffect(await errorAfter(get, missing))).toBe(false);
  });

  test('is not said of a request that was never sent, because nobody listened', async () => {
    const nobody = await clients.s3(s3Connection('http://127.0.0.1:9', { maxAttempts: 2 }));
    const sending = nobody.client.send(new GetObjectCommand({ Bucket: 'states', Key: 'k' }));
    const error: unknown = await sending.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ $metadata: { attempts: 2 } });
    expect(mayHaveTakenEffect(error)).toBe(false);
  });

  test('is not said of an error that was no answer', () => {
    expect(mayHaveTakenEffect(new Error('socket hang up'))).toBe(false);
  });
});
