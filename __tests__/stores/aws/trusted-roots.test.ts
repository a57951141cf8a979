import { createServer } from 'node:https';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Certificate, issueCertificate } from '../../../testing/certificates.js';
import { type ConnectProxy, startConnectProxy } from '../../../testing/connect-proxy.js';
import { dynamodbConnection, newClients, s3Connection } from '../../../testing/connections.js';
import { type Listening, listen } from '../../../testing/http-server.js';
import { REACH } from '../../../testing/test-data.js';

const GET = new GetObjectCommand({ Bucket: 'states', Key: 'a' });
const GET_ITEM = new GetItemCommand({ TableName: 'locks', Key: { LockID: { S: 'x' } } });

/** What OpenSSL says of a certificate by somebody who is not trusted. */
const UNKNOWN = 'unable to verify the first certificate';

const clients = newClients();
let ours: Certificate;
let theirs: Certificate;
/** Answers whoever trusts it, as S3 and as DynamoDB. */
let store: Listening;
let proxy: ConnectProxy;

beforeAll(async () => {
  [ours, theirs] = await Promise.all([
    issueCertificate(['localhost', '*.example.com']),
    issueCertificate(['x']),
  ]);
  const { key, cert } = ours;
  store = await listen(
    createServer({ key, cert }, (message, response) => {
      const isDynamodb = message.headers['x-amz-target'] !== undefined;
      response.writeHead(200, isDynamodb ? { 'content-type': 'application/x-amz-json-1.0' } : {});
      response.end(isDynamodb ? '{}' : 'whole');
    }),
  );
  proxy = await startConnectProxy({ route: () => Number(new URL(store.endpoint).port) });
});

afterAll(async () => {
  clients.destroy();
  await Promise.all([store.close(), proxy.close()]);
});

/** By its name, for which it has a certificate. */
const straight = () => `https://localhost:${new URL(store.endpoint).port}`;
const through = () => ({ ...REACH, proxies: { https: proxy.endpoint, noProxy: [] } });

describe.each([
  ['straight', straight, () => REACH],
  ['through a proxy', () => 'https://s3.example.com', through],
  ['past a proxy', straight, through],
])('%s', (_, endpoint, reach) => {
  const options = (roots: readonly string[] | undefined) => ({
    maxAttempts: 1,
    reach: reach(),
    ...(roots && { roots }),
  });
  const askS3 = async (roots?: readonly string[]) =>
    (await clients.s3(s3Connection(endpoint(), options(roots)))).client.send(GET);
  const askDynamodb = async (roots?: readonly string[]) =>
    (await clients.dynamodb(dynamodbConnection(endpoint(), options(roots)))).client.send(GET_ITEM);

  test('a store is reached whose authority is among the roots', async () => {
    const roots = [theirs.ca, ours.ca];
    expect(await (await askS3(roots)).Body?.transformToString()).toBe('whole');
    expect((await askDynamodb(roots)).$metadata.httpStatusCode).toBe(200);
  });

  test('no other is', async () => {
    for (const roots of [undefined, [theirs.ca]]) {
      await expect(askS3(roots)).rejects.toThrow(UNKNOWN);
      await expect(askDynamodb(roots)).rejects.toThrow(UNKNOWN);
    }
  });

  test('nor one by a name that is not its own', async () => {
    const { ca, key, cert } = await issueCertificate(['elsewhere.example.com']);
    const other = await listen(createServer({ key, cert }, (_message, response) => response.end('forged')));
    const forging = await startConnectProxy({ route: () => Number(new URL(other.endpoint).port) });
    const proxies = reach().proxies && { https: forging.endpoint, noProxy: [] };
    const port = new URL(other.endpoint).port;
    const address = endpoint().includes('localhost') ? `https://localhost:${port}` : endpoint();
    const connection = s3Connection(address, {
      maxAttempts: 1,
      reach: { ...REACH, ...(proxies && { proxies }) },
      roots: [ca],
    });
    const { client } = await clients.s3(connection);
    await expect(client.send(GET)).rejects.toThrow("does not match certificate's altnames");
    client.destroy();
    await Promise.all([other.close(), forging.close()]);
  });
});

test('the requests of a client share a connection, which is opened once', async () => {
  const asked = proxy.asked.length;
  const { client } = await clients.s3(
    s3Connection('https://s3.example.com', { reach: through(), roots: [ours.ca] }),
  );
  for (const _ of [1, 2, 3]) await (await client.send(GET)).Body?.transformToString();
  expect(proxy.asked.length - asked).toBe(1);
});

test('a proxy on https:// is trusted by the same roots', async () => {
  const tls = createServer({ key: ours.key, cert: ours.cert });
  const asked: string[] = [];
  tls.on('connect', (message, socket) => {
    asked.push(message.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  const { endpoint, close } = await listen(tls);
  const https = `https://localhost:${new URL(endpoint).port}`;
  const reach = { ...REACH, proxies: { https, noProxy: [] } };
  const ask = async (roots: readonly string[]) =>
    (await clients.s3(s3Connection('https://s3.example.com', { maxAttempts: 1, reach, roots }))).client.send(
      GET,
    );
  await expect(ask([theirs.ca])).rejects.toThrow(UNKNOWN);
  await expect(ask([ours.ca])).rejects.toThrow('the proxy refused to connect: 403');
  expect(asked).toEqual(['s3.example.com:443']);
  await close();
});
