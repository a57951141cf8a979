import { describe, expect, test } from '@jest/globals';
import { formatHolder } from '../../src/lock/holder-record.js';
import { LockLostError } from '../../src/lock/lock.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { release } from '../../src/lock/release.js';
import { acquired, lockPair } from '../../testing/lock-pair.js';
import { lockHolder, lockInfo, lockRecord, theirLock } from '../../testing/test-data.js';

const HOLDER = lockHolder();
const OUR_TEXT = formatLockInfo(lockInfo());
const THEIRS = theirLock();
const NEXT = lockInfo({ ID: 'next' });
const NEXT_RECORD = { info: NEXT, holder: HOLDER };
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
    const replaced = await lock.replace(held, NEXT_RECORD);
    const text = formatLockInfo(NEXT);
    expect(replaced).toMatchObject({ info: NEXT, holder: HOLDER, version: `${text} ${text}` });
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
    await expect(lock.replace({ ...lockRecord(), ...held, version: '' }, NEXT_RECORD)).rejects.toHaveProperty(
      'name',
      'LockLostError',
    );
    expect(calls).toEqual([]);
  });

  test('a lockfile that changed meanwhile keeps the item from being replaced', async () => {
    const { lock, lockfile, item } = lockPair();
    const held = await acquired(lock);
    lockfile.text = THEIRS.version;
    await expect(lock.replace(held, NEXT_RECORD)).rejects.toHaveProperty('by.info', THEIRS.info);
    expect(item.text).toBe(OUR_TEXT);
  });

  test('an item that somebody else has by now leaves the lockfile as it was', async () => {
    const { lock, lockfile, item } = lockPair();
    const held = await acquired(lock);
    item.text = THEIRS.version;
    await expect(lock.replace(held, NEXT_RECORD)).rejects.toHaveProperty('by.info', THEIRS.info);
    expect([lockfile.text, item.text]).toEqual([OUR_TEXT, THEIRS.version]);
    expect(lockfile.holder).toBe(formatHolder(HOLDER));
  });

  test('a lockfile that is somebody else’s before it is put back stays theirs', async () => {
    const places = lockPair({}, { item: { replace: () => stolen() } });
    const stolen = async () => {
      places.lockfile.text = THEIRS.version;
      throw new LockLostError('states/x', THEIRS);
    };
    await expect(places.lock.replace(await acquired(places.lock), NEXT_RECORD)).rejects.toHaveProperty(
      'name',
      'LockLostError',
    );
    expect(places.lockfile.text).toBe(THEIRS.version);
  });

  test('an error of the item is passed on, and freeing by ID finds the half that was replaced', async () => {
    const { lock, lockfile } = lockPair({}, { item: { replace: failing } });
    await expect(lock.replace(await acquired(lock), NEXT_RECORD)).rejects.toBe(broken);
    expect(await lock.free('next')).toEqual({ outcome: 'released' });
    expect(lockfile).toEqual({});
  });
});
