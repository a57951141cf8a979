import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { S3Connection } from '../../../src/stores/aws/clients.js';
import type { Identity } from '../../../src/stores/aws/identity.js';
import type { Connection } from '../../../src/stores/aws/send.js';
import { dynamodbConnection, newClients, s3Connection } from '../../../testing/connections.js';
import { BUCKET, type Servers, startServers, TABLE } from '../../../testing/environment.js';
import { answerInstead, dynamodbError, s3Error } from '../../../testing/faults.js';
import { REACH } from '../../../testing/test-data.js';

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
  /** The server does not know it. */
  GONE: { accessKeyId: 'GONE', secretAccessKey: 'gone' },
  NEW: { accessKeyId: 'NEW', secretAccessKey: 'new' },
} as const;

/** An identity that has the first of these keys until it is renewed, and then the second. */
function identityWith(before: keyof typeof KEYS, after: keyof typeof KEYS): Identity {
  let name = before;
  return {
    described: 'the test',
    provide: async () => ({ ...KEYS[name], expiration: new Date(0) }),
    renew: () => {
      name = after;
    },
  };
}

const signers = (requests: readonly { readonly headers: { authorization?: string | undefined } }[]) =>
  requests.map(({ headers }) => /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1]);

/** Notes where a request would go, and does not send it. */
const noteAddress =
  (addresses: string[]) =>
  () =>
  async ({ request }: { request: unknown }): Promise<never> => {
    const { hostname, path } = request as { hostname: string; path: string };
    addresses.push(`${hostname}${path}`);
    throw new Error('Far enough.');
  };

async function s3Address(connection: S3Connection): Promise<string | undefined> {
  const { client } = await clients.s3(connection);
  const addresses: string[] = [];
  client.middlewareStack.add(noteAddress(addresses), { step: 'finalizeRequest' });
  await client.send(new GetObjectCommand({ Bucket: 'states', Key: 'a/b' })).catch(() => {});
  return addresses[0];
}

async function dynamodbAddress(connection: Connection): Promise<string | undefined> {
  const { client } = await clients.dynamodb(connection);
  const addresses: string[] = [];
  client.middlewareStack.add(noteAddress(addresses), { step: 'finalizeRequest' });
  await client.send(GET_ITEM).catch(() => {});
  return addresses[0];
}

describe('a request whose credentials had expired', () => {
  const connect = (identity: Identity) =>
    clients.s3(s3Connection(servers.s3.endpoint, { identity, maxAttempts: 1 }));

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

  test('is sent once more for each of several at the same time', async () => {
    servers.s3.putObject(BUCKET, 'there', 'x');
    const { client } = await connect(identityWith('OLD', 'NEW'));
    const get = () => client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    const answers = await Promise.all([get(), get()]);
    expect(answers.map(({ $metadata }) => $metadata.httpStatusCode)).toEqual([200, 200]);
  });

  test.each<[string, Identity, string[]]>([
    ['the others expired too', identityWith('OLD', 'OLDER'), ['OLD', 'OLDER']],
    ['there are none', { described: '', provide: async () => KEYS.OLD }, ['OLD']],
  ])('fails if %s', async (_, identity, asked) => {
    const { client } = await connect(identity);
    const sending = client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    await expect(sending).rejects.toHaveProperty('name', 'ExpiredToken');
    expect(signers(servers.s3.requests)).toEqual(asked);
  });

  test('is no other than one whose lease was revoked', async () => {
    const { client } = await connect(identityWith('GONE', 'NEW'));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'renewed', Body: 'x' }));
    expect(signers(servers.s3.requests)).toEqual(['GONE', 'NEW']);
  });

  test('is told from one that is refused for another reason', async () => {
    servers.s3.settings.deny = [{ action: 's3:GetObject' }];
    const { client } = await connect(identityWith('NEW', 'OLD'));
    const sending = client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    await expect(sending).rejects.toHaveProperty('name', 'AccessDenied');
    expect(signers(servers.s3.requests)).toEqual(['NEW']);
    servers.s3.settings.deny = [];
  });

  test('is renewed for DynamoDB just the same', async () => {
    const answer = dynamodbError('ExpiredTokenException', 'The security token included is expired');
    servers.dynamodbProxy.addRule({ match: () => true, action: answerInstead(answer), times: 1 });
    const identity = identityWith('OLD', 'NEW');
    const connection = dynamodbConnection(servers.dynamodbProxy.endpoint, { identity, maxAttempts: 1 });
    const { client } = await clients.dynamodb(connection);
    await client.send(GET_ITEM);
    expect(signers(servers.dynamodbProxy.requests)).toEqual(['OLD', 'NEW']);
  });
});

describe('the connection decides', () => {
  test.each([[1], [3]])('how often a request is sent in all: %d times', async (maxAttempts) => {
    const unavailable = answerInstead(s3Error(503, 'SlowDown'));
    servers.s3Proxy.addRule({ match: () => true, action: unavailable });
    const { client } = await clients.s3(s3Connection(servers.s3Proxy.endpoint, { maxAttempts }));
    const sending = client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'there' }));
    await expect(sending).rejects.toMatchObject({ name: 'SlowDown', $metadata: { attempts: maxAttempts } });
    expect(servers.s3Proxy.requests).toHaveLength(maxAttempts);
  });

  test.each([
    [true, false],
    [false, true],
  ])('whether checksums are sent: with skip_s3_checksum=%s, %s', async (skipS3Checksum, sent) => {
    const { client } = await clients.s3(s3Connection(servers.s3.endpoint, { skipS3Checksum }));
    await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'checked', Body: 'x' }));
    await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'checked' }));
    const [put, get] = servers.s3.requests.map(({ headers }) => headers);
    expect(Object.keys(put ?? {}).some((name) => name.startsWith('x-amz-checksum-'))).toBe(sent);
    expect(get?.['x-amz-checksum-mode'] === 'ENABLED').toBe(sent);
  });

  test('that requests share a connection, which is opened once', async () => {
    const { client } = await clients.s3(s3Connection(servers.s3.endpoint));
    for (const _ of [1, 2]) await client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k', Body: 'x' }));
    expect(servers.s3.requests.map(({ headers }) => headers.connection)).toEqual([
      'keep-alive',
      'keep-alive',
    ]);
  });

  test('a server that does not let us in, or falls silent, is given up', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const s3 = await clients.s3(s3Connection(nowhere, { maxAttempts: 1 }));
    const dynamodb = await clients.dynamodb(dynamodbConnection(nowhere, { maxAttempts: 1 }));
    await s3.client.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'x' })).catch(() => {});
    await dynamodb.client.send(GET_ITEM).catch(() => {});
    for (const { config } of [s3.client, dynamodb.client]) {
      const handler = config.requestHandler as unknown as { httpHandlerConfigs(): object };
      expect(handler.httpHandlerConfigs()).toMatchObject({
        connectionTimeout: 5_000,
        socketTimeout: 30_000,
      });
    }
  });

  describe('and not what later steps leave in the environment', () => {
    const ELSEWHERE = 'http://127.0.0.1:9';
    const variables = {
      AWS_ENDPOINT_URL: ELSEWHERE,
      AWS_ENDPOINT_URL_S3: ELSEWHERE,
      AWS_ENDPOINT_URL_DYNAMODB: ELSEWHERE,
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_MAX_ATTEMPTS: '9',
      AWS_RETRY_MODE: 'adaptive',
    };
    beforeEach(() => {
      Object.assign(process.env, variables);
    });
    afterEach(() => {
      for (const name of Object.keys(variables)) delete process.env[name];
    });

    test('how requests are tried again', async () => {
      const { client } = await clients.s3(s3Connection(servers.s3.endpoint, { maxAttempts: 3 }));
      expect(await client.config.maxAttempts()).toBe(3);
      const { mode } = (await client.config.retryStrategy()) as { mode?: string };
      expect(mode).toBe('standard');
    });

    test('where AWS itself is', async () => {
      const { endpoint: _, ...s3 } = s3Connection('', { usePathStyle: false });
      const { endpoint: __, ...dynamodb } = dynamodbConnection('');
      expect(await s3Address(s3)).toBe('states.s3.us-east-1.amazonaws.com/a/b');
      expect(await dynamodbAddress(dynamodb)).toBe('dynamodb.us-east-1.amazonaws.com/');
    });
  });

  test.each([
    [{ fips: true }, 'states.s3-fips.us-east-1.amazonaws.com/a/b', 'dynamodb-fips.us-east-1.amazonaws.com/'],
    [{ dualstack: true }, 'states.s3.dualstack.us-east-1.amazonaws.com/a/b', 'dynamodb.us-east-1.api.aws/'],
    [
      { fips: true, dualstack: true },
      'states.s3-fips.dualstack.us-east-1.amazonaws.com/a/b',
      'dynamodb-fips.us-east-1.api.aws/',
    ],
  ])('where AWS is: with %j, at %s and %s', async (differences, s3Place, dynamodbPlace) => {
    const reach = { ...REACH, ...differences };
    const { endpoint: _, ...s3 } = s3Connection('', { usePathStyle: false, reach });
    const { endpoint: __, ...dynamodb } = dynamodbConnection('', { reach });
    expect(await s3Address(s3)).toBe(s3Place);
    expect(await dynamodbAddress(dynamodb)).toBe(dynamodbPlace);
    // One that is given is used as it stands.
    expect(await s3Address(s3Connection('https://s3.example.com', { reach }))).toBe(
      's3.example.com/states/a/b',
    );
    expect(await dynamodbAddress(dynamodbConnection('https://d.example.com', { reach }))).toBe(
      'd.example.com/',
    );
  });

  test('how requests are paced', async () => {
    const reach = { ...REACH, retryMode: 'adaptive' } as const;
    const { client } = await clients.s3(s3Connection(servers.s3.endpoint, { reach }));
    const { mode } = (await client.config.retryStrategy()) as { mode?: string };
    expect(mode).toBe('adaptive');
  });

  test.each([
    [true, 's3.example.com/states/a/b'],
    [false, 'states.s3.example.com/a/b'],
  ])('how the bucket is addressed: with use_path_style=%s, at %s', async (usePathStyle, address) => {
    expect(await s3Address(s3Connection('https://s3.example.com', { usePathStyle }))).toBe(address);
  });
});
