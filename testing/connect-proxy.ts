import { createServer, type IncomingMessage, request as openRequest, type ServerResponse } from 'node:http';
import { connect as openConnection } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Listening, listen } from './http-server.js';

export interface ProxyOptions {
  /** The port of this machine that stands for `host:port`; an address without one is refused. */
  readonly route: (address: string) => number | undefined;
  /** `user:password`, which whoever asks must give. */
  readonly login?: string;
  /** What an address without a route is answered; `403 Forbidden` unless given. */
  readonly refusal?: string;
  /** How long a round trip through a tunnel takes; no longer than this machine needs unless given. */
  readonly roundTripMs?: number;
}

/** An HTTP proxy on loopback: tunnels by CONNECT, and requests for `http://`. */
export interface ConnectProxy extends Listening {
  /** What it was asked to reach, `host:port`, in order: a tunnel once for all its requests. */
  readonly asked: readonly string[];
}

export async function startConnectProxy(options: ProxyOptions): Promise<ConnectProxy> {
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const take = (address: string, message: IncomingMessage): number | string => {
    asked.push(address);
    const { login, route, refusal = '403 Forbidden' } = options;
    const given = message.headers['proxy-authorization'];
    const isKnown = login === undefined || given === `Basic ${Buffer.from(login).toString('base64')}`;
    return isKnown ? (route(address) ?? refusal) : '407 Proxy Authentication Required';
  };

  const server = createServer((message, response) => {
    const { host } = new URL(message.url ?? '');
    const port = take(host.includes(':') ? host : `${host}:80`, message);
    if (typeof port === 'number') passOn(message, response, port);
    else response.writeHead(Number.parseInt(port, 10)).end();
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', (message, socket: Duplex) => {
    const port = take(message.url ?? '', message);
    if (typeof port === 'number') openTunnel(socket, port, options.roundTripMs ?? 0);
    else socket.end(`HTTP/1.1 ${port}\r\n\r\n`);
  });

  const { endpoint, close } = await listen(server);
  return {
    endpoint,
    asked,
    close: () => {
      const closed = close();
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
}

/** Passes a request for `http://` on, its headers as they came but for those that are the proxy's own. */
function passOn(message: IncomingMessage, response: ServerResponse, port: number): void {
  const { pathname, search } = new URL(message.url ?? '');
  const own = ['proxy-authorization', 'proxy-connection', 'connection'];
  const headers = Object.fromEntries(Object.entries(message.headers).filter(([name]) => !own.includes(name)));
  const path = `${pathname}${search}`;
  const outgoing = openRequest(
    { host: '127.0.0.1', port, path, headers, method: message.method, agent: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on('error', () => response.destroy());
  message.pipe(outgoing);
}

function openTunnel(client: Duplex, port: number, roundTripMs: number): void {
  const server = openConnection(port, '127.0.0.1');
  server.setNoDelay(true);
  server.once('connect', () => {
    setTimeout(() => client.write('HTTP/1.1 200 Connection established\r\n\r\n'), roundTripMs);
    carry(client, server, roundTripMs / 2);
    carry(server, client, roundTripMs / 2);
  });
  cutWith(client, server);
  cutWith(server, client);
}

/** A connection that is cut at one end is cut at the other; one that ends is carried to its end. */
function cutWith(end: Duplex, other: Duplex): void {
  end.on('error', () => other.destroy());
  end.on('close', () => {
    if (!end.readableEnded) other.destroy();
  });
}

/** Timers of one length end in the order in which they were set, so bytes do too. */
function carry(from: Duplex, to: Duplex, delayMs: number): void {
  if (delayMs === 0) {
    from.pipe(to);
    return;
  }
  from.on('data', (bytes) => setTimeout(() => to.write(bytes), delayMs));
  from.on('end', () => setTimeout(() => to.end(), delayMs));
}
