import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** A page in a headless browser. */
export interface BrowserPage {
  /** Opens a file of this machine, and waits until it is loaded. */
  open(url: string): Promise<void>;
  /**
   * @param height Of the window; a page may be longer. In CSS pixels.
   * @param scale Of a picture: its pixels for each of them.
   */
  resize(width: number, height: number, scale: number): Promise<void>;
  /** What the page is told that its reader prefers. */
  prefer(theme: 'light' | 'dark'): Promise<void>;
  /** Calls a function of the page, by its name, and waits for what it promises. Values go there and back as JSON. */
  call(name: string, ...values: unknown[]): Promise<unknown>;
  /** The page from its top down to `height`, as a PNG: made fast, or small. */
  picture(width: number, height: number, made: 'fast' | 'small'): Promise<Buffer>;
}

export interface Browser {
  readonly page: BrowserPage;
  close(): Promise<void>;
}

/**
 * Starts Chromium, and speaks its DevTools protocol through a pipe: messages of JSON, each ended by a NUL.
 *
 * @param command The browser. Without its sandbox, which root cannot have: it is for pages of our own.
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export async function startChromium(command: string): Promise<Browser> {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--allow-file-access-from-files',
  ];
  const child = spawn(command, [...flags, '--remote-debugging-pipe', 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const connection = connect(child);
  const { targetId } = await connection.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
  const send: Send = (method, params) => connection.send(method, params, sessionId as string);
  await send('Page.enable');
  return { page: pageOf(send, connection.next), close: () => stop(child, connection) };
}

type Answer = Readonly<Record<string, unknown>>;
type Send = (method: string, params?: object) => Promise<Answer>;

interface Connection {
  send(method: string, params?: object, sessionId?: string): Promise<Answer>;
  /** The next event of this name. */
  next(event: string): Promise<void>;
}

function pageOf(send: Send, next: Connection['next']): BrowserPage {
  return {
    async open(url) {
      const loaded = next('Page.loadEventFired');
      await send('Page.navigate', { url });
      await loaded;
    },
    async resize(width, height, scale) {
      const metrics = { width, height, deviceScaleFactor: scale, mobile: false };
      await send('Emulation.setDeviceMetricsOverride', metrics);
    },
    async prefer(theme) {
      await send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: theme }],
      });
    },
    async call(name, ...values) {
      const expression = `${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`;
      const options = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await send('Runtime.evaluate', options);
      if (exceptionDetails) throw new Error(`The page threw: ${JSON.stringify(exceptionDetails)}`);
      return (result as { value?: unknown }).value;
    },
    async picture(width, height, made) {
      const clip = { x: 0, y: 0, width, height, scale: 1 };
      const options = { clip, captureBeyondViewport: true, optimizeForSpeed: made === 'fast' };
      const { data } = await send('Page.captureScreenshot', options);
      return Buffer.from(data as string, 'base64');
    },
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

function connect(child: ChildProcess): Connection {
  const [, , errors, requests, answers] = child.stdio as unknown as [
    null,
    null,
    Readable,
    Writable,
    Readable,
  ];
  const waiting = new Map<number | string, { resolve(answer: Answer): void; reject(error: Error): void }>();
  const promised = (key: number | string) =>
    new Promise<Answer>((resolve, reject) => waiting.set(key, { resolve, reject }));
  const settle = ({ id, method, result = {}, error }: Message) => {
    const key = id ?? method ?? '';
    const waiter = waiting.get(key);
    waiting.delete(key);
    if (error) waiter?.reject(new Error(error.message));
    else waiter?.resolve(result);
  };
  let said = '';
  errors.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.on('close', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`Chromium ended with ${code}:\n${said}`));
  });
  onMessages(answers, settle);
  let last = 0;
  return {
    send(method, params = {}, sessionId) {
      const id = ++last;
      requests.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      return promised(id);
    },
    next: async (event) => {
      await promised(event);
    },
  };
}

function onMessages(stream: Readable, settle: (message: Message) => void): void {
  let rest = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) settle(JSON.parse(message) as Message);
  });
}

async function stop(child: ChildProcess, { send }: Connection): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  await send('Browser.close').catch(() => child.kill('SIGKILL'));
  await exited;
}
