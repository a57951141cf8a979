import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type EmbeddedDynamodb, startDynamodb } from '../../testing/dynamodb-embedded.js';
import { type FaultProxy, type Match, startFaultProxy } from '../../testing/fault-proxy.js';
import {
  answerInstead,
  commitLate,
  dropAfter,
  dropBefore,
  dynamodbError,
  hang,
  hold,
  s3Error,
} from '../../testing/faults.js';
import { type S3Double, startS3Double } from '../../testing/s3-double/index.js';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const isPut: Match = ({ method }) => method === 'PUT';

describe('the fault proxy in front of S3', () => {
  let s3: S3Double;
  let proxy: FaultProxy;
  let client: S3Client;

  beforeEach(async () => {
    s3 = await startS3Double();
    s3.createBucket('state');
    proxy = await startFaultProxy(s3.endpoint);
    client = newClient(1);
  });

  afterEach(async () => {
    client.destroy();
    await proxy.close();
    await s3.close();
  });

  const newClient = (maxAttempts: number) =>
    new S3Client({
      endpoint: proxy.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials,
      maxAttempts,
    });
  const put = (body: string) => client.send(new PutObjectCommand({ Bucket: 'state', Key: 'a', Body: body }));
  const stored = () => s3.getObject('state', 'a')?.body.toString();

  test('passes on what no rule is for, with its signature intact', async () => {
    await put('one');
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'state', Key: 'a' }));
    expect(await Body?.transformToString()).toBe('one');
    expect(proxy.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'PUT /state/a?x-id=PutObject',
      'GET /state/a?x-id=GetObject',
    ]);
  });

  test('answers instead of the server, as often as told', async () => {
    proxy.addRule({ match: isPut, times: 1, action: answerInstead(s3Error(503, 'SlowDown')) });
    await expect(put('one')).rejects.toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    expect(stored()).toBeUndefined();
    await put('two');
    expect(stored()).toBe('two');
  });

  test('drops a request before the server sees it', async () => {
    proxy.addRule({ match: isPut, action: dropBefore() });
    await expect(put('one')).rejects.toThrow('ECONNRESET');
    expect(stored()).toBeUndefined();
    expect(s3.requests).toEqual([]);
  });

  test('drops the answer after the server has committed', async () => {
    proxy.addRule({ match: isPut, action: dropAfter() });
    await expect(put('one')).rejects.toThrow('ECONNRESET');
    expect(stored()).toBe('one');
  });

  test('a retry meets the next rule', async () => {
    client = newClient(2);
    proxy.addRule({ match: isPut, times: 1, action: dropAfter() });
    await put('one');
    expect(proxy.requests).toHaveLength(2);
  });

  test('holds a request until it is released', async () => {
    const held = hold();
    proxy.addRule({ match: isPut, action: held });
    const write = put('one');
    await proxy.waitForRequest(isPut);
    expect(stored()).toBeUndefined();
    held.release();
    await write;
    expect(stored()).toBe('one');
  });

  test.each(['reset', 'hang'] as const)('commits late, after its client saw a %s', async (seen) => {
    const late = commitLate(seen);
    proxy.addRule({ match: isPut, times: 1, action: late });
    const given = new AbortController();
    const write = client.send(new PutObjectCommand({ Bucket: 'state', Key: 'a', Body: 'late' }), {
      abortSignal: given.signal,
    });
    await proxy.waitForRequest(isPut);
    given.abort();
    await expect(write).rejects.toThrow();
    await put('next');

    const [answer] = await late.release();
    expect(answer?.status).toBe(200);
    expect(stored()).toBe('late');
  });

  test('leaves a client hanging until the proxy is closed', async () => {
    proxy.addRule({ match: isPut, action: hang() });
    const write = put('one');
    await proxy.waitForRequest(isPut);
    await Promise.all([proxy.close(), expect(write).rejects.toThrow()]);
    expect(stored()).toBeUndefined();
  });

  test('tells when the second of its kind arrives', async () => {
    const second = proxy.waitForRequest(isPut, { count: 2 });
    await put('one');
    await put('two');
    expect((await second).body.toString()).toBe('two');
  });

  test('shows the failure of a rule to the client', async () => {
    const fault = () => {
      throw new Error('a mistake in the test');
    };
    proxy.addRule({ match: isPut, action: fault });
    await expect(put('one')).rejects.toMatchObject({ $metadata: { httpStatusCode: 502 } });
  });
});

describe('the fault proxy in front of DynamoDB', () => {
  let dynamodb: EmbeddedDynamodb;
  let proxy: FaultProxy;
  let client: DynamoDBClient;

  beforeEach(async () => {
    dynamodb = await startDynamodb();
    await dynamodb.createTable('locks');
    proxy = await startFaultProxy(dynamodb.endpoint);
    client = new DynamoDBClient({
      endpoint: proxy.endpoint,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
  });

  afterEach(async () => {
    client.destroy();
    await proxy.close();
    await dynamodb.close();
  });

  const put = () => client.send(new PutItemCommand({ TableName: 'locks', Item: { LockID: { S: 'a' } } }));

  test('knows the operation of a request', async () => {
    await put();
    await client.send(new GetItemCommand({ TableName: 'locks', Key: { LockID: { S: 'a' } } }));
    expect(proxy.requests.map(({ operation }) => operation)).toEqual(['PutItem', 'GetItem']);
  });

  test.each([
    ['ProvisionedThroughputExceededException', 400],
    ['ExpiredTokenException', 400],
    ['InternalServerError', 500],
  ])('gives %s as DynamoDB does', async (name, httpStatusCode) => {
    const answer = dynamodbError(name, 'A reason.');
    proxy.addRule({ match: ({ operation }) => operation === 'PutItem', action: answerInstead(answer) });
    await expect(put()).rejects.toMatchObject({ name, message: 'A reason.', $metadata: { httpStatusCode } });
    expect(await dynamodb.scan('locks')).toEqual([]);
  });
});
