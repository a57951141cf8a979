import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { s3Error } from './errors.js';
import { header, splitOnce } from './request.js';

/** A body freed of its transfer encoding, and the headers that followed it. */
export interface Payload {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Compares the body with `x-amz-content-sha256`, or takes it out of its `aws-chunked` framing.
 *
 * @throws S3Error `XAmzContentSHA256Mismatch`, `IncompleteBody`; `NotImplemented` for chunks that are signed one by one
 */
export function decodePayload(headers: IncomingHttpHeaders, wire: Buffer): Payload {
  const declared = header(headers, 'x-amz-content-sha256');
  switch (declared) {
    case undefined:
      throw s3Error(
        'InvalidRequest',
        {},
        { message: 'Missing required header for this request: x-amz-content-sha256' },
      );
    case 'UNSIGNED-PAYLOAD':
      return { body: wire, trailers: {} };
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return decodeChunks(headers, wire);
    default:
      if (declared.startsWith('STREAMING-'))
        throw s3Error('NotImplemented', { Header: 'x-amz-content-sha256' });
      verifySha256(declared, wire);
      return { body: wire, trailers: {} };
  }
}

function verifySha256(declared: string, wire: Buffer): void {
  const computed = createHash('sha256').update(wire).digest('hex');
  if (declared === computed) return;
  throw s3Error('XAmzContentSHA256Mismatch', {
    ClientComputedContentSHA256: declared,
    S3ComputedContentSHA256: computed,
  });
}

/**
 * Moves the chunks together inside `wire` itself, which is always longer than what it carries, so that a large body is
 * not held twice: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function decodeChunks(headers: IncomingHttpHeaders, wire: Buffer): Payload {
  let readAt = 0;
  let length = 0;
  const readLine = (): string => {
    const end = wire.indexOf('\r\n', readAt);
    if (end < 0) throw s3Error('IncompleteBody');
    const line = wire.toString('latin1', readAt, end);
    readAt = end + 2;
    return line;
  };
  for (;;) {
    const chunkLength = Number.parseInt(readLine(), 16);
    if (!(chunkLength >= 0) || readAt + chunkLength > wire.length) throw s3Error('IncompleteBody');
    if (chunkLength === 0) break;
    wire.copyWithin(length, readAt, readAt + chunkLength);
    length += chunkLength;
    readAt += chunkLength;
    readLine();
  }
  const trailers: Record<string, string> = {};
  for (let line = readLine(); line !== ''; line = readLine()) {
    const [name, value = ''] = splitOnce(line, ':');
    trailers[name.toLowerCase()] = value.trim();
  }
  verifyFraming(headers, trailers, length);
  return { body: wire.subarray(0, length), trailers };
}

function verifyFraming(headers: IncomingHttpHeaders, trailers: Payload['trailers'], length: number): void {
  if (header(headers, 'x-amz-decoded-content-length') !== String(length)) throw s3Error('IncompleteBody');
  const announced = header(headers, 'x-amz-trailer');
  if (announced && !trailers[announced.toLowerCase()]) {
    throw s3Error('InvalidRequest', {}, { message: `The trailer ${announced} was announced and not sent.` });
  }
}
