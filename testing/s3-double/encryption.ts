import type { IncomingHttpHeaders } from 'node:http';
import { md5 } from './checksums.js';
import { s3Error } from './errors.js';
import { header } from './request.js';

/** How an object is encrypted at rest. Nothing is encrypted here: only the rules are kept. */
export type StoredEncryption =
  | { readonly kind: 'AES256' }
  | { readonly kind: 'aws:kms'; readonly keyId: string }
  /** SSE-C: S3 forgets the key and knows it again by its MD5, in base64. */
  | { readonly kind: 'customer'; readonly keyMd5: string };

const AWS_MANAGED_KEY = 'arn:aws:kms:us-east-1:123456789012:key/aws-s3';
const SSE = 'x-amz-server-side-encryption';

/** @returns what the headers of a write ask for, else the bucket's default */
export function requestedEncryption(
  headers: IncomingHttpHeaders,
  bucketDefault: StoredEncryption,
): StoredEncryption {
  const kind = header(headers, SSE);
  const keyMd5 = customerKeyMd5(headers, `${SSE}-customer-`);
  if (kind && keyMd5) throw s3Error('InvalidArgument', { ArgumentName: SSE, ArgumentValue: kind });
  if (keyMd5) return { kind: 'customer', keyMd5 };
  switch (kind) {
    case undefined:
      return bucketDefault;
    case 'AES256':
      return { kind };
    case 'aws:kms':
      return { kind, keyId: header(headers, `${SSE}-aws-kms-key-id`) ?? AWS_MANAGED_KEY };
    default:
      throw s3Error('InvalidArgument', { ArgumentName: SSE, ArgumentValue: kind });
  }
}

/** What S3 says about the encryption, on the write and on every read. */
export function encryptionHeaders(encryption: StoredEncryption): Record<string, string> {
  switch (encryption.kind) {
    case 'AES256':
      return { [SSE]: 'AES256' };
    case 'aws:kms':
      return { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: encryption.keyId };
    case 'customer':
      return { [`${SSE}-customer-algorithm`]: 'AES256', [`${SSE}-customer-key-md5`]: encryption.keyMd5 };
  }
}

/**
 * A read must bring the customer's key if there is one, and must not if there is none.
 *
 * @param prefix where the key stands: on the request itself, or on the source of a copy
 */
export function checkCustomerKey(
  headers: IncomingHttpHeaders,
  encryption: StoredEncryption,
  prefix: '' | 'x-amz-copy-source-' = '',
): void {
  const given = customerKeyMd5(
    headers,
    prefix === '' ? `${SSE}-customer-` : `${prefix}server-side-encryption-customer-`,
  );
  if (encryption.kind !== 'customer') {
    if (!given) return;
    throw s3Error(
      'InvalidRequest',
      {},
      { message: 'The encryption parameters are not applicable to this object.' },
    );
  }
  if (!given) {
    const message =
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.';
    throw s3Error('InvalidRequest', {}, { message });
  }
  if (given !== encryption.keyMd5) throw s3Error('AccessDenied');
}

function customerKeyMd5(headers: IncomingHttpHeaders, prefix: string): string | undefined {
  const algorithm = header(headers, `${prefix}algorithm`);
  const key = header(headers, `${prefix}key`);
  const keyMd5 = header(headers, `${prefix}key-md5`);
  if (!algorithm && !key && !keyMd5) return undefined;
  if (algorithm !== 'AES256' || !key || !keyMd5) {
    const message =
      'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.';
    throw s3Error('InvalidArgument', { ArgumentName: `${prefix}key` }, { message });
  }
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32 || md5(bytes).toString('base64') !== keyMd5) {
    const message = 'The calculated MD5 hash of the key did not match the hash that was provided.';
    throw s3Error('InvalidArgument', { ArgumentName: `${prefix}key-md5` }, { message });
  }
  return keyMd5;
}
