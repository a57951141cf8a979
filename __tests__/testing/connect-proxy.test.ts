import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ConnectProxy, startConnectProxy } from '../../testing/connect-proxy.js';

const ROUND_TRIP_MS = 30;

let echo: Server;
let proxy: ConnectProxy;

beforeEach(async () => {
  echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const { port } = echo.address() as AddressInfo;
  const route = (address: string) => (address === 'echo.example.com:7' ? port : undefined);
  proxy = await startConnectProxy({ route, roundTripMs: ROUND_TRIP_MS });
});

afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function tunnelTo(path: string): Promise<{ status: number; socket: Duplex }> {
  const asking = request(proxy.endpoint, { method: 'CONNECT', path }).end();
  const [answer, socket] = await once(asking, 'connect');
  return { status: answer.statusCode, socket };
}

test('bytes arrive whole and in order, a round trip later', async () => {
  const startedAt = performance.now();
  const { status, socket } = await tunnelTo('echo.example.com:7');
  expect(status).toBe(200);
  const sent = Array.from({ length: 100 }, (_, index) => `${index};`);
  for (const part of sent) socket.write(part);
  socket.end();
  expect(await text(socket)).toBe(sent.join(''));
  // One for CONNECT and one for the bytes; a timer may end a millisecond early.
  expect(performance.now() - startedAt).toBeGreaterThan(2 * ROUND_TRIP_MS - 3);
  expect(proxy.asked).toEqual(['echo.example.com:7']);
});

test('what it does not know is refused', async () => {
  const { status, socket } = await tunnelTo('amazonaws.com:443');
  expect(status).toBe(403);
  socket.destroy();
  expect(proxy.asked).toEqual(['amazonaws.com:443']);
});
