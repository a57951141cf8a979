import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import type { Encryption } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OTHER_KEY = Buffer.alloc(32, 8).toString('base64');
const KMS = 'alias/terraform';

describe('objects are encrypted as inputs and environment ask for', () => {
  test.each<[Record<string, string>, Environment, Encryption]>([
    [{}, {}, { kind: 'bucket-default' }],
    [{ encrypt: 'false', kms_key_id: KMS }, {}, { kind: 'bucket-default' }],
    [{ sse_customer_key: KEY }, {}, { kind: 'bucket-default' }],
    [{}, { AWS_SSE_CUSTOMER_KEY: KEY }, { kind: 'bucket-default' }],
    [{ encrypt: 'true' }, {}, { kind: 'aes256' }],
    [{ encrypt: 'true', kms_key_id: KMS }, {}, { kind: 'kms', keyId: KMS }],
    [{ encrypt: 'true', sse_customer_key: KEY }, {}, { kind: 'customer-key', keyBase64: KEY }],
    [{ encrypt: 'true' }, { AWS_SSE_CUSTOMER_KEY: KEY }, { kind: 'customer-key', keyBase64: KEY }],
    [
      { encrypt: 'true', sse_customer_key: KEY },
      { AWS_SSE_CUSTOMER_KEY: OTHER_KEY },
      { kind: 'customer-key', keyBase64: KEY },
    ],
  ])('%j, %j', (values, variables, encryption) => {
    expect(settingsOf(values, variables).backend.encryption).toEqual(encryption);
  });
});

describe('an encryption that cannot be is refused, with the reason', () => {
  test.each<[Record<string, string>, Environment, string]>([
    [{ encrypt: 'yes' }, {}, 'Input "encrypt" must be true or false; got "yes".'],
    [
      { kms_key_id: 'terraform' },
      {},
      'Input "kms_key_id" must be the ID, alias or ARN of a KMS key, such as alias/terraform; got "terraform".',
    ],
    [
      { sse_customer_key: 'hush' },
      {},
      'Input "sse_customer_key" must be 32 bytes in base64, which are 44 characters; got 4 characters.',
    ],
    [
      {},
      { AWS_SSE_CUSTOMER_KEY: 'hush-hush' },
      'Environment variable "AWS_SSE_CUSTOMER_KEY" must be 32 bytes in base64, which are 44 characters; got 9 characters.',
    ],
    [
      { encrypt: 'true', kms_key_id: KMS, sse_customer_key: KEY },
      {},
      'Input "kms_key_id" and input "sse_customer_key" must not both be given: one means SSE-KMS, the other SSE-C.',
    ],
    [
      { kms_key_id: KMS },
      { AWS_SSE_CUSTOMER_KEY: KEY },
      'Input "kms_key_id" and environment variable "AWS_SSE_CUSTOMER_KEY" must not both be given: one means SSE-KMS, the other SSE-C.',
    ],
  ])('%j, %j', (values, variables, problem) => {
    expect(problemsOf(values, variables)).toEqual([problem]);
  });
});
