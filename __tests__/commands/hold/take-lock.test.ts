import { describe, expect, test } from '@jest/globals';
import { lockRequest, takeLock } from '../../../src/commands/hold/take-lock.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { VERSION } from '../../../src/names/version.js';
import { lockScene } from '../../../testing/command-scene.js';
import { START } from '../../../testing/fake-clock.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import { lockHolder, lockInfo, OUR_ID, testJob, theirLock } from '../../../testing/test-data.js';

const REQUESTED = { info: lockInfo(), requestedAt: START };

describe('the record that a job asks for', () => {
  const request = (job = testJob()) => lockRequest(job, memoryLock({}, { path: 'b/p' }), OUR_ID, START);

  test('says who asks, from where, and is made for people', () => {
    expect(request()).toEqual({
      requestedAt: START,
      info: {
        ID: OUR_ID,
        Operation: 'lockkeeper',
        Info: 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1 job apply of acme/infrastructure',
        Who: 'octocat@runner-1',
        Version: VERSION,
        Created: '2026-11-22T01:15:51Z',
        Path: 'b/p',
      },
    });
  });

  test('has no control characters: Terraform prints it to other people’s terminals', () => {
    const job = testJob({ actor: 'a\u001b[31m\nb', name: 'x\r\n\u2028\u0000y', runnerName: 'r\u009b\t' });
    const { Who, Info } = request(job).info;
    expect(Who).toBe('a [31m b@r');
    expect(Info).toContain(' job x y of ');
  });
});

describe('taking the lock', () => {
  test('a free one is ours, and what was asked for is kept beside it', async () => {
    const { parts, report } = lockScene();
    expect(await takeLock(parts, REQUESTED)).toEqual({
      ...REQUESTED,
      acquiredAt: START,
      waitedFor: [],
      held: { info: lockInfo(), holder: lockHolder(), version: formatLockInfo(lockInfo()) },
    });
    expect(report.log).toEqual([]);
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
      waitedFor: ['ada@laptop'],
    });
    expect(report.log).toEqual([
      expect.stringMatching(/^Waiting up to 10m for the lock, held by ada@laptop/),
    ]);
  });

  test('long names from the workflow are cut: metadata is small', async () => {
    const long = 'ü'.repeat(500);
    const { parts } = lockScene({ job: testJob({ workflow: long, name: long, runnerName: long }) });
    const { held } = await takeLock(parts, REQUESTED);
    const cut = 'ü'.repeat(33);
    expect(held.holder).toEqual(lockHolder({ workflow: cut, job: cut, runnerName: cut }));
  });
});

test('an error of the store is passed on as it is', async () => {
  const { parts, lock } = lockScene();
  const broken = new Error('S3 is away.');
  const tryAcquire = () => Promise.reject(broken);
  await expect(takeLock({ ...parts, lock: { ...lock, tryAcquire } }, REQUESTED)).rejects.toBe(broken);
});
