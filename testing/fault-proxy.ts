import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as openRequest,
  type ServerResponse,
} from 'node:http';
import { type Listening, listen, readBody } from './http-server.js';

/** A request as it came from the client, its body complete. */
export interface ProxiedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The operation of a DynamoDB request, such as `PutItem`. */
  readonly operation?: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Match = (request: ProxiedRequest) => boolean;

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: string | Buffer;
}

/** What a fault may do with a request. */
export interface Exchange {
  readonly request: ProxiedRequest;
  /** Sends the request to the server, whether or not the client is still there. */
  forward(): Promise<Answer>;
  /** Gives the client an answer; without effect if it has gone. */
  answer(answer: Answer): void;
  /**
   * Gives the client the head of the answer, with the length of its whole body, and no more of the body than its first
   * `bytes`. A further call goes on from there.
   *
   * @returns whether the client is still there, once the bytes are on their way
   */
  answerUpTo(answer: Answer, bytes: number): Promise<boolean>;
  /** Ends the connection: the client gets what was sent so far, and then the end. */
  hangUp(): void;
  /** Cuts the connection: the client sees ECONNRESET. */
  reset(): void;
}

/** What happens in place of the request. A fault that neither answers nor resets leaves the client hanging. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export interface Rule {
  readonly match: Match;
  /** One of `faults.ts`, or a function of the test's own. */
  readonly action: Fault;
  /** For how many requests the rule holds; for all unless given. */
  readonly times?: number;
}

/** Whoever still waits for an answer when the proxy is closed is cut off. */
export interface FaultProxy extends Listening {
  /** Everything that came in, in order. */
  readonly requests: readonly ProxiedRequest[];
  clearRequests(): void;
  /** The first rule that matches and is not used up is applied, in the order in which they were added. */
  addRule(rule: Rule): void;
  clearRules(): void;
  /** Resolves once `count` matching requests (one, unless given) have come in since the start or `clearRequests`. */
  waitForRequest(match: Match, options?: { count?: number }): Promise<ProxiedRequest>;
}

/**
 * Stands in front of an HTTP server and makes a request fail as a rule says. The Host header is passed on as it came,
 * so that a request that is signed for the proxy stays valid behind it.
 */
export async function startFaultProxy(targetEndpoint: string): Promise<FaultProxy> {
  const requests: ProxiedRequest[] = [];
  const watchers = new Set<() => void>();
  const rules: { rule: Rule; left: number }[] = [];

  const findFault = (request: ProxiedRequest): Fault => {
    const found = rules.find(({ rule, left }) => left > 0 && rule.match(request));
    if (!found) return passOn;
    found.left--;
    return found.rule.action;
  };

  const server = createServer(async (message, response) => {
    try {
      const request = await readRequest(message);
      requests.push(request);
      const fault = findFault(request);
      for (const watcher of watchers) watcher();
      await fault({
        request,
        forward: () => forward(request, message.rawHeaders, targetEndpoint),
        answer: (answer) => sendAnswer(response, answer),
        answerUpTo: newAnswerInPieces(response),
        hangUp: () => response.socket?.destroy(),
        reset: () => response.socket?.resetAndDestroy(),
      });
    } catch (error) {
      sendAnswer(response, { status: 502, body: `The fault proxy failed: ${error}` });
    }
  });

  return {
    ...(await listen(server)),
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    addRule: (rule) => {
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    },
    clearRules: () => {
      rules.length = 0;
    },
    waitForRequest: (match, { count = 1 } = {}) =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = requests.filter(match)[count - 1];
          if (!found) return;
          watchers.delete(check);
          resolve(found);
        };
        watchers.add(check);
        check();
      }),
  };
}

/** No fault: the request goes to the server, and its answer to the client. */
export const passOn: Fault = async ({ forward, answer }) => answer(await forward());

async function readRequest(message: IncomingMessage): Promise<ProxiedRequest> {
  const { method = '', url = '/', headers } = message;
  const body = await readBody(message);
  const [, operation] = String(headers['x-amz-target'] ?? '').split('.');
  return { method, url, headers, body, ...(operation ? { operation } : {}) };
}

/** Headers that hold for one connection. Bodies are complete here, so they go on with a length instead. */
const PER_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'expect'];

function forward(request: ProxiedRequest, rawHeaders: readonly string[], target: string): Promise<Answer> {
  const { method, url: path, headers, body } = request;
  const kept = rawHeaders.filter((_, index) => {
    const name = rawHeaders[index - (index % 2)] ?? '';
    return !PER_CONNECTION.includes(name.toLowerCase());
  });
  if (headers['content-length'] === undefined && body.length > 0)
    kept.push('content-length', String(body.length));
  return new Promise((resolve, reject) => {
    const outgoing = openRequest(target, { method, path, headers: kept, agent: false }, (incoming) => {
      const status = incoming.statusCode ?? 0;
      readBody(incoming).then(
        (answer) => resolve({ status, headers: incoming.headers, body: answer }),
        reject,
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  setHead(response, answer);
  response.end(answer.body);
}

function newAnswerInPieces(response: ServerResponse): Exchange['answerUpTo'] {
  let sent = 0;
  return async (answer, bytes) => {
    if (response.destroyed) return false;
    if (!response.headersSent) {
      setHead(response, answer);
      response.flushHeaders();
    }
    const piece = Buffer.from(answer.body ?? '').subarray(sent, bytes);
    sent += piece.length;
    if (piece.length > 0) await new Promise<void>((resolve) => response.write(piece, () => resolve()));
    return !response.destroyed;
  };
}

function setHead(response: ServerResponse, { status, headers = {}, body = '' }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !PER_CONNECTION.includes(name)) response.setHeader(name, value);
  }
  // The answer to a HEAD says how long a body would have been.
  if (body.length > 0) response.setHeader('content-length', Buffer.byteLength(body));
}
