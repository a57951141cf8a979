import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../http-server.js';
import { authorize, type Context } from './context.js';
import { S3Error, s3Error } from './errors.js';
import { decodePayload } from './payload.js';
import { requiredPermissions } from './permissions.js';
import { parseTarget, type S3Request, type S3Response, type Target } from './request.js';
import { findRoute, type Route } from './routes.js';
import type { S3Settings } from './settings.js';
import { type Signer, verifySignature } from './signature.js';
import type { Bucket } from './store.js';
import { renderErrorXml } from './xml.js';

/** One request that was answered, in the order in which requests took effect. */
export interface RecordedRequest {
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
}

export interface ServerState {
  readonly settings: S3Settings;
  readonly buckets: Map<string, Bucket>;
  readonly record: (request: RecordedRequest) => void;
}

export function createS3Server(state: ServerState): Server {
  return createServer((message, response) => {
    readBody(message).then(
      (wire) => send(message, response, answer(state, message, wire)),
      // The client went away in the middle of its body: nothing is stored, nobody waits for an answer.
      () => response.destroy(),
    );
  });
}

/** Judges the request, carries it out and records it, in one tick. */
function answer(state: ServerState, message: IncomingMessage, wire: Buffer): S3Response {
  const { method = '', headers } = message;
  let target: Target = { bucket: '', key: '', query: new Map() };
  let response: S3Response;
  try {
    target = parseTarget(message);
    const route = findRoute({ method, headers, ...target });
    response = carryOut(state, { message, target, route, wire });
  } catch (thrown) {
    response = errorResponse(thrown instanceof S3Error ? thrown : unexpected(thrown), target);
  }
  const { bucket, key } = target;
  state.record({ method, headers, bucket, key, status: response.status });
  return response;
}

interface Arrival {
  readonly message: IncomingMessage;
  readonly target: Target;
  readonly route: Route;
  readonly wire: Buffer;
}

function carryOut(state: ServerState, { message, target, route, wire }: Arrival): S3Response {
  const [, , , action, handle] = route;
  const signer = verifySignature(message, state.settings.accounts);
  checkRegion(state, signer, target.bucket);
  const { body, trailers } = decodePayload(message.headers, wire);
  const headers = { ...message.headers, ...trailers };
  const request: S3Request = { method: message.method ?? '', ...target, headers, body };
  const context: Context = { ...state, request, accessKeyId: signer.accessKeyId };
  for (const permission of requiredPermissions(action, request)) authorize(context, permission);
  return handle(context);
}

/**
 * The double stands for the endpoints of all regions. A request must be signed for its bucket's region; signed for the
 * region of the endpoint, it is redirected instead.
 */
function checkRegion({ settings, buckets }: ServerState, signer: Signer, bucket: string): void {
  const expected = buckets.get(bucket)?.region ?? settings.region;
  if (signer.region === expected) return;
  const headers = { 'x-amz-bucket-region': expected };
  if (signer.region === settings.region) {
    throw s3Error(
      'PermanentRedirect',
      { Bucket: bucket, Endpoint: `s3.${expected}.amazonaws.com` },
      { headers },
    );
  }
  const message = `The authorization header is malformed; the region '${signer.region}' is wrong; expecting '${expected}'`;
  throw s3Error('AuthorizationHeaderMalformed', { Region: expected }, { message, headers });
}

/** A fault of the double itself: its text goes to the client, so that the test that met it shows it. */
function unexpected(thrown: unknown): S3Error {
  return s3Error(
    'InternalError',
    {},
    { message: thrown instanceof Error ? String(thrown.stack) : String(thrown) },
  );
}

function errorResponse(error: S3Error, { bucket, key }: Target): S3Response {
  const body = renderErrorXml({
    Code: error.code,
    Message: error.message,
    ...error.details,
    Resource: `/${bucket}${key ? `/${key}` : ''}`,
    RequestId: newRequestId(),
  });
  return { status: error.status, headers: error.headers, body };
}

function send(
  message: IncomingMessage,
  response: ServerResponse,
  { status, headers, body = '' }: S3Response,
): void {
  response.writeHead(status, {
    server: 'AmazonS3',
    'x-amz-request-id': newRequestId(),
    ...(typeof body === 'string' && body !== '' ? { 'content-type': 'application/xml' } : {}),
    ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    ...(status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }),
  });
  response.end(message.method === 'HEAD' ? undefined : body);
}

function newRequestId(): string {
  return randomBytes(8).toString('hex').toUpperCase();
}
