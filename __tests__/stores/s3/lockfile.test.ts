import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import type { Encryption } from '../../../src/config/settings.js';
import { formatHolder } from '../../../src/lock/holder-record.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { type LockfileObject, s3Lock } from '../../../src/stores/s3/lockfile.js';
import { testIdentity } from '../../../testing/connections.js';
import { bodyOf, s3Refusal } from '../../../testing/s3-answers.js';
import {
  BUCKET,
  LOCK_PATH,
  lockHolder,
  lockInfo,
  REACH,
  STATE_PATH,
  theirInfo,
} from '../../../testing/test-data.js';

const OURS = lockInfo();
const HOLDER = lockHolder();
const THEIR_TEXT = formatLockInfo(theirInfo());
const ADDRESS = { Bucket: BUCKET, Key: `${STATE_PATH}.tflock` };
const KEY = 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const CUSTOMER = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: KEY };
const HELD = { info: OURS, holder: HOLDER, version: '"ours"' };
const BY_THEM = { info: theirInfo(), version: '"theirs"' };

const s3 = await connectS3({
  region: 'eu-central-1',
  maxAttempts: 1,
  reach: REACH,
  usePathStyle: false,
  skipS3Checksum: false,
  identity: testIdentity,
});
const mock = mockClient(s3.client);

beforeEach(() => {
  mock.reset();
});

function lockfile(differences: Partial<LockfileObject> = {}) {
  return s3Lock(s3, {
    bucket: BUCKET,
    key: ADDRESS.Key,
    path: LOCK_PATH,
    encryption: { kind: 'bucket-default' },
    conditionalWrites: 'known',
    ...differences,
  });
}

const lock = lockfile();

/** The requests that were sent, in order. */
const sent = () => mock.calls().map(({ args: [command] }) => [command.constructor.name, command.input]);

const theirObject = () => ({ ETag: '"theirs"', Body: bodyOf(THEIR_TEXT) });
const ourObject = () => ({
  ETag: '"ours"',
  Body: bodyOf(formatLockInfo(OURS)),
  Metadata: { holder: encodeURIComponent(formatHolder(HOLDER)) },
});

const WRITTEN = {
  ...ADDRESS,
  Body: formatLockInfo(OURS),
  ContentType: 'application/json',
  Metadata: { holder: encodeURIComponent(formatHolder(HOLDER)) },
};

describe('the requests', () => {
  test('taking it: a put that creates, as Terraform’s', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"ours"' });
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: true, held: HELD });
    expect(sent()).toEqual([['PutObjectCommand', { ...WRITTEN, IfNoneMatch: '*' }]]);
  });

  test('looking at it', async () => {
    mock.on(GetObjectCommand).resolves(ourObject());
    expect(await lock.read()).toEqual(HELD);
    expect(sent()).toEqual([['GetObjectCommand', ADDRESS]]);
  });

  test('replacing it: a put on condition that the object is the one that was read', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"ours"' });
    expect(await lock.replace({ ...BY_THEM, holder: HOLDER }, { info: OURS, holder: HOLDER })).toEqual(HELD);
    expect(sent()).toEqual([['PutObjectCommand', { ...WRITTEN, IfMatch: '"theirs"' }]]);
  });

  test('removing it: a delete on the same condition', async () => {
    mock.on(DeleteObjectCommand).resolves({});
    await lock.remove(HELD);
    expect(sent()).toEqual([['DeleteObjectCommand', { ...ADDRESS, IfMatch: '"ours"' }]]);
  });

  test.each<[Encryption, object, object]>([
    [{ kind: 'bucket-default' }, {}, {}],
    [{ kind: 'aes256' }, { ServerSideEncryption: 'AES256' }, {}],
    [
      { kind: 'kms', keyId: 'alias/state' },
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/state' },
      {},
    ],
    [{ kind: 'customer-key', keyBase64: KEY }, CUSTOMER, CUSTOMER],
  ])('are encrypted as the state is: %j', async (encryption, onWrite, onRead) => {
    mock.on(PutObjectCommand).resolves({ ETag: '"ours"' }).on(GetObjectCommand).resolves(ourObject());
    mock.on(DeleteObjectCommand).resolves({});
    const encrypted = lockfile({ encryption });
    await encrypted.tryAcquire({ info: OURS, holder: HOLDER });
    await encrypted.read();
    await encrypted.remove(HELD);
    expect(sent()).toEqual([
      ['PutObjectCommand', { ...WRITTEN, IfNoneMatch: '*', ...onWrite }],
      ['GetObjectCommand', { ...ADDRESS, ...onRead }],
      ['DeleteObjectCommand', { ...ADDRESS, IfMatch: '"ours"' }],
    ]);
  });

  test('carry the state’s ACL', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"ours"' });
    await lockfile({ acl: 'bucket-owner-full-control' }).tryAcquire({ info: OURS, holder: HOLDER });
    expect(sent()).toEqual([
      ['PutObjectCommand', { ...WRITTEN, IfNoneMatch: '*', ACL: 'bucket-owner-full-control' }],
    ]);
  });

  test('carry their tags, also where the record is replaced', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"ours"' });
    const tagged = lockfile({ tags: { team: 'net & ops', empty: '' } });
    await tagged.tryAcquire({ info: OURS, holder: HOLDER });
    await tagged.replace(HELD, { info: OURS, holder: HOLDER });
    const Tagging = 'team=net+%26+ops&empty=';
    expect(sent()).toMatchObject([
      ['PutObjectCommand', { IfNoneMatch: '*', Tagging }],
      ['PutObjectCommand', { IfMatch: '"ours"', Tagging }],
    ]);
  });

  test('have no header of tags where there are none', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"ours"' });
    await lockfile({ tags: {} }).tryAcquire({ info: OURS, holder: HOLDER });
    expect(sent()).toEqual([['PutObjectCommand', { ...WRITTEN, IfNoneMatch: '*' }]]);
  });
});

describe('a refused put', () => {
  test.each([
    ['412', s3Refusal(412, 'PreconditionFailed')],
    ['412 of a store with a name of its own', s3Refusal(412, 'UnknownError')],
  ])('%s: the object says who holds the lock', async (_, refusal) => {
    mock.on(PutObjectCommand).rejects(refusal).on(GetObjectCommand).resolves(theirObject());
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: false, by: BY_THEM });
  });

  test('by our own object means that the lock is ours: the SDK had sent the request twice', async () => {
    const refusal = s3Refusal(412, 'PreconditionFailed', { attempts: 2 });
    mock.on(PutObjectCommand).rejects(refusal).on(GetObjectCommand).resolves(ourObject());
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: true, held: HELD });
  });

  test('with 409 is a lost race, and nobody is looked for', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(409, 'ConditionalRequestConflict'));
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: false });
    expect(sent()).toHaveLength(1);
  });

  test.each([
    ['412', s3Refusal(412, 'PreconditionFailed')],
    ['409', s3Refusal(409, 'ConditionalRequestConflict')],
    ['404', s3Refusal(404, 'NoSuchKey')],
  ])('with %s is a lost lock to whoever wanted to replace it', async (_, refusal) => {
    mock.on(PutObjectCommand).rejects(refusal).on(GetObjectCommand).resolves(theirObject());
    const replacing = lock.replace(HELD, { info: lockInfo({ ID: 'next' }), holder: HOLDER });
    await expect(replacing).rejects.toMatchObject({ name: 'LockLostError', path: LOCK_PATH, by: BY_THEM });
  });

  test('with 409 is tried again by whoever replaces, while the object is the one that was read', async () => {
    mock
      .on(PutObjectCommand)
      .rejectsOnce(s3Refusal(409, 'ConditionalRequestConflict'))
      .resolves({ ETag: '"ours"' });
    mock.on(GetObjectCommand).resolves(theirObject());
    expect(await lock.replace({ ...BY_THEM, holder: HOLDER }, { info: OURS, holder: HOLDER })).toEqual(HELD);
    expect(sent().map(([name]) => name)).toEqual([
      'PutObjectCommand',
      'GetObjectCommand',
      'PutObjectCommand',
    ]);
  });

  test('is a replacement if what refuses is the new record', async () => {
    mock.on(PutObjectCommand).rejects(s3Refusal(412, 'PreconditionFailed', { attempts: 2 }));
    mock.on(GetObjectCommand).resolves(ourObject());
    expect(await lock.replace({ ...BY_THEM, holder: HOLDER }, { info: OURS, holder: HOLDER })).toEqual(HELD);
  });
});

test('a store that answers 409 to the same conditional write knows the condition too', async () => {
  mock.on(GetObjectCommand).rejects(s3Refusal(404, 'NoSuchKey'));
  mock.on(PutObjectCommand).resolvesOnce({ ETag: '"ours"' }).rejects(s3Refusal(409, 'OperationAborted'));
  const attempt = await lockfile({ conditionalWrites: 'unproven' }).tryAcquire({
    info: OURS,
    holder: HOLDER,
  });
  expect(attempt).toEqual({ acquired: true, held: HELD });
});

test('a store without conditions is refused, and what somebody else wrote there meanwhile stays', async () => {
  mock.on(PutObjectCommand).resolves({ ETag: '"ours"' }).on(DeleteObjectCommand).resolves({});
  mock.on(GetObjectCommand).rejectsOnce(s3Refusal(404, 'NoSuchKey')).callsFake(theirObject);
  const attempt = lockfile({ conditionalWrites: 'unproven' }).tryAcquire({ info: OURS, holder: HOLDER });
  await expect(attempt).rejects.toHaveProperty('problem.kind', 'no-conditional-writes');
  expect(mock.commandCalls(DeleteObjectCommand)).toEqual([]);
});

describe('a refused delete', () => {
  test('of a lock that somebody else has is a lost lock', async () => {
    mock.on(DeleteObjectCommand).rejects(s3Refusal(412, 'PreconditionFailed'));
    mock.on(GetObjectCommand).resolves(theirObject());
    await expect(lock.remove(HELD)).rejects.toMatchObject({ name: 'LockLostError', by: BY_THEM });
    expect(sent()).toHaveLength(2);
  });

  test('of an object that is gone is a lost lock, to nobody', async () => {
    mock.onAnyCommand().rejects(s3Refusal(404, 'NoSuchKey'));
    await expect(lock.remove(HELD)).rejects.toMatchObject({ name: 'LockLostError', by: undefined });
  });

  test('with 409 is tried again while the object is still ours, on the same condition', async () => {
    mock.on(DeleteObjectCommand).rejectsOnce(s3Refusal(409, 'ConditionalRequestConflict')).resolves({});
    mock.on(GetObjectCommand).resolves(ourObject());
    await lock.remove(HELD);
    const conditional = ['DeleteObjectCommand', { ...ADDRESS, IfMatch: '"ours"' }];
    expect(sent()).toEqual([conditional, ['GetObjectCommand', ADDRESS], conditional]);
  });

  test('with 409 is a lost lock if the object is somebody else’s by then', async () => {
    mock.on(DeleteObjectCommand).rejects(s3Refusal(409, 'ConditionalRequestConflict'));
    mock.on(GetObjectCommand).resolves(theirObject());
    await expect(lock.remove(HELD)).rejects.toMatchObject({ by: BY_THEM });
    expect(sent()).toHaveLength(2);
  });
});

test.each([
  ['409', s3Refusal(409, 'ConditionalRequestConflict')],
  ['412', s3Refusal(412, 'PreconditionFailed')],
])(
  'a delete that ends with %s although the lock is ours is an error: the lock is still there',
  async (_, refusal) => {
    mock.on(DeleteObjectCommand).rejects(refusal).on(GetObjectCommand).callsFake(ourObject);
    await expect(lock.remove(HELD)).rejects.toHaveProperty('problem', {
      kind: 'unexpected',
      action: 's3:DeleteObject',
      resource: `${BUCKET}/${STATE_PATH}.tflock`,
      detail: 'the lock is still there after 5 attempts to delete it',
    });
    expect(mock.commandCalls(DeleteObjectCommand)).toHaveLength(5);
  },
);

describe('any other answer is an error that says what was asked for', () => {
  test.each([
    ['tryAcquire', () => lock.tryAcquire({ info: OURS, holder: HOLDER }), 's3:PutObject'],
    ['read', () => lock.read(), 's3:GetObject'],
    ['replace', () => lock.replace(HELD, { info: OURS, holder: HOLDER }), 's3:PutObject'],
    ['remove', () => lock.remove(HELD), 's3:DeleteObject'],
  ])('%s', async (_, call, action) => {
    mock.onAnyCommand().rejects(s3Refusal(403, 'AccessDenied', { message: 'Access Denied' }));
    await expect(call()).rejects.toHaveProperty('problem', {
      kind: 'access-denied',
      action,
      resource: `arn:aws:s3:::${BUCKET}/${STATE_PATH}.tflock`,
      detail: 'Access Denied',
    });
    mock.onAnyCommand().rejects(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
    await expect(call()).rejects.toMatchObject({ problem: { kind: 'unreachable', service: 'S3' } });
    if (action === 's3:GetObject') return;
    mock.onAnyCommand().rejects(s3Refusal(404, 'NoSuchBucket'));
    await expect(call()).rejects.toHaveProperty('problem', { kind: 'no-such-bucket', bucket: BUCKET });
  });

  test('a bucket that does not exist holds no lock', async () => {
    mock.on(GetObjectCommand).rejects(s3Refusal(404, 'NoSuchBucket'));
    await expect(lock.read()).resolves.toBeUndefined();
  });
});
