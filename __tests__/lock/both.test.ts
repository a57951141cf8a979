import { describe, expect, test } from '@jest/globals';
import { bothLocks, partVersions } from '../../src/lock/both.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { freeIfOurs } from '../../src/lock/release.js';
import { lockPair } from '../../testing/lock-pair.js';
import { type MemoryRecord, memoryLock } from '../../testing/memory-lock.js';
import { lockHolder, lockInfo, OUR_ID, theirLock } from '../../testing/test-data.js';

const OURS = lockInfo();
const HOLDER = lockHolder();
const OUR_TEXT = formatLockInfo(OURS);
const THEIRS = theirLock();
const broken = new Error('DynamoDB is away.');
const failing = () => Promise.reject(broken);

describe('taking it', () => {
  test('takes the lockfile first and then the item, as Terraform does, under one ID', async () => {
    const { lock, lockfile, item, calls } = lockPair();
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({
      acquired: true,
      held: { info: OURS, holder: HOLDER, version: JSON.stringify([OUR_TEXT, OUR_TEXT]) },
    });
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.tryAcquire']);
    expect([lockfile.text, item.text]).toEqual([OUR_TEXT, OUR_TEXT]);
  });

  test('a refusal by the lockfile leaves the item alone', async () => {
    const { lock, calls } = lockPair({ lockfile: THEIRS.version });
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({ acquired: false, by: THEIRS });
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.read']);
  });

  test('a refusal by another waiter’s lockfile names who has the item, and so the lock', async () => {
    const waiter = theirLock({ ID: 'another waiter' });
    const { lock } = lockPair({ lockfile: waiter.version, item: THEIRS.version });
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({ acquired: false, by: THEIRS });
  });

  test('a refusal by the item frees the lockfile again, and is the answer', async () => {
    const { lock, lockfile, calls } = lockPair({ item: THEIRS.version });
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({ acquired: false, by: THEIRS });
    expect(lockfile).toEqual({});
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.tryAcquire', 'lockfile.remove']);
  });

  test('a lockfile that is gone when it is to be freed again is as good', async () => {
    const lockfile: MemoryRecord = {};
    const beforeLook = async () => {
      delete lockfile.text;
    };
    const item = memoryLock({ text: THEIRS.version }, { beforeLook });
    const attempt = await bothLocks(memoryLock(lockfile), item).tryAcquire(OURS, HOLDER);
    expect(attempt).toEqual({ acquired: false, by: THEIRS });
  });

  test('a lockfile that cannot be freed again is an error: it would keep everybody out', async () => {
    const { lock } = lockPair({ item: THEIRS.version }, { lockfile: { remove: failing } });
    await expect(lock.tryAcquire(OURS, HOLDER)).rejects.toBe(broken);
  });

  test('an error of the item leaves the lockfile held, and freeing by ID finds it', async () => {
    const { lock, lockfile } = lockPair({}, { item: { tryAcquire: failing } });
    await expect(lock.tryAcquire(OURS, HOLDER)).rejects.toBe(broken);
    expect(lockfile.text).toBe(OUR_TEXT);
    expect(await freeIfOurs(lock, OUR_ID)).toEqual({ outcome: 'released' });
    expect(lockfile).toEqual({});
  });

  test('half a lock of our own is completed: its answer was lost', async () => {
    const { lock, item } = lockPair({ lockfile: OUR_TEXT });
    expect(await lock.tryAcquire(OURS, HOLDER)).toMatchObject({ acquired: true, held: { info: OURS } });
    expect(item.text).toBe(OUR_TEXT);
  });
});

describe('looking at it', () => {
  const versions = (lockfile: string | null, item: string | null) => JSON.stringify([lockfile, item]);

  test.each<[string, { lockfile?: string; item?: string }, unknown]>([
    ['neither record', {}, undefined],
    [
      'both of one lock',
      { lockfile: OUR_TEXT, item: OUR_TEXT },
      { info: OURS, version: versions(OUR_TEXT, OUR_TEXT) },
    ],
    ['the lockfile alone', { lockfile: OUR_TEXT }, { info: OURS, version: versions(OUR_TEXT, null) }],
    ['the item alone', { item: OUR_TEXT }, { info: OURS, version: versions(null, OUR_TEXT) }],
    [
      'records of two locks: the lockfile stands in the way first',
      { lockfile: THEIRS.version, item: OUR_TEXT },
      { info: THEIRS.info, version: versions(THEIRS.version, null) },
    ],
    [
      'an unreadable lockfile beside an item',
      { lockfile: 'not json', item: OUR_TEXT },
      { version: versions('not json', null) },
    ],
  ])('%s', async (_, texts, held) => {
    expect(await lockPair(texts).lock.read()).toEqual(held);
  });
});

test('looked at by ID, the part that has it is found behind somebody else’s', async () => {
  const { lock } = lockPair({ lockfile: THEIRS.version, item: OUR_TEXT });
  expect(await lock.read(undefined, OUR_ID)).toEqual({
    info: OURS,
    version: JSON.stringify([null, OUR_TEXT]),
  });
  expect(await lock.read(undefined, 'unknown')).toMatchObject({ info: THEIRS.info });
});

describe('a part that cannot be read', () => {
  type Case = [string, Parameters<typeof lockPair>[0], Parameters<typeof lockPair>[1], (string | null)[]];
  const cases: Case[] = [
    ['the lockfile', { item: OUR_TEXT }, { lockfile: { read: failing } }, [null, OUR_TEXT]],
    ['the item', { lockfile: OUR_TEXT }, { item: { read: failing } }, [OUR_TEXT, null]],
  ];

  test.each(cases)('%s, does not hide the other, which has the ID', async (_, texts, parts, versions) => {
    const { lock } = lockPair(texts, parts);
    expect(await lock.read(undefined, OUR_ID)).toEqual({ info: OURS, version: JSON.stringify(versions) });
  });

  test.each(cases)('%s, is an error to whoever asks who holds the lock', async (_, texts, parts) => {
    const { lock } = lockPair(texts, parts);
    await expect(lock.read()).rejects.toBe(broken);
    await expect(lock.read(undefined, 'another')).rejects.toBe(broken);
  });
});

describe('the versions of the parts', () => {
  test.each<[string, string, [string | null, string | null]]>([
    ['of a whole lock', JSON.stringify(['"etag"', OUR_TEXT]), ['"etag"', OUR_TEXT]],
    ['of half a lock', JSON.stringify([null, OUR_TEXT]), [null, OUR_TEXT]],
    ['of no lock in parts', OUR_TEXT, [null, null]],
    ['of no record', '', [null, null]],
  ])('%s', (_, version, parts) => {
    expect(partVersions(version)).toEqual(parts);
  });
});

test('people see one path, the lockfile’s', () => {
  const named = bothLocks(memoryLock({}, { path: 'states/a' }), memoryLock({}, { path: 'states/b' }));
  expect(named.path).toBe('states/a');
});
