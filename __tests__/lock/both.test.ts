import { describe, expect, test } from '@jest/globals';
import { bothLocks, partVersions } from '../../src/lock/both.js';
import { freeIfOurs, release } from '../../src/lock/free.js';
import type { HeldLock, Lock } from '../../src/lock/lock.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { type MemoryRecord, memoryLock } from '../support/memory-lock.js';
import { lockHolder, lockInfo, OUR_ID, theirLock } from '../support/test-data.js';

const OURS = lockInfo();
const HOLDER = lockHolder();
const OUR_TEXT = formatLockInfo(OURS);
const THEIRS = theirLock();
const NEXT = lockInfo({ ID: 'next' });

const broken = new Error('DynamoDB is away.');
const failing = () => Promise.reject(broken);

interface Pair {
  readonly lock: Lock;
  readonly lockfile: MemoryRecord;
  readonly item: MemoryRecord;
  /** The calls of both parts, in order. */
  readonly calls: string[];
}

/** A pair of locks with these texts in them. */
function pair(
  texts: { lockfile?: string; item?: string } = {},
  differences: { lockfile?: Partial<Lock>; item?: Partial<Lock> } = {},
): Pair {
  const lockfile: MemoryRecord = texts.lockfile === undefined ? {} : { text: texts.lockfile };
  const item: MemoryRecord = texts.item === undefined ? {} : { text: texts.item };
  const calls: string[] = [];
  const first = listened({ ...memoryLock(lockfile), ...differences.lockfile }, 'lockfile', calls);
  const second = listened({ ...memoryLock(item), ...differences.item }, 'item', calls);
  return { lock: bothLocks(first, second), lockfile, item, calls };
}

function listened(lock: Lock, name: string, calls: string[]): Lock {
  const methods = ['tryAcquire', 'read', 'replace', 'remove'] as const;
  const heard = methods.map((method) => [
    method,
    (...args: unknown[]) => {
      calls.push(`${name}.${method}`);
      return (lock[method] as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...lock, ...Object.fromEntries(heard) };
}

async function acquired(lock: Lock): Promise<HeldLock> {
  const attempt = await lock.tryAcquire(OURS, HOLDER);
  if (!attempt.acquired) throw new Error('The lock was expected to be free.');
  return attempt.held;
}

describe('taking it', () => {
  test('takes the lockfile first and then the item, as Terraform does, under one ID', async () => {
    const { lock, lockfile, item, calls } = pair();
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({
      acquired: true,
      held: { info: OURS, holder: HOLDER, version: JSON.stringify([OUR_TEXT, OUR_TEXT]) },
    });
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.tryAcquire']);
    expect([lockfile.text, item.text]).toEqual([OUR_TEXT, OUR_TEXT]);
  });

  test('a refusal by the lockfile leaves the item alone', async () => {
    const { lock, calls } = pair({ lockfile: THEIRS.version });
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({ acquired: false, by: THEIRS });
    expect(calls).toEqual(['lockfile.tryAcquire', 'item.read']);
  });

  test('a refusal by another waiter’s lockfile names who has the item, and so the lock', async () => {
    const waiter = theirLock({ ID: 'another waiter' });
    const { lock } = pair({ lockfile: waiter.version, item: THEIRS.version });
    expect(await lock.tryAcquire(OURS, HOLDER)).toEqual({ acquired: false, by: THEIRS });
  });

  test('a refusal by the item frees the lockfile again, and is the answer', async () => {
    const { lock, lockfile, calls } = pair({ item: THEIRS.version });
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
    const { lock } = pair({ item: THEIRS.version }, { lockfile: { remove: failing } });
    await expect(lock.tryAcquire(OURS, HOLDER)).rejects.toBe(broken);
  });

  test('an error of the item leaves the lockfile held, and freeing by ID finds it', async () => {
    const { lock, lockfile } = pair({}, { item: { tryAcquire: failing } });
    await expect(lock.tryAcquire(OURS, HOLDER)).rejects.toBe(broken);
    expect(lockfile.text).toBe(OUR_TEXT);
    expect(await freeIfOurs(lock, OUR_ID)).toEqual({ outcome: 'released' });
    expect(lockfile).toEqual({});
  });

  test('half a lock of our own is completed: its answer was lost', async () => {
    const { lock, item } = pair({ lockfile: OUR_TEXT });
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
    expect(await pair(texts).lock.read()).toEqual(held);
  });
});

test('looked at by ID, the part that has it is found behind somebody else’s', async () => {
  const { lock } = pair({ lockfile: THEIRS.version, item: OUR_TEXT });
  expect(await lock.read(undefined, OUR_ID)).toEqual({
    info: OURS,
    version: JSON.stringify([null, OUR_TEXT]),
  });
  expect(await lock.read(undefined, 'unknown')).toMatchObject({ info: THEIRS.info });
});

test('half a lock of ours behind another waiter’s lockfile is freed', async () => {
  const { lock, lockfile, item } = pair({ lockfile: THEIRS.version, item: OUR_TEXT });
  expect(await freeIfOurs(lock, OUR_ID)).toEqual({ outcome: 'released' });
  expect([lockfile.text, item.text]).toEqual([THEIRS.version, undefined]);
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

describe('removing it', () => {
  test('removes both', async () => {
    const { lock, lockfile, item } = pair();
    await lock.remove(await acquired(lock));
    expect([lockfile, item]).toEqual([{}, {}]);
  });

  test.each<'lockfile' | 'item'>(['lockfile', 'item'])(
    'one that is missing, the %s, is fine',
    async (gone) => {
      const places = pair();
      const held = await acquired(places.lock);
      delete places[gone].text;
      expect(await release(places.lock, held)).toEqual({ outcome: 'released' });
      expect([places.lockfile.text, places.item.text]).toEqual([undefined, undefined]);
    },
  );

  test('both missing is a lost lock, to nobody', async () => {
    const { lock, lockfile, item } = pair();
    const held = await acquired(lock);
    delete lockfile.text;
    delete item.text;
    expect(await release(lock, held)).toEqual({ outcome: 'absent' });
  });

  test.each<'lockfile' | 'item'>(['lockfile', 'item'])(
    'somebody else’s %s is left alone and reported, and our own part is removed',
    async (taken) => {
      const places = pair();
      const held = await acquired(places.lock);
      places[taken].text = THEIRS.version;
      expect(await release(places.lock, held)).toMatchObject({ outcome: 'taken', by: { info: THEIRS.info } });
      const left = taken === 'lockfile' ? [THEIRS.version, undefined] : [undefined, THEIRS.version];
      expect([places.lockfile.text, places.item.text]).toEqual(left);
    },
  );

  test('an error of one does not keep the other from being removed, and is passed on', async () => {
    const { lock, item } = pair({}, { lockfile: { remove: failing } });
    await expect(lock.remove(await acquired(lock))).rejects.toBe(broken);
    expect(item).toEqual({});
  });

  test('removes what was read, when that was one part alone', async () => {
    const { lock, lockfile, item, calls } = pair({ lockfile: OUR_TEXT, item: THEIRS.version });
    const held = await lock.read();
    calls.length = 0;
    if (held) await lock.remove(held);
    expect(calls).toEqual(['lockfile.remove']);
    expect([lockfile.text, item.text]).toEqual([undefined, THEIRS.version]);
  });
});

describe('replacing it', () => {
  test('replaces both, in the order in which they are taken', async () => {
    const { lock, lockfile, item, calls } = pair();
    const held = await acquired(lock);
    calls.length = 0;
    const replaced = await lock.replace(held, NEXT, HOLDER);
    const text = formatLockInfo(NEXT);
    expect(replaced).toEqual({ info: NEXT, holder: HOLDER, version: JSON.stringify([text, text]) });
    expect([lockfile.text, item.text]).toEqual([text, text]);
    expect(calls).toEqual(['lockfile.replace', 'item.replace']);
  });

  test.each<[string, { lockfile?: string; item?: string }]>([
    ['lockfile', { lockfile: OUR_TEXT }],
    ['item', { item: OUR_TEXT }],
  ])('half a lock, the %s alone, cannot be replaced, and nothing is written', async (_, texts) => {
    const { lock, calls } = pair(texts);
    const held = await lock.read();
    calls.length = 0;
    await expect(held && lock.replace(held, NEXT, HOLDER)).rejects.toHaveProperty('name', 'LockLostError');
    expect(calls).toEqual([]);
  });

  test('a lockfile that changed meanwhile keeps the item from being replaced', async () => {
    const { lock, lockfile, item } = pair();
    const held = await acquired(lock);
    lockfile.text = THEIRS.version;
    await expect(lock.replace(held, NEXT, HOLDER)).rejects.toHaveProperty('by.info', THEIRS.info);
    expect(item.text).toBe(OUR_TEXT);
  });
});

test('people see one path, the lockfile’s', () => {
  const named = bothLocks(memoryLock({}, { path: 'states/a' }), memoryLock({}, { path: 'states/b' }));
  expect(named.path).toBe('states/a');
});
