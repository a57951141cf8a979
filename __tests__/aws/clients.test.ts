import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Asked, abortable, connectDynamodb, failure } from '../../src/aws/clients.js';
import type { Identity } from '../../src/aws/credentials.js';
import { BackendError } from '../../src/backend-error.js';
import { dynamodbConnection, newClients, s3Connection, testIdentity } from '../support/connections.js';
import { BUCKET, type Servers, startServers, TABLE } from '../support/environment.js';
import { answerInstead, dynamodbError, s3Error } from '../support/faults.js';

const GET_ITEM = new GetItemCommand({ TableName: TABLE, Key: { LockID: { S: 'x' } } });

const clients = newClients();
let servers: Servers;

beforeAll(async () => {
  servers = await startServers({
    accounts: {
      test: { secretAccessKey: 'test' },
      OLD: { secretAccessKey: 'old', sessionToken: 'old token', expired: true },
      OLDER: { secretAccessKey: 'older', sessionToken: 'older token', expired: true },
      NEW: { secretAccessKey: 'new' },
    },
  });
});

afterAll(async () => {
  clients.destroy();
  await servers.close();
});

afterEach(() => {
  servers.s3.clearRequests();
  for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
    proxy.clearRules();
    proxy.clearRequests();
  }
});

const KEYS = {
  OLD: { accessKeyId: 'OLD', secretAccessKey: 'old', sessionToken: 'old token' },
  OLDER: { accessKeyId: 'OLDER', secretAccessKey: 'older', sessionToken: 'older token' },
  NEW: { accessKeyId: 'NEW', secretAccessKey: 'new' },
} as const;

/** An identity that has these keys one after the other. */
function identityWith(...names: (keyof typeof KEYS)[]): Identity {
  let at = 0;
  return {
    described: 'the test',
    provide: async () => ({ ...KEYS[names[at] ?? 'NEW'], expiration: new Date(0) }),
    renew: () => {
      at++;
      return at < names.length;
    },
  };
}

const signers = (requests: readonly { readonly headers: { authorization?: string | undefined } }[]) =>
  requests.map(({ headers }) => /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1]);

describe('a request whose credentials had expired', () => {
  const connect = (identity: Identity) =>
    clients.s3(s3Connection(servers.s3.endpoint, { identity, maxRetries: 0 }));

  test('is sent once more with fresh ones, its body whole', async () => {
    const { client } = await connect(identityWith('OLD', 'NEW'));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'renewed', Body: 'whole' }));
    expect(signers(servers.s3.requests)).toEqual(['OLD', 'NEW']);
    expect(servers.s3.getObject(BUCKET, 'renewed')?.body.toString()).toBe('whole');
  });

  test('leaves the fresh ones to those that follow', async () => {
    servers.s3.putObject(BUCKET, 'there', 'x');
    const { client } = await connect(identityWith('OLD', 'NEW'));
    for (const _ of [1, 2]) await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    expect(signers(servers.s3.requests)).toEqual(['OLD', 'NEW', 'NEW']);
  });

  test.each<[string, Identity, string[]]>([
    ['the fresh ones expired too', identityWith('OLD', 'OLDER'), ['OLD', 'OLDER']],
    ['there are no others', identityWith('OLD'), ['OLD']],
    ['the identity has but one', { described: '', provide: async () => KEYS.OLD }, ['OLD']],
  ])('fails if %s', async (_, identity, asked) => {
    const { client } = await connect(identity);
    const sending = client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    await expect(sending).rejects.toHaveProperty('name', 'ExpiredToken');
    expect(signers(servers.s3.requests)).toEqual(asked);
  });

  test('is told from one that is refused for another reason', async () => {
    const refused = { described: '', provide: async () => ({ ...KEYS.NEW, accessKeyId: 'UNKNOWN' }) };
    const identity: Identity = { ...refused, renew: () => true };
    const { client } = await connect(identity);
    const sending = client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    await expect(sending).rejects.toHaveProperty('name', 'InvalidAccessKeyId');
    expect(servers.s3.requests).toHaveLength(1);
  });

  test('is renewed for DynamoDB just the same', async () => {
    const answer = dynamodbError('ExpiredTokenException', 'The security token included is expired');
    servers.dynamodbProxy.addRule({ match: () => true, action: answerInstead(answer), times: 1 });
    const identity = identityWith('OLD', 'NEW');
    const connection = dynamodbConnection(servers.dynamodbProxy.endpoint, { identity, maxRetries: 0 });
    const { client } = await clients.dynamodb(connection);
    await client.send(GET_ITEM);
    expect(signers(servers.dynamodbProxy.requests)).toEqual(['OLD', 'NEW']);
  });
});

describe('the connection decides', () => {
  test.each([
    [0, 1],
    [1, 2],
  ])('how often a passing failure is tried again: %d times', async (maxRetries, requests) => {
    const unavailable = answerInstead(s3Error(503, 'SlowDown'));
    servers.s3Proxy.addRule({ match: () => true, action: unavailable });
    const { client } = await clients.s3(s3Connection(servers.s3Proxy.endpoint, { maxRetries }));
    const sending = client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    await expect(sending).rejects.toMatchObject({ name: 'SlowDown', $metadata: { attempts: requests } });
    expect(servers.s3Proxy.requests).toHaveLength(requests);
  });

  test.each([
    [true, false],
    [false, true],
  ])('whether checksums are sent: with skip_s3_checksum=%s, %s', async (skipS3Checksum, sent) => {
    const { client } = await clients.s3(s3Connection(servers.s3.endpoint, { skipS3Checksum }));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'checked', Body: 'x' }));
    const names = Object.keys(servers.s3.requests[0]?.headers ?? {});
    expect(names.some((name) => name.startsWith('x-amz-checksum-'))).toBe(sent);
  });

  test.each([
    [true, 's3.example.com/states/a/b'],
    [false, 'states.s3.example.com/a/b'],
  ])('how the bucket is addressed: with use_path_style=%s, at %s', async (usePathStyle, address) => {
    const { client } = await clients.s3(s3Connection('https://s3.example.com', { usePathStyle }));
    const addresses: string[] = [];
    const answer = { response: {}, output: { $metadata: {} } };
    client.middlewareStack.add(
      () =>
        async ({ request }) => {
          const { hostname, path } = request as { hostname: string; path: string };
          addresses.push(`${hostname}${path}`);
          return answer;
        },
      { step: 'finalizeRequest' },
    );
    await client.send(new GetObjectCommand({ Bucket: 'states', Key: 'a/b' }));
    expect(addresses).toEqual([address]);
  });
});

describe('the error of a failed request', () => {
  const connectedIn = (region: string) => connectDynamodb({ region, maxRetries: 0, identity: testIdentity });
  const denied = Object.assign(new Error('No.'), { name: 'AccessDenied' });
  const object: Asked = { service: 'S3', action: 's3:GetObject', container: 'states', key: 'a/b' };
  const table: Asked = { service: 'DynamoDB', action: 'dynamodb:GetItem', container: 'locks' };

  test.each<[string, Asked, string]>([
    ['eu-central-1', object, 'arn:aws:s3:::states/a/b'],
    ['cn-north-1', object, 'arn:aws-cn:s3:::states/a/b'],
    ['us-gov-west-1', object, 'arn:aws-us-gov:s3:::states/a/b'],
    ['eu-central-1', { ...object, key: '' }, 'arn:aws:s3:::states/'],
    ['eu-central-1', { service: 'S3', action: 's3:ListBucket', container: 'states' }, 'arn:aws:s3:::states'],
    ['eu-central-1', table, 'arn:aws:dynamodb:eu-central-1:*:table/locks'],
    ['cn-northwest-1', table, 'arn:aws-cn:dynamodb:cn-northwest-1:*:table/locks'],
    ['us-gov-east-1', table, 'arn:aws-us-gov:dynamodb:us-gov-east-1:*:table/locks'],
    [
      'eu-central-1',
      { ...table, container: 'arn:aws:dynamodb:eu-west-1:111122223333:table/locks' },
      'arn:aws:dynamodb:eu-west-1:111122223333:table/locks',
    ],
  ])('names the resource as a policy would: in %s, of %j', async (region, asked, arn) => {
    const error = failure(denied, asked, await connectedIn(region));
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toHaveProperty('problem.resource', arn);
  });

  test('is the reason of the abort, if there was one', async () => {
    const reason = new Error('The job was cancelled.');
    const signal = AbortSignal.abort(reason);
    expect(failure(denied, object, await connectedIn('eu-central-1'), signal)).toBe(reason);
  });

  test('is not the reason of an abort that did not happen', async () => {
    const { signal } = new AbortController();
    expect(failure(denied, object, await connectedIn('eu-central-1'), signal)).toBeInstanceOf(BackendError);
  });
});

test('a request is abortable by a signal, where there is one', () => {
  const { signal } = new AbortController();
  expect(abortable(signal)).toEqual({ abortSignal: signal });
  expect(abortable()).toEqual({});
});
