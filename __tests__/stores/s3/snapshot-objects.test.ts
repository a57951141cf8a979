import { Readable } from 'node:stream';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { sdkStreamMixin } from '@smithy/core/serde';
import { mockClient } from 'aws-sdk-client-mock';
import type { SourceEncryption } from '../../../src/state/state-source.js';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { type SnapshotLocation, s3Catalogue } from '../../../src/stores/s3/snapshot-objects.js';
import { testIdentity } from '../../../testing/connections.js';
import { bodyOf, s3Refusal } from '../../../testing/s3-answers.js';
import { LINEAGE, REACH, testJob, testSnapshot } from '../../../testing/test-data.js';

const KEY = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const BODY = Buffer.from('{"version":4}');
const SHA256_HEX = '99fd67c89da37e7ca5f6d62c8c814dbb3dae1ba7e760c3e8ff804a45590680b2';
const SHA256 = Buffer.from(SHA256_HEX, 'hex').toString('base64');
const MD5_HEX = 'c0f45e34ed60c6e660c5cd0b292c5b9c';
const MD5 = Buffer.from(MD5_HEX, 'hex').toString('base64');

const connection = {
  region: 'eu-central-1',
  maxAttempts: 1,
  reach: REACH,
  usePathStyle: false,
  skipS3Checksum: false,
  identity: testIdentity,
};
const s3 = await connectS3(connection);
const mock = mockClient(s3.client);

beforeEach(() => {
  mock.reset();
});

const LOCATION: SnapshotLocation = {
  bucket: 'backups',
  prefix: 'lockkeeper/states/network.tfstate/',
  encryption: { kind: 'bucket-default' },
};

const catalogueAt = (differences: Partial<SnapshotLocation> = {}, { skipS3Checksum = false } = {}) =>
  s3Catalogue({ ...s3, connection: { ...connection, skipS3Checksum } }, { ...LOCATION, ...differences });

const snapshot = testSnapshot({ body: BODY, sourceEncryption: { kind: 'none' } });

const sent = () => mock.commandCalls(PutObjectCommand).map(({ args: [command] }) => command.input);

/** Without encryption, ACL and checksum. */
const WRITTEN = {
  Bucket: 'backups',
  Key: snapshot.key,
  Body: BODY,
  ContentType: 'application/json',
  IfNoneMatch: '*',
  Metadata: {
    lineage: LINEAGE,
    serial: '7',
    md5: MD5_HEX,
    sha256: SHA256_HEX,
    'source-version-id': snapshot.metadata.sourceVersionId,
    'taken-at': '2026-11-22T01:15:52.000Z',
    phase: 'before',
    'run-url': testJob().runUrl,
    commit: testJob().commit,
    verified: 'true',
  },
};

test('a catalogue is known by its bucket and its prefix', () => {
  expect(catalogueAt()).toMatchObject({ bucket: 'backups', prefix: 'lockkeeper/states/network.tfstate/' });
});

describe('the request that stores a snapshot', () => {
  beforeEach(() => {
    mock.on(PutObjectCommand).resolves({});
  });

  test('creates it and never overwrites, with the SHA-256 for S3 to check', async () => {
    expect(await catalogueAt().add(snapshot)).toBe('created');
    expect(sent()).toEqual([{ ...WRITTEN, ChecksumSHA256: SHA256 }]);
  });

  test('has the MD5 instead for a store that is to be spared new checksums', async () => {
    await catalogueAt({}, { skipS3Checksum: true }).add(snapshot);
    expect(sent()).toEqual([{ ...WRITTEN, ContentMD5: MD5 }]);
  });

  test.each<[SourceEncryption, string | undefined, object]>([
    [{ kind: 'aes256' }, undefined, { ServerSideEncryption: 'AES256' }],
    [
      { kind: 'kms', algorithm: 'aws:kms', keyId: 'k' },
      undefined,
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'k' },
    ],
    [
      { kind: 'customer-key', keyBase64: KEY },
      undefined,
      { SSECustomerAlgorithm: 'AES256', SSECustomerKey: KEY },
    ],
    [{ kind: 'aes256' }, 'alias/b', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/b' }],
  ])('is encrypted as its source %j, or with the backup’s key %s', async (source, kmsKeyId, asked) => {
    await catalogueAt(kmsKeyId ? { kmsKeyId } : {}).add({ ...snapshot, sourceEncryption: source });
    expect(sent()).toEqual([{ ...WRITTEN, ChecksumSHA256: SHA256, ...asked }]);
  });

  test.each([
    ['bucket-owner-full-control', { ACL: 'bucket-owner-full-control' }],
    ['bucket-owner-read', { ACL: 'bucket-owner-read' }],
    ['public-read', {}],
    ['authenticated-read', {}],
    ['private', {}],
    [undefined, {}],
  ])('gives it to the bucket’s owner at most, whoever may read the state: acl %s', async (acl, asked) => {
    await catalogueAt(acl ? { acl } : {}).add(snapshot);
    expect(sent()).toEqual([{ ...WRITTEN, ChecksumSHA256: SHA256, ...asked }]);
  });
});

describe('the answer of the store', () => {
  test('with the checksum that was sent is fine', async () => {
    mock.on(PutObjectCommand).resolves({ ChecksumSHA256: SHA256 });
    expect(await catalogueAt().add(snapshot)).toBe('created');
  });

  test('with another checksum means that something else was stored', async () => {
    mock.on(PutObjectCommand).resolves({ ChecksumSHA256: 'AAAA' });
    await expect(catalogueAt().add(snapshot)).rejects.toHaveProperty('problem', {
      kind: 'damaged-in-transit',
      resource: `backups/${snapshot.key}`,
      detail: `SHA-256 of what was stored is AAAA, of what was sent ${SHA256}`,
    });
    expect(sent()).toHaveLength(1);
  });

  test('412 means that this version has its snapshot', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(412, 'PreconditionFailed'));
    expect(await catalogueAt().add(snapshot)).toBe('already-there');
  });

  test('409 is asked again: the other job that stores this version may yet fail', async () => {
    const conflict = s3Refusal(409, 'ConditionalRequestConflict');
    mock.on(PutObjectCommand).rejectsOnce(conflict).rejectsOnce(conflict).resolves({});
    expect(await catalogueAt().add(snapshot)).toBe('created');
    expect(sent()).toHaveLength(3);
  });

  test('409 that does not end is an error', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(409, 'ConditionalRequestConflict'));
    await expect(catalogueAt().add(snapshot)).rejects.toMatchObject({
      problem: { kind: 'unexpected', action: 's3:PutObject' },
    });
    expect(sent()).toHaveLength(5);
  });

  test('501 means that nothing there is safe from being overwritten', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(501, 'NotImplemented'));
    await expect(catalogueAt().add(snapshot)).rejects.toHaveProperty('problem', {
      kind: 'no-conditional-writes',
      path: `backups/${snapshot.key}`,
      detail: 'it answers 501 Not Implemented',
    });
  });

  test('a refusal names the permission and the key', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(403, 'AccessDenied', { message: 'Access Denied' }));
    await expect(catalogueAt().add(snapshot)).rejects.toHaveProperty('problem', {
      kind: 'access-denied',
      action: 's3:PutObject',
      resource: `arn:aws:s3:::backups/${snapshot.key}`,
      detail: 'Access Denied',
    });
  });

  test('that never came is told with the service that is away', async () => {
    mock.onAnyCommand().rejects(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    const away = { problem: { kind: 'unreachable', service: 'S3' } };
    await expect(catalogueAt().add(snapshot)).rejects.toMatchObject(away);
    await expect(catalogueAt().open(snapshot.key)).rejects.toMatchObject(away);
  });

  test('that the bytes were damaged on the way is said as such', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(400, 'BadDigest'));
    await expect(catalogueAt().add(snapshot)).rejects.toHaveProperty('problem.kind', 'damaged-in-transit');
  });
});

describe('opening a snapshot', () => {
  test('whose body breaks off is a failure that passes', async () => {
    const broken = async function* () {
      yield BODY.subarray(0, 4);
      throw new Error('aborted');
    };
    mock.on(GetObjectCommand).resolves({ Body: sdkStreamMixin(Readable.from(broken())) });
    const reading = async () => {
      const { body } = await catalogueAt().open(snapshot.key);
      for await (const _ of body);
    };
    await expect(reading()).rejects.toHaveProperty('problem', {
      kind: 'unreachable',
      service: 'S3',
      endpoint: undefined,
      detail: 'its answer broke off: aborted',
    });
  });

  test.each<[string, Partial<SnapshotLocation>, object]>([
    ['nothing', {}, {}],
    [
      'the key that the state is read with',
      { encryption: { kind: 'customer-key', keyBase64: KEY } },
      { SSECustomerAlgorithm: 'AES256', SSECustomerKey: KEY },
    ],
    [
      'no customer’s key where the backups have a KMS key of their own: S3 refuses one that is not needed',
      { encryption: { kind: 'customer-key', keyBase64: KEY }, kmsKeyId: 'alias/b' },
      {},
    ],
  ])('brings %s', async (_, location, asked) => {
    mock.on(GetObjectCommand).resolves({ Body: bodyOf('{"version"', ':4}') });
    const pieces: Uint8Array[] = [];
    const { body } = await catalogueAt(location).open(snapshot.key);
    for await (const piece of body) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(BODY);
    expect(mock.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: 'backups',
      Key: snapshot.key,
      ...asked,
    });
  });

  test('that may not be read names the permission', async () => {
    mock.on(GetObjectCommand).rejects(s3Refusal(403, 'AccessDenied'));
    await expect(catalogueAt().open(snapshot.key)).rejects.toMatchObject({
      problem: { kind: 'access-denied', action: 's3:GetObject' },
    });
  });
});

describe('a listing', () => {
  const key = (day: number) => `${LOCATION.prefix}2026110${day}T000000Z-000000000${day}-0123456789ab.tfstate`;
  const listedKeys = async () => {
    const keys: string[] = [];
    for await (const { key } of catalogueAt().list()) keys.push(key);
    return keys;
  };

  test('goes on to its last page', async () => {
    const pages = mock.on(ListObjectsV2Command);
    pages.resolvesOnce({ Contents: [{ Key: key(1), Size: 1 }], NextContinuationToken: 'more' });
    pages.resolvesOnce({ Contents: [{ Key: key(2), Size: 2 }], NextContinuationToken: 'still more' });
    pages.resolvesOnce({});
    expect(await listedKeys()).toEqual([key(1), key(2)]);
    const asked = mock.commandCalls(ListObjectsV2Command).map(({ args: [command] }) => command.input);
    expect(asked).toMatchObject(
      [undefined, 'more', 'still more'].map((ContinuationToken) => ({
        Bucket: 'backups',
        Prefix: LOCATION.prefix,
        Delimiter: '/',
        ContinuationToken,
      })),
    );
  });

  test.each([undefined, ''])('ends with the token %j, which some stores leave empty', async (last) => {
    mock.on(ListObjectsV2Command).resolves({ Contents: [{ Key: key(1) }], NextContinuationToken: last });
    expect(await listedKeys()).toEqual([key(1)]);
  });

  test('whose pages lead in a circle is an error, and has an end', async () => {
    mock.on(ListObjectsV2Command).resolves({ Contents: [{ Key: key(1) }], NextContinuationToken: 'again' });
    await expect(listedKeys()).rejects.toMatchObject({
      problem: { kind: 'unexpected', action: 's3:ListBucket', resource: 'backups' },
    });
    expect(mock.commandCalls(ListObjectsV2Command)).toHaveLength(2);
  });

  test('that is refused names the permission', async () => {
    mock.on(ListObjectsV2Command).rejects(s3Refusal(403, 'AccessDenied'));
    await expect(listedKeys()).rejects.toMatchObject({
      problem: { kind: 'access-denied', action: 's3:ListBucket', resource: 'arn:aws:s3:::backups' },
    });
  });
});
