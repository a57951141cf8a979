import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A server of somebody else's, in a process of its own, on a free port of the loopback interface. */
export interface ServerProcess {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** How a server is started. */
export interface ServerCommand {
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  /** Added to `PATH`: nothing else of the environment of whoever runs the tests comes in. */
  readonly env?: Readonly<Record<string, string>>;
  /** Asked until there is an answer to it. */
  readonly readyPath?: string;
  /** Which answer means ready; any, unless given. */
  readonly isReady?: (status: number) => boolean;
}

const START_LIMIT_MS = 60_000;
const ASK_AGAIN_MS = 50;
const STOP_PATIENCE_MS = 5_000;
/** Between our look for a free port and the server's start somebody else may take it. */
const PORT_ATTEMPTS = 3;

/** Starts a server and waits until it answers. */
export async function startServerProcess(server: ServerCommand): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(server);
    } catch (error) {
      if (attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function startOnce({
  command,
  args,
  env,
  readyPath = '/',
  isReady = () => true,
}: ServerCommand): Promise<ServerProcess> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(command, args(port), {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = keepOutput(child);
  const failed = new AbortController();
  child.on('error', (error) => failed.abort(error));
  child.on('exit', (code) => failed.abort(new Error(`${command} ended with ${code}:\n${output()}`)));
  try {
    await untilReady(`${endpoint}${readyPath}`, isReady, failed.signal);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { endpoint, close: () => stop(child) };
}

async function untilReady(
  url: string,
  isReady: (status: number) => boolean,
  failed: AbortSignal,
): Promise<void> {
  const deadline = AbortSignal.timeout(START_LIMIT_MS);
  const signal = AbortSignal.any([failed, deadline]);
  for (;;) {
    signal.throwIfAborted();
    const status = await fetch(url, { signal }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => undefined,
    );
    if (status !== undefined && isReady(status)) return;
    await delay(ASK_AGAIN_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** @returns what the process has printed so far */
function keepOutput(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
  }
  return () => chunks.join('');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
  await exited;
  clearTimeout(impatience);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
