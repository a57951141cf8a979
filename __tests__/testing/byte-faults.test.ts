import { createServer, request as openRequest, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FaultProxy, startFaultProxy } from '../../testing/fault-proxy.js';
import {
  cut,
  dropBefore,
  duplicate,
  expiredToken,
  outage,
  outOfService,
  stall,
  throttle,
  trickle,
} from '../../testing/faults.js';
import { type Listening, listen } from '../../testing/http-server.js';

const BODY = 'eight by';
const anything = () => true;

let served: number;
let server: Server;
let listening: Listening;
let proxy: FaultProxy;

beforeEach(async () => {
  served = 0;
  server = createServer((request, response) => {
    served++;
    if (request.url === '/empty') response.writeHead(204).end();
    else response.setHeader('x-served', String(served)).end(BODY);
  });
  listening = await listen(server);
  proxy = await startFaultProxy(listening.endpoint);
});

afterEach(async () => {
  await proxy.close();
  await listening.close();
});

interface Seen {
  readonly head: 'came' | 'never came';
  readonly announced?: string | undefined;
  /** Which request of the server's life this answers. */
  readonly served?: unknown;
  readonly body: string;
  readonly end: 'whole' | 'broken off';
}

/** What a client sees of an answer, up to its end. */
function ask(path = '/', onBytes: (body: string) => void = () => {}): Promise<Seen> {
  return new Promise((resolve) => {
    const request = openRequest(`${proxy.endpoint}${path}`, { agent: false }, (incoming) => {
      let body = '';
      const { 'content-length': announced, 'x-served': served } = incoming.headers;
      const seen = { head: 'came', announced, served } as const;
      incoming.on('data', (bytes) => {
        body += bytes;
        onBytes(body);
      });
      incoming.on('end', () => resolve({ ...seen, body, end: 'whole' }));
      incoming.on('error', () => resolve({ ...seen, body, end: 'broken off' }));
    });
    request.on('error', () => resolve({ head: 'never came', body: '', end: 'broken off' }));
    request.end();
  });
}

describe('an answer is broken off', () => {
  test.each([0, 3])('after its head and %i bytes, its whole length announced', async (bytes) => {
    proxy.addRule({ match: anything, action: cut(bytes) });
    const body = BODY.slice(0, bytes);
    expect(await ask()).toMatchObject({ head: 'came', announced: '8', body, end: 'broken off' });
    expect(served).toBe(1);
  });

  test('before its head, if it has no body', async () => {
    proxy.addRule({ match: anything, action: cut(1) });
    expect(await ask('/empty')).toMatchObject({ head: 'never came' });
    expect(served).toBe(1);
  });
});

test('an answer stalls after its first bytes, the connection open, until the proxy is closed', async () => {
  proxy.addRule({ match: anything, action: stall(3) });
  const came = new Promise<string>((resolve) => {
    ask('/', resolve).then(({ end }) => expect(end).toBe('broken off'));
  });
  expect(await came).toBe(BODY.slice(0, 3));
});

test('an answer comes byte by byte', async () => {
  proxy.addRule({ match: anything, action: trickle(1) });
  const pieces: string[] = [];
  const seen = await ask('/', (body) => pieces.push(body));
  expect(seen).toMatchObject({ body: BODY, end: 'whole' });
  expect(pieces.length).toBeGreaterThan(1);
});

test.each([
  { which: 'first', by: '1' },
  { which: 'second', by: '2' },
] as const)('a request is carried out twice, and its $which answer is given', async ({ which, by }) => {
  proxy.addRule({ match: anything, action: duplicate(which) });
  expect(await ask()).toMatchObject({ served: by, body: BODY });
  expect(served).toBe(2);
});

test('an outage lasts until the test ends it', async () => {
  const weather = outage(dropBefore());
  proxy.addRule({ match: anything, action: weather });
  expect(await ask()).toMatchObject({ head: 'never came' });
  expect(await ask()).toMatchObject({ head: 'never came' });
  weather.end();
  expect(await ask()).toMatchObject({ body: BODY });
  expect(served).toBe(1);
});

describe('a service says in its own words that it', () => {
  const cases = [
    { what: 'is throttled', fault: throttle(), s3: 'SlowDown', dynamodb: 'ProvisionedThroughputExceeded' },
    { what: 'is out of service', fault: outOfService(), s3: 'ServiceUnavailable', dynamodb: 'ServiceUnav' },
    { what: 'does not take the token', fault: expiredToken(), s3: 'ExpiredToken', dynamodb: 'ExpiredToken' },
  ];

  test.each(cases)('$what', async ({ fault, s3, dynamodb }) => {
    proxy.addRule({ match: anything, action: fault });
    expect((await ask()).body).toContain(`<Code>${s3}</Code>`);
    const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem' };
    const answer = await fetch(proxy.endpoint, { method: 'POST', headers });
    expect(await answer.json()).toMatchObject({ __type: expect.stringContaining(dynamodb) });
    expect(served).toBe(0);
  });
});
