import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  type S3ClientConfig,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { verifyChecksums } from '../../testing/s3-double/checksums.js';
import { type S3Double, startS3Double } from '../../testing/s3-double/index.js';
import { decodePayload } from '../../testing/s3-double/payload.js';

// What it has in common with Amazon S3 is in contracts/s3-double.test.ts; here is what a test can make it do.

const KMS_KEY = 'arn:aws:kms:us-east-1:123456789012:key/state';

let s3: S3Double;
let client: S3Client;

beforeEach(async () => {
  s3 = await startS3Double();
  s3.createBucket('state');
  client = connect();
});

afterEach(async () => {
  client.destroy();
  await s3.close();
});

function connect(config: S3ClientConfig = {}): S3Client {
  return new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    ...config,
  });
}

function put(input: Partial<PutObjectCommandInput> = {}) {
  return client.send(new PutObjectCommand({ Bucket: 'state', Key: 'a', Body: 'new', ...input }));
}

function get(Key = 'a') {
  return client.send(new GetObjectCommand({ Bucket: 'state', Key }));
}

function refused(httpStatusCode: number, name: string, message: unknown = expect.any(String)) {
  return { name, message, $metadata: { httpStatusCode } };
}

describe('the S3 double can be a worse store', () => {
  const remove = () =>
    client.send(new DeleteObjectCommand({ Bucket: 'state', Key: 'a', IfMatch: '"another"' }));

  beforeEach(() => {
    s3.putObject('state', 'a', 'old');
  });

  test.each([{ IfNoneMatch: '*' }, { IfMatch: '"another"' }])(
    'which overwrites in spite of PUT %j',
    async (condition) => {
      s3.settings.ignoreConditionalWrites = true;
      await put(condition);
      expect(s3.getObject('state', 'a')?.body.toString()).toBe('new');
    },
  );

  test.each([{ IfNoneMatch: '*' }, { IfMatch: '"another"' }])(
    'which answers 501 to PUT %j',
    async (condition) => {
      s3.settings.rejectConditionalWrites = true;
      await expect(put(condition)).rejects.toMatchObject(refused(501, 'NotImplemented'));
    },
  );

  test('which deletes in spite of If-Match', async () => {
    s3.settings.ignoreConditionalDeletes = true;
    await remove();
    expect(s3.listKeys('state')).toEqual([]);
  });

  test('which answers 501 to DELETE If-Match', async () => {
    s3.settings.rejectConditionalDeletes = true;
    await expect(remove()).rejects.toMatchObject(refused(501, 'NotImplemented'));
    expect(s3.listKeys('state')).toEqual(['a']);
  });
});

describe('the S3 double knows accounts and regions', () => {
  test('a temporary account needs its token, until it expires', async () => {
    const account = { secretAccessKey: 'secret', sessionToken: 'token' };
    s3.settings.accounts = { ASIATEMP: account };
    s3.putObject('state', 'a', '');
    const credentials = { accessKeyId: 'ASIATEMP', secretAccessKey: 'secret' };
    client = connect({ credentials });
    await expect(get()).rejects.toMatchObject(refused(403, 'InvalidAccessKeyId'));
    client = connect({ credentials: { ...credentials, sessionToken: 'another' } });
    await expect(get()).rejects.toMatchObject(refused(400, 'InvalidToken'));
    client = connect({ credentials: { ...credentials, sessionToken: 'token' } });
    await get();
    s3.settings.accounts = { ASIATEMP: { ...account, expired: true } };
    await expect(get()).rejects.toMatchObject(refused(400, 'ExpiredToken'));
  });

  test('a bucket elsewhere redirects, and serves who signs for its region', async () => {
    s3.createBucket('state', { region: 'eu-central-1' });
    const redirect = await get().catch((error: unknown) => error);
    expect(redirect).toMatchObject({
      ...refused(301, 'PermanentRedirect'),
      $response: { headers: { 'x-amz-bucket-region': 'eu-central-1' } },
    });
    client = connect({ region: 'eu-central-1' });
    await put();
    client = connect({ region: 'eu-north-1' });
    await expect(get()).rejects.toMatchObject({
      ...refused(400, 'AuthorizationHeaderMalformed'),
      Region: 'eu-central-1',
    });
  });
});

describe('in the S3 double', () => {
  test('requests are recorded in the order in which they took effect', async () => {
    await put({ IfNoneMatch: '*' });
    await put({ IfNoneMatch: '*' }).catch(() => {});
    await get();
    expect(s3.requests).toMatchObject([
      { method: 'PUT', bucket: 'state', key: 'a', status: 200 },
      { method: 'PUT', status: 412 },
      { method: 'GET', status: 200 },
    ]);
    s3.clearRequests();
    expect(s3.requests).toEqual([]);
  });

  test('what was stored can be looked at', async () => {
    await put({ Metadata: { run: '17' }, Tagging: 'a=b' });
    expect(s3.getObject('state', 'a')).toMatchObject({
      body: Buffer.from('new'),
      metadata: { run: '17' },
      tags: new Map([['a', 'b']]),
      encryption: { kind: 'AES256' },
    });
  });

  test('the ETag of what KMS encrypted is no MD5, and the default of the bucket may be KMS', async () => {
    s3.createBucket('state', { encryption: { kind: 'aws:kms', keyId: KMS_KEY } });
    const { ETag, SSEKMSKeyId } = await put();
    expect(SSEKMSKeyId).toBe(KMS_KEY);
    expect(ETag).not.toContain(createHash('md5').update('new').digest('hex'));
  });

  test('a part of an upload is refused, and not taken for the whole object', async () => {
    const part = { Bucket: 'state', Key: 'a', UploadId: 'some', PartNumber: 1, Body: 'part' };
    await expect(client.send(new UploadPartCommand(part))).rejects.toMatchObject(
      refused(501, 'NotImplemented'),
    );
    expect(s3.listKeys('state')).toEqual([]);
  });

  test('metadata has the limit of S3', async () => {
    await put({ Metadata: { a: 'x'.repeat(2047) } });
    await expect(put({ Metadata: { a: 'x'.repeat(2048) } })).rejects.toMatchObject(
      refused(400, 'MetadataTooLarge'),
    );
  });

  test('time can be set, and is kept to the second', async () => {
    s3.settings.now = () => new Date('2026-11-22T01:15:51.987Z');
    await put();
    const { LastModified } = await client.send(new HeadObjectCommand({ Bucket: 'state', Key: 'a' }));
    expect(LastModified).toEqual(new Date('2026-11-22T01:15:51Z'));
  });

  test('a deleted version can be looked at too', () => {
    s3.createBucket('kept', { versioning: true });
    const { versionId } = s3.putObject('kept', 'a', 'one');
    s3.deleteObject('kept', 'a');
    expect(s3.listKeys('kept')).toEqual([]);
    expect(s3.versions('kept', 'a').map(({ kind }) => kind)).toEqual(['delete-marker', 'object']);
    expect(s3.getObject('kept', 'a', versionId)?.body.toString()).toBe('one');
  });
});

describe('in its listings', () => {
  test('versions are listed page by page, even within a key', async () => {
    s3.createBucket('kept', { versioning: true });
    const written = ['a', 'a', 'b'].map((key) => s3.putObject('kept', key, '').versionId);
    const listed: (string | undefined)[] = [];
    let marker = {};
    for (;;) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket: 'kept', MaxKeys: 1, ...marker }),
      );
      listed.push(...(page.Versions ?? []).map(({ VersionId }) => VersionId));
      if (!page.IsTruncated) break;
      marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(listed).toEqual([written[1], written[0], written[2]]);
  });
});

describe('a body in chunks', () => {
  const headers = {
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    'x-amz-decoded-content-length': '9',
    'x-amz-trailer': 'x-amz-checksum-crc32',
  };
  const framed = (trailer: string) => Buffer.from(`5\r\n12345\r\n4\r\n6789\r\n0\r\n${trailer}\r\n\r\n`);

  test('is verified by the checksum behind it', () => {
    const good = decodePayload(headers, framed('x-amz-checksum-crc32:y/Q5Jg=='));
    expect(good.body.toString()).toBe('123456789');
    expect(verifyChecksums(good.trailers, good.body)).toMatchObject({
      algorithm: 'crc32',
      value: 'y/Q5Jg==',
    });
    const bad = decodePayload(headers, framed('x-amz-checksum-crc32:AAAAAA=='));
    expect(() => verifyChecksums(bad.trailers, bad.body)).toThrow(/CRC32 you specified did not match/);
  });

  test.each([
    ['cut short', framed('').subarray(0, 10), /terminated unexpectedly/],
    ['without the trailer that was announced', framed('x-other:1'), /announced and not sent/],
  ])('is refused when it is %s', (_, wire, reason) => {
    expect(() => decodePayload(headers, wire)).toThrow(reason);
  });
});
