import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { s3Error } from './errors.js';

/** A request as the handlers see it: the bucket and key found, the body complete and decoded. */
export interface S3Request {
  readonly method: string;
  /** Empty for a request on the service, such as ListBuckets. */
  readonly bucket: string;
  /** Empty for a request on the bucket. */
  readonly key: string;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface S3Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Buffer | string;
  /** The code of a refusal. */
  readonly errorCode?: string;
}

export type Query = ReadonlyMap<string, string>;

/** Where a request goes, found in its URL and its Host header alone. */
export interface Target {
  readonly bucket: string;
  readonly key: string;
  readonly query: Query;
}

/** A host that begins with a bucket's name, in front of this machine's or of AWS's. */
const VIRTUAL_HOST = /^(.+)\.(?:localhost|s3(?:-fips)?(?:\.dualstack)?\.[a-z\d-]+\.amazonaws\.com)(?::\d+)?$/;

/** Understands both forms of address: `host/bucket/key` and `bucket.host/key`. */
export function parseTarget(message: IncomingMessage): Target {
  const [path = '/', queryString = ''] = splitOnce(message.url ?? '/', '?');
  const query = new Map(parseQuery(queryString));
  const virtualHost = VIRTUAL_HOST.exec(message.headers.host ?? '');
  if (virtualHost?.[1]) return { bucket: virtualHost[1], key: decode(path.slice(1)), query };
  const [bucket, key = ''] = splitOnce(path.slice(1), '/');
  return { bucket: decode(bucket), key: decode(key), query };
}

/** Decoded pairs in the order of the URL. A parameter without `=` has an empty value. */
export function parseQuery(queryString: string): [name: string, value: string][] {
  return queryString
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, value = ''] = splitOnce(pair.replaceAll('+', ' '), '=');
      return [decode(name), decode(value)];
    });
}

/** The first value of a header, as text. */
export function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

export function splitOnce(text: string, separator: string): [head: string, tail?: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw s3Error('InvalidURI', { URI: text });
  }
}
