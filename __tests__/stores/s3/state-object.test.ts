import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Encryption } from '../../../src/config/settings.js';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { s3StateReader } from '../../../src/stores/s3/state-object.js';
import { newClients, s3Connection, testIdentity } from '../../../testing/connections.js';
import { bodyOf, s3Refusal } from '../../../testing/s3-answers.js';
import { type S3Double, startS3Double } from '../../../testing/s3-double/index.js';
import { BUCKET, REACH, STATE_PATH, stateBody } from '../../../testing/test-data.js';

const KEY = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const DEFAULT: Encryption = { kind: 'bucket-default' };

const s3 = await connectS3({
  region: 'eu-central-1',
  maxAttempts: 1,
  reach: REACH,
  usePathStyle: false,
  skipS3Checksum: false,
  identity: testIdentity,
});

describe('against a store', () => {
  const clients = newClients();
  let store: S3Double;

  beforeAll(async () => {
    store = await startS3Double();
    store.createBucket(BUCKET);
    store.createBucket('versioned', { versioning: true });
  });

  afterAll(async () => {
    clients.destroy();
    await store.close();
  });

  const reader = async (bucket = BUCKET, encryption: Encryption = DEFAULT) =>
    s3StateReader(await clients.s3(s3Connection(store.endpoint)), { bucket, path: STATE_PATH, encryption });

  test('a state comes with the facts of its version', async () => {
    const lastModified = new Date('2026-11-22T01:00:00.900Z');
    const { etag } = store.putObject(BUCKET, STATE_PATH, Buffer.from(stateBody()), { lastModified });
    expect(await (await reader())({})).toEqual({
      body: Buffer.from(stateBody()),
      etag,
      lastModified: Date.parse('2026-11-22T01:00:00Z'),
      encryption: { kind: 'aes256' },
    });
  });

  test('in a versioned bucket its version is one of them', async () => {
    const { versionId } = store.putObject('versioned', STATE_PATH, 'x');
    expect(await (await reader('versioned'))({})).toMatchObject({ versionId });
  });

  test('the version that is known is not sent again', async () => {
    const { etag } = store.putObject(BUCKET, STATE_PATH, 'x');
    const get = await reader();
    expect(await get({ unlessEtag: etag })).toBe('unchanged');
    store.putObject(BUCKET, STATE_PATH, 'y');
    expect(await get({ unlessEtag: etag })).toMatchObject({ body: Buffer.from('y') });
  });

  test('a KMS key is told, for the copy to be under it too', async () => {
    const encryption = { kind: 'aws:kms', keyId: 'arn:aws:kms:us-east-1:1:key/k' } as const;
    store.putObject(BUCKET, STATE_PATH, 'x', { encryption });
    expect(await (await reader())({})).toMatchObject({
      encryption: { kind: 'kms', algorithm: 'aws:kms', keyId: 'arn:aws:kms:us-east-1:1:key/k' },
    });
  });

  test('a zero-byte object counts as no state, as for Terraform', async () => {
    store.putObject(BUCKET, STATE_PATH, '');
    expect(await (await reader())({})).toBeUndefined();
  });

  test('no object, and one that was deleted, is no state', async () => {
    store.deleteObject(BUCKET, STATE_PATH);
    expect(await (await reader())({})).toBeUndefined();
    store.deleteObject('versioned', STATE_PATH);
    expect(await (await reader('versioned'))({})).toBeUndefined();
  });

  test('a bucket that is not there is an error, and not a missing state', async () => {
    await expect((await reader('elsewhere'))({})).rejects.toHaveProperty('problem', {
      kind: 'no-such-bucket',
      bucket: 'elsewhere',
    });
  });

  test('a missing permission is an error that names it', async () => {
    store.settings.deny = [{ action: 's3:GetObject' }];
    await expect((await reader())({})).rejects.toMatchObject({
      problem: {
        kind: 'access-denied',
        action: 's3:GetObject',
        resource: `arn:aws:s3:::${BUCKET}/${STATE_PATH}`,
      },
    });
    store.settings.deny = [];
  });

  test('an abort is passed on', async () => {
    const reason = new Error('The job was cancelled.');
    await expect((await reader())({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('the request and its answer', () => {
  const mock = mockClient(s3.client);
  const read = (encryption: Encryption = DEFAULT) =>
    s3StateReader(s3, { bucket: BUCKET, path: STATE_PATH, encryption });

  beforeEach(() => {
    mock.reset();
  });

  test.each<[Encryption, object]>([
    [DEFAULT, {}],
    [{ kind: 'aes256' }, {}],
    [{ kind: 'kms', keyId: 'k' }, {}],
    [
      { kind: 'customer-key', keyBase64: KEY },
      { SSECustomerAlgorithm: 'AES256', SSECustomerKey: KEY },
    ],
  ])('with %j', async (encryption, asked) => {
    mock.on(GetObjectCommand).resolves({ Body: bodyOf('x'), ContentLength: 1, ETag: '"e"' });
    await read(encryption)({ unlessEtag: '"known"' });
    expect(mock.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: BUCKET,
      Key: STATE_PATH,
      IfNoneMatch: '"known"',
      ...asked,
    });
  });

  test('a customer’s key is what the copy is to be encrypted with', async () => {
    mock.on(GetObjectCommand).resolves({ Body: bodyOf('x'), ContentLength: 1 });
    const encryption: Encryption = { kind: 'customer-key', keyBase64: KEY };
    expect(await read(encryption)({})).toMatchObject({ encryption });
  });

  test('a body in many pieces is put together in order', async () => {
    const pieces = ['{"ver', 'sion"', '', ':4}'];
    mock.on(GetObjectCommand).resolves({ Body: bodyOf(...pieces), ContentLength: 13 });
    expect(await read()({})).toMatchObject({ body: Buffer.from('{"version":4}') });
  });

  test('a body of no announced length is read to its end', async () => {
    mock.on(GetObjectCommand).resolves({ Body: bodyOf('{"version"', ':4}') });
    expect(await read()({})).toMatchObject({ body: Buffer.from('{"version":4}') });
  });

  test('a body that ends early is an error: half a state must not be taken for one', async () => {
    mock.on(GetObjectCommand).resolves({ Body: bodyOf('{"ver'), ContentLength: 13 });
    await expect(read()({})).rejects.toMatchObject({
      problem: {
        kind: 'unreachable',
        service: 'S3',
        detail: 'its answer broke off: The body ended after 5 of 13 bytes.',
      },
    });
  });

  test('the version of an object from before versioning is no version', async () => {
    const answer = { Body: bodyOf('x'), ContentLength: 1, VersionId: 'null' };
    mock.on(GetObjectCommand).resolves(answer);
    expect(await read()({})).toHaveProperty('versionId', undefined);
  });

  test('a store that says nothing of the version has none that could be known again', async () => {
    mock.on(GetObjectCommand).resolves({ Body: bodyOf('x'), ContentLength: 1 });
    expect(await read()({})).toEqual({
      body: Buffer.from('x'),
      etag: '',
      lastModified: 0,
      encryption: { kind: 'none' },
    });
  });

  test('an answer without a body is no state', async () => {
    mock.on(GetObjectCommand).resolves({});
    expect(await read()({})).toBeUndefined();
  });

  test('no answer is told with the service that is away', async () => {
    mock.on(GetObjectCommand).rejects(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    await expect(read()({})).rejects.toMatchObject({ problem: { kind: 'unreachable', service: 'S3' } });
  });

  test('304 is what tells an unchanged state, also without a name', async () => {
    mock.on(GetObjectCommand).rejects(s3Refusal(304, 'UnknownError'));
    expect(await read()({ unlessEtag: '"known"' })).toBe('unchanged');
  });
});
