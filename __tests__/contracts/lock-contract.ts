import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type HeldLock, type Lock, LockLostError, type LockRecord } from '../../src/lock/lock.js';
import { formatLockInfo, type LockInfo } from '../../src/lock/lock-info.js';
import { lockHolder, lockInfo, OUR_ID, THEIR_ID, theirInfo } from '../../testing/test-data.js';

/** A place that a lock can be in, seen by many clients. */
export interface LockUnderTest {
  /**
   * A client of its own of the one lock.
   *
   * @param options.beforeLook Called between a refused write and the look at who refused it.
   */
  open(options?: { readonly beforeLook?: () => Promise<void> }): Promise<Lock>;
  /** Puts a record there as another tool would, whatever is there; `undefined` clears the place. */
  writeForeign(text: string | undefined): Promise<void>;
  /** The text of Terraform's record, as it is stored. */
  readRaw(): Promise<string | undefined>;
  /**
   * What comes of a record that vanishes between the refusal and the look. `told`: the refusal itself names the
   * holder, so there is no look. `acquired`: the store is looked at before the write is tried.
   */
  readonly vanished?: 'lost-race' | 'told' | 'acquired';
  close(): Promise<void>;
}

const OURS = lockInfo();
const THEIRS = theirInfo();
const HOLDER = lockHolder();
const RACERS = 20;

/** What every kind of lock promises, whatever it is stored in. */
export function describeLockContract(name: string, start: () => Promise<LockUnderTest>): void {
  describe(`${name} keeps the contract of a lock`, () => {
    let place: LockUnderTest;
    let lock: Lock;

    beforeAll(async () => {
      place = await start();
      lock = await place.open();
    });
    afterAll(() => place.close());
    beforeEach(() => place.writeForeign(undefined));

    const acquire = async (info: LockInfo): Promise<HeldLock & LockRecord> => {
      const attempt = await lock.tryAcquire({ info: info, holder: HOLDER });
      if (!attempt.acquired) throw new Error('The lock was expected to be free.');
      return { ...attempt.held, info, holder: HOLDER };
    };

    describe('taking it', () => {
      test('a free lock is acquired, and its record is the text that Terraform would write', async () => {
        const attempt = await lock.tryAcquire({ info: OURS, holder: HOLDER });
        expect(attempt).toMatchObject({
          acquired: true,
          held: { info: OURS, holder: HOLDER, version: expect.any(String) },
        });
        expect(await place.readRaw()).toBe(formatLockInfo(OURS));
      });

      test('characters that Go escapes and headers cannot carry arrive as they were', async () => {
        const info = lockInfo({ Info: 'a <b> & "c" \u2028 é 😀', Who: 'zoë@rünner' });
        const holder = lockHolder({ workflow: 'Übergabe → prod 🚀', job: '50 % "off"' });
        await lock.tryAcquire({ info: info, holder: holder });
        expect(await place.readRaw()).toBe(formatLockInfo(info));
        expect(await lock.read()).toMatchObject({ info, holder });
      });

      test('a second client is refused, and told who holds it and in which job', async () => {
        await acquire(OURS);
        const second = await place.open();
        expect(await second.tryAcquire({ info: THEIRS, holder: lockHolder({ job: 'other' }) })).toMatchObject(
          {
            acquired: false,
            by: { info: OURS, holder: HOLDER, version: expect.any(String) },
          },
        );
        expect(await place.readRaw()).toBe(formatLockInfo(OURS));
      });

      test('a lock of Terraform refuses, and no job of ours is named', async () => {
        await place.writeForeign(formatLockInfo(THEIRS));
        const attempt = await lock.tryAcquire({ info: OURS, holder: HOLDER });
        expect(attempt).toMatchObject({
          acquired: false,
          by: { info: THEIRS, version: expect.any(String) },
        });
        expect(attempt).not.toHaveProperty('by.holder.job');
      });

      test('our own record refuses nothing: the answer to the write that made it was lost', async () => {
        const { version } = await acquire(OURS);
        const again = await lock.tryAcquire({
          info: { ...OURS, Created: '2026-11-22T01:15:53Z' },
          holder: HOLDER,
        });
        // What is stored is what the first attempt wrote, and that is what a release must name.
        expect(again).toMatchObject({ acquired: true, held: { info: OURS, holder: HOLDER, version } });
      });

      test.each(['not json', '', '[]', 'null'])(
        'the unreadable record %j holds the lock, for nobody whom we can name',
        async (text) => {
          await place.writeForeign(text);
          const attempt = await lock.tryAcquire({ info: OURS, holder: HOLDER });
          expect(attempt).toMatchObject({ acquired: false, by: { version: expect.any(String) } });
          expect(attempt).not.toHaveProperty('by.info.ID');
          expect(await lock.read()).toMatchObject({ version: expect.any(String) });
        },
      );

      test(`of ${RACERS} clients at once one gets it, and the others are told of nobody else`, async () => {
        const racers = Array.from({ length: RACERS }, (_, racer) => lockInfo({ ID: `racer-${racer}` }));
        const clients = await Promise.all(racers.map(() => place.open()));
        const attempts = await Promise.all(
          clients.map((client, racer) => client.tryAcquire({ info: racers[racer] ?? OURS, holder: HOLDER })),
        );
        const winners = attempts.flatMap((attempt) => (attempt.acquired ? [attempt.held.info?.ID] : []));
        expect(winners).toHaveLength(1);
        expect(await place.readRaw()).toContain(`"ID":"${winners[0]}"`);
        const named = attempts.flatMap((attempt) => (!attempt.acquired && attempt.by ? [attempt.by] : []));
        for (const { info } of named) expect(info?.ID).toBe(winners[0]);
      });

      test('a record that is gone when it is looked at is a lost race', async () => {
        await place.writeForeign(formatLockInfo(THEIRS));
        const racing = await place.open({ beforeLook: () => place.writeForeign(undefined) });
        const attempt = await racing.tryAcquire({ info: OURS, holder: HOLDER });
        switch (place.vanished ?? 'lost-race') {
          case 'lost-race':
            return expect(attempt).toEqual({ acquired: false });
          case 'told':
            return expect(attempt).toMatchObject({ acquired: false, by: { info: THEIRS } });
          case 'acquired':
            return expect(attempt).toMatchObject({ acquired: true });
        }
      });
    });

    describe('looking at it', () => {
      test('a free lock is nobody’s', async () => {
        expect(await lock.read()).toBeUndefined();
      });

      test('who reads sees what whoever acquired it was given', async () => {
        const held = await acquire(OURS);
        expect(await (await place.open()).read()).toEqual(held);
      });
    });

    test('of a person, it has no job beside it, and is released all the same', async () => {
      const attempt = await lock.tryAcquire({ info: OURS });
      if (!attempt.acquired) throw new Error('The lock was expected to be free.');
      const held = await (await place.open()).read();
      expect(held).toMatchObject({ info: OURS });
      expect(held?.holder).toBeUndefined();
      await lock.remove(attempt.held);
      expect(await lock.read()).toBeUndefined();
    });

    describe('removing it', () => {
      test('frees it for the next', async () => {
        await lock.remove(await acquire(OURS));
        expect(await place.readRaw()).toBeUndefined();
        expect(await lock.tryAcquire({ info: THEIRS, holder: HOLDER })).toMatchObject({ acquired: true });
      });

      test('what was read can be removed by another client', async () => {
        await acquire(OURS);
        const other = await place.open();
        const held = await other.read();
        if (held) await other.remove(held);
        expect(await place.readRaw()).toBeUndefined();
      });

      test('a lock that is somebody else’s by now stays, and the error names them', async () => {
        const held = await acquire(OURS);
        await place.writeForeign(formatLockInfo(THEIRS));
        const error = await rejection(lock.remove(held));
        expect(error).toBeInstanceOf(LockLostError);
        expect(error).toMatchObject({ path: lock.path, by: { info: THEIRS } });
        expect(await place.readRaw()).toBe(formatLockInfo(THEIRS));
      });

      test('a record of our ID that is not the one we know stays', async () => {
        const held = await acquire(OURS);
        const changed = formatLockInfo({ ...OURS, Created: '2026-11-22T09:00:00Z' });
        await place.writeForeign(changed);
        expect(await rejection(lock.remove(held))).toMatchObject({ by: { info: { ID: OUR_ID } } });
        expect(await place.readRaw()).toBe(changed);
      });

      test('a lock that is gone is lost to nobody', async () => {
        const held = await acquire(OURS);
        await place.writeForeign(undefined);
        const error = await rejection(lock.remove(held));
        expect(error).toBeInstanceOf(LockLostError);
        expect(error).not.toHaveProperty('by.version');
      });
    });

    describe('replacing it', () => {
      test('swaps the record, and the new one is what counts from then on', async () => {
        const before = await acquire(OURS);
        const held = await lock.replace(before, { info: THEIRS, holder: lockHolder({ job: 'next' }) });
        expect(held).toMatchObject({ info: THEIRS, holder: { job: 'next' } });
        expect(await place.readRaw()).toBe(formatLockInfo(THEIRS));
        expect(await rejection(lock.remove(before))).toMatchObject({ by: { info: THEIRS } });
        await lock.remove(held);
        expect(await place.readRaw()).toBeUndefined();
      });

      test('also under its own ID, and whoever has read the one before cannot touch it any more', async () => {
        const before = await acquire(OURS);
        const marked = { info: { ...OURS, Info: 'kept' }, holder: lockHolder({ kept: 'kept' }) };
        const held = await lock.replace(before, marked);
        expect(held).toMatchObject(marked);
        expect(await rejection(lock.remove(before))).toBeInstanceOf(LockLostError);
        expect(await rejection(lock.replace(before, { info: OURS, holder: HOLDER }))).toBeInstanceOf(
          LockLostError,
        );
        expect(await place.readRaw()).toBe(formatLockInfo(marked.info));
      });

      test('a lock that changed meanwhile stays as it is, and the error names its holder', async () => {
        const held = await acquire(OURS);
        const other = formatLockInfo(lockInfo({ ID: '33333333-3333-4333-8333-333333333333' }));
        await place.writeForeign(other);
        const error = await rejection(lock.replace(held, { info: THEIRS, holder: HOLDER }));
        expect(error).toBeInstanceOf(LockLostError);
        expect(error).toMatchObject({ by: { info: { ID: '33333333-3333-4333-8333-333333333333' } } });
        expect(await place.readRaw()).toBe(other);
      });

      test('a lock that is gone stays gone', async () => {
        const held = await acquire(OURS);
        await place.writeForeign(undefined);
        expect(await rejection(lock.replace(held, { info: THEIRS, holder: HOLDER }))).toBeInstanceOf(
          LockLostError,
        );
        expect(await place.readRaw()).toBeUndefined();
      });
    });

    test('freeing by ID removes our record and nobody else’s', async () => {
      await acquire(OURS);
      expect(await lock.free(THEIR_ID)).toMatchObject({ outcome: 'taken', by: { info: OURS } });
      expect(await lock.free(OUR_ID)).toEqual({ outcome: 'released' });
      expect(await lock.free(OUR_ID)).toEqual({ outcome: 'absent' });
    });

    describe('once the signal aborted, every method rejects with its reason and changes nothing', () => {
      const reason = new Error('The job was cancelled.');
      const aborted = AbortSignal.abort(reason);

      test.each<[string, (held: HeldLock & LockRecord) => Promise<unknown>]>([
        ['tryAcquire', () => lock.tryAcquire({ info: THEIRS, holder: HOLDER }, aborted)],
        ['read', () => lock.read(aborted)],
        ['replace', (held) => lock.replace(held, { info: THEIRS, holder: HOLDER }, aborted)],
        ['remove', (held) => lock.remove(held, aborted)],
        ['free', () => lock.free(OUR_ID, aborted)],
      ])('%s', async (_, call) => {
        const held = await acquire(OURS);
        expect(await rejection(call(held))).toBe(reason);
        expect(await place.readRaw()).toBe(formatLockInfo(OURS));
      });
    });
  });
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('The call was expected to reject.');
    },
    (error: unknown) => error,
  );
}
