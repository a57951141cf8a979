import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { s3Error } from './errors.js';
import { header, parseQuery, splitOnce } from './request.js';

/** Who may sign requests. */
export interface Account {
  readonly secretAccessKey: string;
  /** Then requests must carry this token. */
  readonly sessionToken?: string;
  /** Then every request is answered with `ExpiredToken`. */
  readonly expired?: boolean;
}

export type Accounts = Readonly<Record<string, Account>>;

export interface Signer {
  readonly accessKeyId: string;
  /** The region that the request was signed for. */
  readonly region: string;
}

/**
 * Verifies a Signature Version 4 in the Authorization header. The age of the signature is not judged, and presigned
 * URLs are not known: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 *
 * @throws S3Error with the code that S3 gives
 */
export function verifySignature(message: IncomingMessage, accounts: Accounts): Signer {
  const authorization = parseAuthorization(header(message.headers, 'authorization'));
  const { accessKeyId, region } = authorization;
  const account = accounts[accessKeyId];
  if (!account) throw s3Error('InvalidAccessKeyId', { AWSAccessKeyId: accessKeyId });
  const token = header(message.headers, 'x-amz-security-token');
  if (account.expired) throw s3Error('ExpiredToken', token ? { 'Token-0': token } : {});
  // A temporary key is unknown by itself.
  if (!token && account.sessionToken) throw s3Error('InvalidAccessKeyId', { AWSAccessKeyId: accessKeyId });
  if (token !== account.sessionToken) throw s3Error('InvalidToken', token ? { 'Token-0': token } : {});

  const stringToSign = [
    'AWS4-HMAC-SHA256',
    header(message.headers, 'x-amz-date') ?? '',
    authorization.scope,
    sha256(canonicalRequest(message, authorization.signedHeaders)),
  ].join('\n');
  const expected = hmac(signingKey(account.secretAccessKey, authorization), stringToSign);
  const given = Buffer.from(authorization.signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw s3Error('SignatureDoesNotMatch', { AWSAccessKeyId: accessKeyId, StringToSign: stringToSign });
  }
  return { accessKeyId, region };
}

interface Authorization extends Signer {
  readonly date: string;
  readonly service: string;
  /** `date/region/service/aws4_request` */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

function parseAuthorization(value: string | undefined): Authorization {
  if (!value) throw s3Error('AccessDenied');
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/(s3)\/aws4_request), *SignedHeaders=([^,]+), *Signature=([\da-f]{64})$/.exec(
      value,
    );
  if (!match) throw s3Error('AuthorizationHeaderMalformed');
  const [, accessKeyId = '', scope = '', date = '', region = '', service = '', headers = '', signature = ''] =
    match;
  return { accessKeyId, scope, date, region, service, signedHeaders: headers.split(';'), signature };
}

/** S3 encodes each part of the path once and does not normalise it, other than the rest of AWS. */
function canonicalRequest(message: IncomingMessage, signedHeaders: readonly string[]): string {
  const [path, queryString = ''] = splitOnce(message.url ?? '/', '?');
  const canonicalQuery = parseQuery(queryString)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  return [
    message.method,
    path
      .split('/')
      .map((part) => encode(decodeURIComponent(part)))
      .join('/'),
    canonicalQuery,
    ...signedHeaders.map((name) => `${name}:${canonicalValue(message, name)}`),
    '',
    signedHeaders.join(';'),
    header(message.headers, 'x-amz-content-sha256') ?? '',
  ].join('\n');
}

function canonicalValue(message: IncomingMessage, name: string): string {
  return (message.headersDistinct[name] ?? []).map((value) => value.trim().replaceAll(/ +/g, ' ')).join(',');
}

function signingKey(secret: string, { date, region, service }: Authorization): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
