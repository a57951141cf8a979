import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { ReplacedState } from '../../../src/state/state-writer.js';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { s3StateWriter, type WrittenStateObject } from '../../../src/stores/s3/state-writing.js';
import { s3Connection, testIdentity } from '../../../testing/connections.js';
import { sdkError } from '../../../testing/sdk-errors.js';
import { stateBody } from '../../../testing/test-data.js';

const s3 = await connectS3(s3Connection('http://127.0.0.1:9', { identity: testIdentity, maxAttempts: 1 }));
const mock = mockClient(s3.client);
const BODY = stateBody();
const OBJECT: WrittenStateObject = {
  bucket: 'states',
  path: 'network/terraform.tfstate',
  encryption: { kind: 'bucket-default' },
};

beforeEach(() => {
  mock.reset();
});

const inputOf = async (differences: Partial<WrittenStateObject>, over?: ReplacedState) => {
  mock.on(PutObjectCommand).resolves({});
  await s3StateWriter(s3, { ...OBJECT, ...differences }).put(BODY, over);
  return mock.commandCalls(PutObjectCommand)[0]?.args[0].input;
};

describe('a state is written as Terraform writes it', () => {
  test('but on a condition', async () => {
    expect(await inputOf({}, { etag: '"etag"' })).toEqual({
      Bucket: 'states',
      Key: 'network/terraform.tfstate',
      Body: BODY,
      ContentType: 'application/json',
      IfMatch: '"etag"',
      ChecksumSHA256: expect.stringMatching(/^[\w+/]{43}=$/),
    });
    mock.reset();
    expect(await inputOf({})).toMatchObject({ IfNoneMatch: '*' });
  });

  test.each<[string, Partial<WrittenStateObject>, object]>([
    ['SSE-S3', { encryption: { kind: 'aes256' } }, { ServerSideEncryption: 'AES256' }],
    [
      'a KMS key',
      { encryption: { kind: 'kms', keyId: 'alias/state' } },
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/state' },
    ],
    [
      "a customer's key",
      { encryption: { kind: 'customer-key', keyBase64: 'a2V5' } },
      { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'a2V5' },
    ],
    ['an ACL', { acl: 'bucket-owner-full-control' }, { ACL: 'bucket-owner-full-control' }],
    ['tags', { tags: { team: 'net ops', 'a+b': 'c=d' } }, { Tagging: 'team=net+ops&a%2Bb=c%3Dd' }],
  ])('with %s', async (_, differences, expected) =>
    expect(await inputOf(differences)).toMatchObject(expected),
  );

  test.each<[string, WrittenStateObject['encryption'], object | undefined]>([
    [
      'where nothing is asked for',
      { kind: 'bucket-default' },
      { ServerSideEncryption: 'aws:kms:dsse', SSEKMSKeyId: 'k' },
    ],
    [
      'but as it is configured',
      { kind: 'kms', keyId: 'other' },
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'other' },
    ],
  ])('over a state under a KMS key, no weaker %s', async (_, encryption, expected) => {
    const replaced = { kind: 'kms', algorithm: 'aws:kms:dsse', keyId: 'k' } as const;
    expect(await inputOf({ encryption }, { etag: '"etag"', encryption: replaced })).toMatchObject({
      IfMatch: '"etag"',
      ...expected,
    });
  });

  test('over a state that the store has given no ETag, not at all: no condition would be sent', async () => {
    mock.on(PutObjectCommand).resolves({});
    await expect(s3StateWriter(s3, OBJECT).put(BODY, { etag: '' })).rejects.toMatchObject({
      problem: { kind: 'no-conditional-writes', path: 'states/network/terraform.tfstate' },
    });
    expect(mock.commandCalls(PutObjectCommand)).toEqual([]);
  });

  test('no tags are no header: it would need a permission', async () =>
    expect((await inputOf({ tags: {} }))?.Tagging).toBeUndefined());
});

test('a store that does not know the condition is told as that', async () => {
  mock.on(PutObjectCommand).rejects(sdkError('NotImplemented'));
  await expect(s3StateWriter(s3, OBJECT).put(BODY, undefined)).rejects.toMatchObject({
    problem: { kind: 'no-conditional-writes', path: 'states/network/terraform.tfstate' },
  });
});

test('an object under a key of the customer is looked for with it', async () => {
  mock.on(HeadObjectCommand).resolves({ ContentLength: 0, ETag: '"e"' });
  const encryption = { kind: 'customer-key', keyBase64: 'a2V5' } as const;
  expect(await s3StateWriter(s3, { ...OBJECT, encryption }).emptyObject()).toBe('"e"');
  expect(mock.commandCalls(HeadObjectCommand)[0]?.args[0].input).toMatchObject({ SSECustomerKey: 'a2V5' });
});
