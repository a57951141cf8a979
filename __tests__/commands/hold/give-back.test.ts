import { describe, expect, test } from '@jest/globals';
import { giveBack } from '../../../src/commands/hold/take-lock.js';
import type { Lock } from '../../../src/lock/lock.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { lockScene } from '../../../testing/command-scene.js';
import { acquiredClaim, LOCK_PATH, lockInfo, requestedClaim, theirLock } from '../../../testing/test-data.js';

const REQUESTED = requestedClaim();

describe('giving back what a failed main may have got', () => {
  test('frees our lock, and says so', async () => {
    const { parts, record, report } = lockScene();
    record.text = formatLockInfo(lockInfo());
    await giveBack(parts, REQUESTED);
    expect(record).toEqual({});
    expect(report.log).toEqual([`Freed the lock ${LOCK_PATH} again.`]);
  });

  test('frees a lock that was acquired by its record alone, without reading anything', async () => {
    const { parts, lock, record, report } = lockScene();
    record.text = formatLockInfo(lockInfo());
    const read = () => Promise.reject(new Error('No permission.'));
    await giveBack({ ...parts, lock: { ...lock, read } }, acquiredClaim());
    expect(record).toEqual({});
    expect(report.log).toEqual([`Freed the lock ${LOCK_PATH} again.`]);
  });

  test.each([
    ['nothing', undefined],
    ['somebody else’s', theirLock().version],
  ])('leaves %s alone, without a word', async (_, text) => {
    const { parts, record, report } = lockScene();
    if (text !== undefined) record.text = text;
    await giveBack(parts, REQUESTED);
    expect(record.text).toBe(text);
    expect(report.log).toEqual([]);
  });

  test('what cannot be freed now is left to post, and said', async () => {
    const { parts, lock, report } = lockScene();
    const free = () => Promise.reject(new Error('S3 is away.'));
    await giveBack({ ...parts, lock: { ...lock, free } }, REQUESTED);
    expect(report.log).toEqual([
      `warning: Lock not freed yet: The post step tries again to free ${LOCK_PATH}: S3 is away.`,
    ]);
  });

  test('what cannot be freed now is left to a person where no post step comes, and said', async () => {
    const { parts, lock, report } = lockScene();
    const free = () => Promise.reject(new Error('S3 is away.'));
    await giveBack({ ...parts, leftTo: 'person', lock: { ...lock, free } }, REQUESTED);
    expect(report.log).toEqual([
      `warning: Lock not freed yet: The lock ${LOCK_PATH} may still be held, and nobody else frees it: run the command above that frees it. S3 is away.`,
    ]);
  });

  test.each([
    ['a cancelled', true, 1_500, 'No answer within 1.5 s.'],
    ['a failed', false, 60_000, 'No answer within 60 s.'],
  ])('the store is not waited for longer than %s job has time', async (_, cancelled, patienceMs, reason) => {
    const signal = cancelled ? AbortSignal.abort() : new AbortController().signal;
    const { parts, lock, clock, report } = lockScene({ signal });
    const free: Lock['free'] = (_id, timeUp) =>
      new Promise((_, reject) => timeUp?.addEventListener('abort', () => reject(timeUp.reason)));
    const givingBack = giveBack({ ...parts, lock: { ...lock, free } }, REQUESTED);
    await clock.advance(patienceMs - 1);
    expect(report.log).toEqual([]);
    await clock.advance(1);
    await givingBack;
    expect(report.log).toEqual([expect.stringContaining(reason)]);
  });
});
