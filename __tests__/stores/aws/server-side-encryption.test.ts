import { describe, expect, test } from '@jest/globals';
import type { Encryption } from '../../../src/config/settings.js';
import type { SourceEncryption } from '../../../src/state/state-source.js';
import {
  type EncryptionAnswer,
  encryptionForReading,
  encryptionForSnapshot,
  encryptionForWriting,
  sourceEncryption,
} from '../../../src/stores/aws/server-side-encryption.js';

const KEY = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const CUSTOMER = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: KEY };
const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd';

const BUCKET_DEFAULT: Encryption = { kind: 'bucket-default' };

describe('what is asked for with the state’s own encryption', () => {
  test.each<[Encryption, writing: object, reading: object]>([
    [BUCKET_DEFAULT, {}, {}],
    [{ kind: 'aes256' }, { ServerSideEncryption: 'AES256' }, {}],
    [{ kind: 'kms', keyId: ARN }, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ARN }, {}],
    [{ kind: 'customer-key', keyBase64: KEY }, CUSTOMER, CUSTOMER],
  ])('%j', (encryption, writing, reading) => {
    expect(encryptionForWriting(encryption)).toEqual(writing);
    expect(encryptionForReading(encryption)).toEqual(reading);
  });
});

describe('how a state is encrypted, by the answer to its read', () => {
  test.each<[EncryptionAnswer, SourceEncryption]>([
    [{}, { kind: 'none' }],
    [{ ServerSideEncryption: 'AES256' }, { kind: 'aes256' }],
    [
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ARN },
      { kind: 'kms', algorithm: 'aws:kms', keyId: ARN },
    ],
    [{ ServerSideEncryption: 'aws:kms:dsse' }, { kind: 'kms', algorithm: 'aws:kms:dsse' }],
    // An algorithm of a later day: never copied without any.
    [{ ServerSideEncryption: 'aws:fsx' }, { kind: 'aes256' }],
  ])('%j', (answer, source) => {
    expect(sourceEncryption(answer, BUCKET_DEFAULT)).toEqual(source);
  });

  test('a customer’s key is not in the answer, but it is what the state was read with', () => {
    const encryption: Encryption = { kind: 'customer-key', keyBase64: KEY };
    expect(sourceEncryption({}, encryption)).toEqual(encryption);
  });
});

describe('a snapshot is encrypted as its source, or under the key that is given for backups', () => {
  test.each<[SourceEncryption, string | undefined, object]>([
    [{ kind: 'none' }, undefined, {}],
    [{ kind: 'aes256' }, undefined, { ServerSideEncryption: 'AES256' }],
    [
      { kind: 'kms', algorithm: 'aws:kms', keyId: ARN },
      undefined,
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: ARN },
    ],
    [{ kind: 'kms', algorithm: 'aws:kms' }, undefined, { ServerSideEncryption: 'aws:kms' }],
    [
      { kind: 'kms', algorithm: 'aws:kms:dsse', keyId: ARN },
      undefined,
      { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: ARN },
    ],
    [{ kind: 'customer-key', keyBase64: KEY }, undefined, CUSTOMER],
    [{ kind: 'none' }, 'alias/b', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/b' }],
    [{ kind: 'aes256' }, 'alias/b', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/b' }],
    [
      { kind: 'kms', algorithm: 'aws:kms', keyId: ARN },
      'alias/b',
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/b' },
    ],
    [
      // Two layers stay two layers.
      { kind: 'kms', algorithm: 'aws:kms:dsse', keyId: ARN },
      'alias/b',
      { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: 'alias/b' },
    ],
    [
      { kind: 'customer-key', keyBase64: KEY },
      'alias/b',
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/b' },
    ],
  ])('%j with backup_kms_key_id %s', (source, backupKeyId, request) => {
    expect(encryptionForSnapshot(source, backupKeyId)).toEqual(request);
  });
});
