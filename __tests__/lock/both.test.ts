import { describe, expect, test } from '@jest/globals';
import { bothLocks } from '../../src/lock/both.js';
import { type HeldLock, LockLostError } from '../../src/lock/lock.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
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
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({
      acquired: true,
      held: {
        info: OURS,
        holder: HOLDER,
        version: `${OUR_TEXT} ${OUR_TEXT}`,
        parts: {
          lockfile: { info: OURS, holder: HOLDER, version: OUR_TEXT },
          item: { info: OURS, holder: HOLDER, version: OUR_TEXT },
        },
      },
    });
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.tryAcquire']);
    expect([lockfile.text, item.text]).toEqual([OUR_TEXT, OUR_TEXT]);
  });

  test('a refusal by the lockfile leaves the item alone', async () => {
    const { lock, calls } = lockPair({ lockfile: THEIRS.version });
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toMatchObject({
      acquired: false,
      by: { info: THEIRS.info },
    });
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.read']);
  });

  test('a refusal by another waiter’s lockfile names who has the item, and so the lock', async () => {
    const waiter = theirLock({ ID: 'another waiter' });
    const { lock } = lockPair({ lockfile: waiter.version, item: THEIRS.version });
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toMatchObject({
      acquired: false,
      by: { info: THEIRS.info },
    });
  });

  test('a refusal by the item frees the lockfile again, and is the answer', async () => {
    const { lock, lockfile, calls } = lockPair({ item: THEIRS.version });
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toMatchObject({
      acquired: false,
      by: { info: THEIRS.info },
    });
    expect(lockfile).toEqual({});
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.tryAcquire', 'lockfile.remove']);
  });

  test('a lockfile that is gone when it is to be freed again is as good', async () => {
    const lockfile: MemoryRecord = {};
    const beforeLook = async () => {
      delete lockfile.text;
    };
    const item = memoryLock({ text: THEIRS.version }, { beforeLook });
    const attempt = await bothLocks(memoryLock(lockfile), item).tryAcquire({ info: OURS, holder: HOLDER });
    expect(attempt).toMatchObject({ acquired: false, by: { info: THEIRS.info } });
  });

  test('a lockfile that cannot be freed again is an error: it would keep everybody out', async () => {
    const { lock } = lockPair({ item: THEIRS.version }, { lockfile: { remove: failing } });
    await expect(lock.tryAcquire({ info: OURS, holder: HOLDER })).rejects.toBe(broken);
  });

  test('an error of the item leaves the lockfile held, and freeing by ID finds it', async () => {
    const { lock, lockfile } = lockPair({}, { item: { tryAcquire: failing } });
    await expect(lock.tryAcquire({ info: OURS, holder: HOLDER })).rejects.toBe(broken);
    expect(lockfile.text).toBe(OUR_TEXT);
    expect(await lock.free(OUR_ID)).toEqual({ outcome: 'released' });
    expect(lockfile).toEqual({});
  });

  test('half a lock of our own is completed: its answer was lost', async () => {
    const { lock, item } = lockPair({ lockfile: OUR_TEXT });
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toMatchObject({
      acquired: true,
      held: { info: OURS },
    });
    expect(item.text).toBe(OUR_TEXT);
  });
});

describe('looking at it', () => {
  const ours = { info: OURS, version: OUR_TEXT };

  test.each<[string, { lockfile?: string; item?: string }, object | undefined]>([
    ['neither record', {}, undefined],
    [
      'both of one lock',
      { lockfile: OUR_TEXT, item: OUR_TEXT },
      { info: OURS, version: `${OUR_TEXT} ${OUR_TEXT}`, parts: { lockfile: ours, item: ours } },
    ],
    ['the lockfile alone', { lockfile: OUR_TEXT }, { info: OURS, parts: { lockfile: ours } }],
    ['the item alone', { item: OUR_TEXT }, { info: OURS, parts: { item: ours } }],
    [
      'records of two locks: the lockfile stands in the way first',
      { lockfile: THEIRS.version, item: OUR_TEXT },
      { info: THEIRS.info, parts: { lockfile: THEIRS } },
    ],
    [
      'an unreadable lockfile beside an item',
      { lockfile: 'not json', item: OUR_TEXT },
      { parts: { lockfile: { version: 'not json' } } },
    ],
  ])('%s', async (_, texts, held) => {
    const found = await lockPair(texts).lock.read();
    if (held === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(held);
  });

  test('other records have another version, whichever part they are in', async () => {
    const texts = [{ lockfile: OUR_TEXT }, { item: OUR_TEXT }, { lockfile: OUR_TEXT, item: OUR_TEXT }];
    const found = await Promise.all(texts.map((records) => lockPair(records).lock.read()));
    expect(new Set(found.map((held) => held?.version)).size).toBe(texts.length);
  });

  test.each<['lockfile' | 'item']>([['lockfile'], ['item']])(
    'a part that cannot be read, the %s, is an error to whoever asks who holds the lock',
    async (part) => {
      const { lock } = lockPair({}, { [part]: { read: failing } });
      await expect(lock.read()).rejects.toBe(broken);
    },
  );
});

describe('freeing it by ID', () => {
  test.each<[string, { lockfile?: string; item?: string }, [string | undefined, string | undefined]]>([
    ['both records', { lockfile: OUR_TEXT, item: OUR_TEXT }, [undefined, undefined]],
    ['the lockfile alone', { lockfile: OUR_TEXT }, [undefined, undefined]],
    ['the item alone', { item: OUR_TEXT }, [undefined, undefined]],
    [
      'our item behind another waiter’s lockfile',
      { lockfile: THEIRS.version, item: OUR_TEXT },
      [THEIRS.version, undefined],
    ],
    [
      'our lockfile before somebody’s item',
      { lockfile: OUR_TEXT, item: THEIRS.version },
      [undefined, THEIRS.version],
    ],
  ])('%s', async (_, texts, left) => {
    const { lock, lockfile, item } = lockPair(texts);
    expect(await lock.free(OUR_ID)).toEqual({ outcome: 'released' });
    expect([lockfile.text, item.text]).toEqual(left);
  });

  test('what is somebody else’s is named and stays', async () => {
    const { lock, item } = lockPair({ item: THEIRS.version });
    expect(await lock.free(OUR_ID)).toMatchObject({ outcome: 'taken', by: THEIRS });
    expect(item.text).toBe(THEIRS.version);
  });

  test('nothing is there', async () => {
    expect(await lockPair().lock.free(OUR_ID)).toEqual({ outcome: 'absent' });
  });

  test.each<['lockfile' | 'item', 'lockfile' | 'item']>([
    ['lockfile', 'item'],
    ['item', 'lockfile'],
  ])('a %s that cannot be read does not keep the %s from being freed, and is told', async (part, other) => {
    const places = lockPair({ lockfile: OUR_TEXT, item: OUR_TEXT }, { [part]: { free: failing } });
    await expect(places.lock.free(OUR_ID)).rejects.toBe(broken);
    expect(places[other].text).toBeUndefined();
  });
});

describe('for whom one of the two may be out of sight', () => {
  const isAnother = () => true;
  const ofBoth = lockPair({ lockfile: OUR_TEXT, item: OUR_TEXT });

  test.each(['lockfile', 'item'] as const)('the %s alone is not the lock', async (part) => {
    const held = await ofBoth.lock.read();
    const removing = lockPair({ [part]: OUR_TEXT }, { isAnother });
    await expect(removing.lock.remove(held as HeldLock)).rejects.toBeInstanceOf(LockLostError);
    const freeing = lockPair({ [part]: OUR_TEXT }, { isAnother });
    expect(await freeing.lock.free(OUR_ID)).toEqual({ outcome: 'absent' });
    expect([removing[part].text, freeing[part].text]).toEqual([undefined, undefined]);
  });

  test('both are', async () => {
    const both = () => lockPair({ lockfile: OUR_TEXT, item: OUR_TEXT }, { isAnother }).lock;
    await both().remove((await ofBoth.lock.read()) as HeldLock);
    expect(await both().free(OUR_ID)).toEqual({ outcome: 'released' });
  });
});

test('people see one path, the lockfile’s', () => {
  const named = bothLocks(memoryLock({}, { path: 'states/a' }), memoryLock({}, { path: 'states/b' }));
  expect(named.path).toBe('states/a');
});
