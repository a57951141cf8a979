import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { BackendProblem } from '../../../src/job/backend-error.js';
import type { ConnectedDynamodb, ConnectedS3 } from '../../../src/stores/aws/clients.js';
import { isNoSuchKey, isNotModified, isPreconditionFailed } from '../../../src/stores/aws/s3-answers.js';
import { send } from '../../../src/stores/aws/send.js';
import { dynamodbConnection, newClients, s3Connection } from '../../../testing/connections.js';
import { type Answer, type Fault, type FaultProxy, startFaultProxy } from '../../../testing/fault-proxy.js';
import { answerInstead, dynamodbError, s3Error } from '../../../testing/faults.js';

/** Every request is answered by the proxy; nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const XML = { 'content-type': 'application/xml' };

const clients = newClients();
let proxy: FaultProxy;
let s3: ConnectedS3;
let dynamodb: ConnectedDynamodb;

beforeAll(async () => {
  proxy = await startFaultProxy(NOWHERE);
  s3 = await clients.s3(s3Connection(proxy.endpoint, { maxAttempts: 1 }));
  dynamodb = await clients.dynamodb(dynamodbConnection(proxy.endpoint, { maxAttempts: 1 }));
});

afterAll(async () => {
  clients.destroy();
  await proxy.close();
});

afterEach(() => {
  proxy.clearRules();
});

type Request = 'GET' | 'HEAD' | 'GetItem';

/** Sends a request that the server answers like this. */
async function answering(request: Request, fault: Fault, expected?: (error: unknown) => unknown) {
  proxy.addRule({ match: () => true, action: fault });
  const object = { action: 's3:GetObject', container: 'states', key: 'k', expected };
  const item = { action: 'dynamodb:GetItem', container: 'locks', expected };
  switch (request) {
    case 'GET':
      return send(s3, object, (client) => client.send(new GetObjectCommand({ Bucket: 'states', Key: 'k' })));
    case 'HEAD':
      return send(s3, object, (client) => client.send(new HeadBucketCommand({ Bucket: 'states' })));
    case 'GetItem':
      return send(dynamodb, item, (client) =>
        client.send(new GetItemCommand({ TableName: 'locks', Key: { LockID: { S: 'k' } } })),
      );
  }
}

/** What the SDK throws when the server does this. */
const thrownBy = (request: Request, fault: Fault) => answering(request, fault, (error) => error);

async function problemOf(request: Request, fault: Fault): Promise<BackendProblem> {
  return answering(request, fault).then(
    () => Promise.reject(new Error('The request was expected to fail.')),
    (error: { problem: BackendProblem }) => error.problem,
  );
}

const withRegion = (region: string): Answer => ({
  status: 400,
  headers: XML,
  body: `<Error><Code>AuthorizationHeaderMalformed</Code><Message>Wrong.</Message><Region>${region}</Region></Error>`,
});

describe('an answer of S3, through the SDK', () => {
  test.each<[string, Request, Answer, Partial<BackendProblem>]>([
    [
      'a redirect of a HEAD, without a body',
      'HEAD',
      { status: 301, headers: { 'x-amz-bucket-region': 'us-west-2' } },
      { kind: 'wrong-region', configured: 'us-east-1', actual: 'us-west-2' },
    ],
    [
      'a refusal of a HEAD, without a body',
      'HEAD',
      { status: 403 },
      { kind: 'access-denied', action: 's3:GetObject' },
    ],
    [
      'a redirect with the region in its header',
      'GET',
      {
        ...s3Error(301, 'PermanentRedirect'),
        headers: { ...XML, 'x-amz-bucket-region': 'eu-west-1' },
      },
      { kind: 'wrong-region', actual: 'eu-west-1' },
    ],
    [
      'a signature for another region, named in the body',
      'GET',
      withRegion('eu-west-3'),
      { kind: 'wrong-region', actual: 'eu-west-3' },
    ],
    [
      'a bucket that is not there',
      'GET',
      s3Error(404, 'NoSuchBucket'),
      { kind: 'no-such-bucket', bucket: 'states' },
    ],
    [
      'a missing permission',
      'GET',
      s3Error(403, 'AccessDenied', 'Access Denied'),
      { kind: 'access-denied', detail: 'Access Denied' },
    ],
    [
      'an unknown key, which is no missing permission',
      'GET',
      s3Error(403, 'InvalidAccessKeyId', 'No such key id.'),
      { kind: 'rejected-credentials', detail: 'No such key id.' },
    ],
    [
      'a wrong secret, which is no missing permission',
      'GET',
      s3Error(403, 'SignatureDoesNotMatch', 'Wrong.'),
      { kind: 'rejected-credentials' },
    ],
    [
      'expired credentials',
      'GET',
      s3Error(400, 'ExpiredToken', 'Expired.'),
      { kind: 'expired-credentials', detail: 'Expired.' },
    ],
    ['throttling', 'GET', s3Error(503, 'SlowDown', 'Slow.'), { kind: 'throttled', attempts: 1 }],
    [
      'a fault of the server',
      'GET',
      s3Error(500, 'InternalError', 'Oops.'),
      { kind: 'unavailable', action: 's3:GetObject', detail: 'HTTP 500 Oops.' },
    ],
  ])('%s', async (_, request, answer, problem) => {
    expect(await problemOf(request, answerInstead(answer))).toMatchObject(problem);
  });
});

describe('an answer of DynamoDB, through the SDK', () => {
  test.each<[string, string, Partial<BackendProblem>]>([
    [
      'ResourceNotFoundException',
      'Requested resource not found',
      { kind: 'no-such-table', table: 'locks', region: 'us-east-1' },
    ],
    [
      'ValidationException',
      'The provided key element does not match the schema',
      { kind: 'wrong-key-schema', table: 'locks' },
    ],
    [
      'AccessDeniedException',
      'User is not authorized',
      { kind: 'access-denied', resource: 'arn:aws:dynamodb:us-east-1:*:table/locks' },
    ],
    ['ExpiredTokenException', 'Expired.', { kind: 'expired-credentials' }],
    ['UnrecognizedClientException', 'Invalid.', { kind: 'rejected-credentials' }],
    [
      'ProvisionedThroughputExceededException',
      'Too much.',
      { kind: 'throttled', action: 'dynamodb:GetItem', attempts: 1 },
    ],
  ])('%s', async (code, message, problem) => {
    expect(await problemOf('GetItem', answerInstead(dynamodbError(code, message)))).toMatchObject(problem);
  });

  test('one that broke off is as good as none', async () => {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    const broken = answerInstead({ status: 200, headers, body: '{"Item":{"Lock' });
    expect(await problemOf('GetItem', broken)).toMatchObject({ kind: 'unreachable', service: 'DynamoDB' });
  });
});

describe('the answers that callers expect', () => {
  test.each<[string, Answer, (error: unknown) => boolean]>([
    ['412', s3Error(412, 'PreconditionFailed'), isPreconditionFailed],
    ['412 without a body', { status: 412 }, isPreconditionFailed],
    ['304', { status: 304 }, isNotModified],
    ['404 for the key', s3Error(404, 'NoSuchKey'), isNoSuchKey],
  ])('%s', async (_, answer, isExpected) => {
    expect(isExpected(await thrownBy('GET', answerInstead(answer)))).toBe(true);
  });

  test.each<[string, Answer]>([
    ['for the bucket', s3Error(404, 'NoSuchBucket')],
    ['without a body, from a server that is no S3', { status: 404 }],
    ['with a page of a proxy', { status: 404, headers: { 'content-type': 'text/html' }, body: '<p>No.</p>' }],
  ])('404 %s is not 404 for the key: a state would pass for absent', async (_, answer) => {
    expect(isNoSuchKey(await thrownBy('GET', answerInstead(answer)))).toBe(false);
  });
});
