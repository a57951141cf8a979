import { describe, expect, test } from '@jest/globals';
import { takeLock } from '../../../src/commands/hold/take-lock.js';
import { lockScene } from '../../../testing/command-scene.js';
import { START } from '../../../testing/fake-clock.js';
import { acquiredClaim, requestedClaim, theirLock } from '../../../testing/test-data.js';

const REQUESTED = requestedClaim();

describe('taking the lock', () => {
  test('a free one is ours, and what was asked for is kept beside it', async () => {
    const { parts, report } = lockScene();
    expect(await takeLock(parts, REQUESTED)).toEqual(acquiredClaim());
    expect(report.log).toEqual([]);
  });

  test('a store that tells less than it was told leaves the record whole', async () => {
    const { parts, lock } = lockScene();
    const tryAcquire: typeof lock.tryAcquire = async () => ({ acquired: true, held: { version: 'v' } });
    const { held } = acquiredClaim();
    expect(await takeLock({ ...parts, lock: { ...lock, tryAcquire } }, REQUESTED)).toMatchObject({
      held: { version: 'v', info: held.info, holder: held.holder },
    });
  });

  test('one that is held is waited for, and whoever held it is known afterwards', async () => {
    const { parts, record, clock, report } = lockScene();
    record.text = theirLock().version;
    const taking = takeLock(parts, REQUESTED);
    await clock.advance(4_500);
    delete record.text;
    await clock.advance(500);
    expect(await taking).toMatchObject({
      requestedAt: START,
      acquiredAt: START + 5_000,
      waitedFor: [{ who: 'ada@laptop' }],
    });
    expect(report.log).toEqual([
      expect.stringMatching(/^Waiting up to 10m for the lock, held by ada@laptop/),
    ]);
  });
});

test('an error of the store is passed on as it is', async () => {
  const { parts, lock } = lockScene();
  const broken = new Error('S3 is away.');
  const tryAcquire = () => Promise.reject(broken);
  await expect(takeLock({ ...parts, lock: { ...lock, tryAcquire } }, REQUESTED)).rejects.toBe(broken);
});
