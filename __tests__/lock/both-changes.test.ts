import { describe, expect, test } from '@jest/globals';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { freeIfOurs, release } from '../../src/lock/release.js';
import { acquired, lockPair } from '../../testing/lock-pair.js';
import { lockHolder, lockInfo, OUR_ID, theirLock } from '../../testing/test-data.js';

const HOLDER = lockHolder();
const OUR_TEXT = formatLockInfo(lockInfo());
const THEIRS = theirLock();
const NEXT = lockInfo({ ID: 'next' });
const broken = new Error('DynamoDB is away.');
const failing = () => Promise.reject(broken);

describe('removing it', () => {
  test('removes both', async () => {
    const { lock, lockfile, item } = lockPair();
    await lock.remove(await acquired(lock));
    expect([lockfile, item]).toEqual([{}, {}]);
  });

  test.each<'lockfile' | 'item'>(['lockfile', 'item'])(
    'one that is missing, the %s, is fine',
    async (gone) => {
      const places = lockPair();
      const held = await acquired(places.lock);
      delete places[gone].text;
      expect(await release(places.lock, held)).toEqual({ outcome: 'released' });
      expect([places.lockfile.text, places.item.text]).toEqual([undefined, undefined]);
    },
  );

  test('both missing is a lost lock, to nobody', async () => {
    const { lock, lockfile, item } = lockPair();
    const held = await acquired(lock);
    delete lockfile.text;
    delete item.text;
    expect(await release(lock, held)).toEqual({ outcome: 'absent' });
  });

  test.each<'lockfile' | 'item'>(['lockfile', 'item'])(
    'somebody else’s %s is left alone and reported, and our own part is removed',
    async (taken) => {
      const places = lockPair();
      const held = await acquired(places.lock);
      places[taken].text = THEIRS.version;
      expect(await release(places.lock, held)).toMatchObject({ outcome: 'taken', by: { info: THEIRS.info } });
      const left = taken === 'lockfile' ? [THEIRS.version, undefined] : [undefined, THEIRS.version];
      expect([places.lockfile.text, places.item.text]).toEqual(left);
    },
  );

  test('an error of one does not keep the other from being removed, and is passed on', async () => {
    const { lock, item } = lockPair({}, { lockfile: { remove: failing } });
    await expect(lock.remove(await acquired(lock))).rejects.toBe(broken);
    expect(item).toEqual({});
  });

  test('removes what was read, when that was one part alone', async () => {
    const { lock, lockfile, item, calls } = lockPair({ lockfile: OUR_TEXT, item: THEIRS.version });
    const held = await lock.read();
    calls.length = 0;
    if (held) await lock.remove(held);
    expect(calls).toEqual(['lockfile.remove']);
    expect([lockfile.text, item.text]).toEqual([undefined, THEIRS.version]);
  });
});

describe('replacing it', () => {
  test('replaces both, in the order in which they are taken', async () => {
    const { lock, lockfile, item, calls } = lockPair();
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
    const { lock, calls } = lockPair(texts);
    const held = await lock.read();
    calls.length = 0;
    await expect(held && lock.replace(held, NEXT, HOLDER)).rejects.toHaveProperty('name', 'LockLostError');
    expect(calls).toEqual([]);
  });

  test('a lockfile that changed meanwhile keeps the item from being replaced', async () => {
    const { lock, lockfile, item } = lockPair();
    const held = await acquired(lock);
    lockfile.text = THEIRS.version;
    await expect(lock.replace(held, NEXT, HOLDER)).rejects.toHaveProperty('by.info', THEIRS.info);
    expect(item.text).toBe(OUR_TEXT);
  });
});

test('half a lock of ours behind another waiter’s lockfile is freed', async () => {
  const { lock, lockfile, item } = lockPair({ lockfile: THEIRS.version, item: OUR_TEXT });
  expect(await freeIfOurs(lock, OUR_ID)).toEqual({ outcome: 'released' });
  expect([lockfile.text, item.text]).toEqual([THEIRS.version, undefined]);
});
