import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Lock, LockLostError } from '../../../src/lock/lock.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { s3Lock } from '../../../src/stores/s3/lockfile.js';
import { newClients, s3Connection } from '../../../testing/connections.js';
import { type S3Double, type S3Settings, startS3Double } from '../../../testing/s3-double/index.js';
import {
  BUCKET,
  LOCK_PATH,
  lockHolder,
  lockInfo,
  lockRecord,
  STATE_PATH,
  theirInfo,
} from '../../../testing/test-data.js';

const LOCKFILE = `${STATE_PATH}.tflock`;
const OURS = lockInfo();
const HOLDER = lockHolder();
const THEIR_TEXT = formatLockInfo(theirInfo());

const clients = newClients();
let store: S3Double;
let unproven: Lock;
let known: Lock;

beforeAll(async () => {
  store = await startS3Double();
  store.createBucket(BUCKET);
  const s3 = await clients.s3(s3Connection(store.endpoint, { maxAttempts: 1 }));
  const lockfile = {
    bucket: BUCKET,
    key: LOCKFILE,
    path: LOCK_PATH,
    encryption: { kind: 'bucket-default' },
  } as const;
  unproven = s3Lock(s3, { ...lockfile, conditionalWrites: 'unproven' });
  known = s3Lock(s3, { ...lockfile, conditionalWrites: 'known' });
});

afterAll(async () => {
  clients.destroy();
  await store.close();
});

beforeEach(() => {
  store.deleteObject(BUCKET, LOCKFILE);
  store.clearRequests();
});

afterEach(() => {
  behaveAs({});
});

/** What is special about the store in one test. */
function behaveAs(differences: Partial<S3Settings>): void {
  Object.assign(store.settings, {
    ignoreConditionalWrites: false,
    rejectConditionalWrites: false,
    ignoreConditionalDeletes: false,
    rejectConditionalDeletes: false,
    deny: [],
    ...differences,
  });
}

const stored = () => store.getObject(BUCKET, LOCKFILE)?.body.toString();
const requests = () => store.requests.map(({ method, status }) => `${method} ${status}`);

describe('a store that overwrites in spite of If-None-Match', () => {
  beforeEach(() => behaveAs({ ignoreConditionalWrites: true }));

  test('is refused, because two jobs could both believe that they hold the lock', async () => {
    await expect(unproven.tryAcquire({ info: OURS, holder: HOLDER })).rejects.toHaveProperty('problem', {
      kind: 'no-conditional-writes',
      path: LOCK_PATH,
      detail: 'it overwrote an object in spite of If-None-Match: *',
    });
  });

  test('is refused also where our own record is there, of an attempt without an answer', async () => {
    store.putObject(BUCKET, LOCKFILE, formatLockInfo(OURS));
    await expect(unproven.tryAcquire({ info: OURS, holder: HOLDER })).rejects.toHaveProperty(
      'problem.kind',
      'no-conditional-writes',
    );
  });

  test('is left as it was found', async () => {
    await unproven.tryAcquire({ info: OURS, holder: HOLDER }).catch(() => {});
    expect(stored()).toBeUndefined();
  });

  test('keeps somebody else’s lock: it is looked for before anything is written', async () => {
    store.putObject(BUCKET, LOCKFILE, THEIR_TEXT);
    expect(await unproven.tryAcquire({ info: OURS, holder: HOLDER })).toMatchObject({
      acquired: false,
      by: { info: theirInfo() },
    });
    expect(stored()).toBe(THEIR_TEXT);
    expect(requests()).toEqual(['GET 200']);
  });

  test('keeps somebody else’s lock from being replaced: it is compared first', async () => {
    store.putObject(BUCKET, LOCKFILE, THEIR_TEXT);
    const replacing = unproven.replace({ ...lockRecord(), version: '"stale"' }, lockRecord());
    await expect(replacing).rejects.toBeInstanceOf(LockLostError);
    expect(stored()).toBe(THEIR_TEXT);
  });
});

test('a store that honours conditions is asked once more than S3, and then believed', async () => {
  expect(await unproven.tryAcquire({ info: OURS, holder: HOLDER })).toMatchObject({ acquired: true });
  expect(requests()).toEqual(['GET 404', 'PUT 200', 'PUT 412']);
  expect(stored()).toBe(formatLockInfo(OURS));
});

test('S3 itself is not asked to prove anything', async () => {
  await known.tryAcquire({ info: OURS, holder: HOLDER });
  expect(requests()).toEqual(['PUT 200']);
});

test('a store that knows no conditional writes is refused, and nothing is written', async () => {
  behaveAs({ rejectConditionalWrites: true });
  for (const lock of [known, unproven]) {
    await expect(lock.tryAcquire({ info: OURS, holder: HOLDER })).rejects.toHaveProperty('problem', {
      kind: 'no-conditional-writes',
      path: LOCK_PATH,
      detail: 'it answers 501 Not Implemented',
    });
  }
  expect(stored()).toBeUndefined();
});

describe('a store that answers 501 to a conditional delete', () => {
  beforeEach(() => behaveAs({ rejectConditionalDeletes: true }));

  test('is read and compared, and then the lock is deleted', async () => {
    const held = await acquired(known);
    store.clearRequests();
    await known.remove(held);
    expect(requests()).toEqual(['DELETE 501', 'GET 200', 'DELETE 204']);
    expect(stored()).toBeUndefined();
  });

  test('keeps a lock that is somebody else’s by then', async () => {
    const held = await acquired(known);
    store.putObject(BUCKET, LOCKFILE, THEIR_TEXT);
    await expect(known.remove(held)).rejects.toMatchObject({ by: { info: theirInfo() } });
    expect(stored()).toBe(THEIR_TEXT);
  });
});

test('a store that deletes in spite of If-Match keeps somebody else’s lock: it is compared first', async () => {
  behaveAs({ ignoreConditionalDeletes: true });
  const held = await acquired(unproven);
  store.putObject(BUCKET, LOCKFILE, THEIR_TEXT);
  await expect(unproven.remove(held)).rejects.toBeInstanceOf(LockLostError);
  expect(stored()).toBe(THEIR_TEXT);
});

test('a lock in a versioned bucket is free again once it is removed, and a version remains', async () => {
  store.createBucket('versioned', { versioning: true });
  const s3 = await clients.s3(s3Connection(store.endpoint));
  const lock = s3Lock(s3, {
    bucket: 'versioned',
    key: LOCKFILE,
    path: `versioned/${STATE_PATH}`,
    encryption: { kind: 'bucket-default' },
    conditionalWrites: 'known',
  });
  await lock.remove(await acquired(lock));
  expect(await lock.read()).toBeUndefined();
  await acquired(lock);
  expect(store.versions('versioned', LOCKFILE).map(({ kind }) => kind)).toEqual([
    'object',
    'delete-marker',
    'object',
  ]);
});

describe('our record in the metadata', () => {
  test.each([
    ['broken encoding', '%zz'],
    ['other JSON', '%7B%7D'],
  ])('of %s names no job, and the lock is held all the same', async (_, holder) => {
    store.putObject(BUCKET, LOCKFILE, THEIR_TEXT, { metadata: { holder } });
    expect(await known.read()).toEqual({ info: theirInfo(), version: expect.any(String) });
  });
});

test('a conditional delete needs s3:GetObject too, and its refusal is no lost lock', async () => {
  const held = await acquired(known);
  behaveAs({ deny: [{ action: 's3:GetObject' }] });
  await expect(known.remove(held)).rejects.toMatchObject({
    problem: { kind: 'access-denied', detail: expect.stringContaining('perform: s3:GetObject on') },
  });
  expect(stored()).toBe(formatLockInfo(OURS));
});

async function acquired(lock: Lock) {
  const attempt = await lock.tryAcquire({ info: OURS, holder: HOLDER });
  if (!attempt.acquired) throw new Error('The lock was expected to be free.');
  return attempt.held;
}
