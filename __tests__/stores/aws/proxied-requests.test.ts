import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HttpRequest } from '@smithy/core/protocols';
import type { Proxies } from '../../../src/config/settings.js';
import { handlerThrough } from '../../../src/stores/aws/proxied-requests.js';
import { type ConnectProxy, type ProxyOptions, startConnectProxy } from '../../../testing/connect-proxy.js';
import { type Clients, newClients, s3Connection } from '../../../testing/connections.js';
import { type S3Double, startS3Double } from '../../../testing/s3-double/index.js';
import { REACH } from '../../../testing/test-data.js';

const GET = new GetObjectCommand({ Bucket: 'states', Key: 'a' });

let clients: Clients;
let s3: S3Double;
let proxy: ConnectProxy | undefined;

beforeEach(async () => {
  clients = newClients();
  s3 = await startS3Double();
  s3.createBucket('states');
  s3.putObject('states', 'a', 'whole');
});

afterEach(async () => {
  clients.destroy();
  await Promise.all([s3.close(), proxy?.close()]);
});

const portOf = (endpoint: string) => Number(new URL(endpoint).port);

/** A client of a store that only the proxy can reach. */
async function clientThrough(endpoint: string, options: Partial<ProxyOptions> = {}, login = '') {
  proxy = await startConnectProxy({ route: () => portOf(s3.endpoint), ...options });
  const url = proxy.endpoint.replace('//', `//${login}`);
  const proxies: Proxies = { https: url, http: url, noProxy: ['exempt.invalid'] };
  return (await clients.s3(s3Connection(endpoint, { maxAttempts: 1, reach: { ...REACH, proxies } }))).client;
}

describe('a store on http:// is reached through its proxy', () => {
  test('by its own name and port', async () => {
    const client = await clientThrough('http://s3.example.com:9000');
    await client.send(new PutObjectCommand({ Bucket: 'states', Key: 'b', Body: 'sent' }));
    expect(s3.getObject('states', 'b')?.body.toString()).toBe('sent');
    expect(s3.requests[0]?.headers.host).toBe('s3.example.com:9000');
    expect(proxy?.asked).toEqual(['s3.example.com:9000']);
  });

  test('with the login that the proxy asks for, which the store does not see', async () => {
    const client = await clientThrough('http://s3.example.com', { login: 'ada@x:p/q' }, 'ada%40x:p%2Fq@');
    const { Body } = await client.send(GET);
    expect(await Body?.transformToString()).toBe('whole');
    expect(Object.keys(s3.requests[0]?.headers ?? {})).not.toContain('proxy-authorization');
  });
});

describe('an answer of the proxy is never taken for one of the store', () => {
  test.each(['403 Forbidden', '404 Not Found', '407 Proxy Authentication Required', '412 No', '200OK'])(
    '%s',
    async (refusal) => {
      const client = await clientThrough('https://s3.example.com', { route: () => undefined, refusal });
      await expect(client.send(GET)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      expect(proxy?.asked).toEqual(['s3.example.com:443']);
    },
  );
});

describe('the proxy is not asked', () => {
  test.each(['http', 'https'])('for this machine (%s)', async (scheme) => {
    const client = await clientThrough(s3.endpoint.replace('http', scheme));
    const sending = client.send(GET);
    if (scheme === 'http') expect((await sending).ContentLength).toBe(5);
    else await expect(sending).rejects.toBeDefined();
    expect(proxy?.asked).toEqual([]);
  });

  test.each(['http', 'https'])('for what NO_PROXY names (%s)', async (scheme) => {
    const client = await clientThrough(`${scheme}://exempt.invalid`);
    await expect(client.send(GET)).rejects.toThrow('getaddrinfo');
    expect(proxy?.asked).toEqual([]);
  });
});

test.each(['http', 'https'])(
  'a proxy that says nothing is given up, and its connection closed (%s)',
  async (scheme) => {
    const silent = createServer();
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const closed = once(silent, 'connection').then(([socket]) => once(socket.resume(), 'close'));
    const { port } = silent.address() as AddressInfo;
    const handler = handlerThrough(
      { https: `${scheme}://127.0.0.1:${port}`, noProxy: [] },
      { straight: { connectionTimeout: 50, socketTimeout: 50 }, pool: { keepAlive: true, maxSockets: 1 } },
    );
    const request = new HttpRequest({ protocol: 'https:', hostname: 's3.example.com' });
    await expect(handler.handle(request)).rejects.toMatchObject({
      code: 'ETIMEDOUT',
      message: 'the proxy did not connect within 50 ms',
    });
    await closed;
    silent.close();
  },
);
