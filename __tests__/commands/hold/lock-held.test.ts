import { describe, expect, test } from '@jest/globals';
import { takeLock } from '../../../src/commands/hold/take-lock.js';
import type { Settings } from '../../../src/config/settings.js';
import type { RunStatus } from '../../../src/lock/liveness.js';
import type { Holder, Lock } from '../../../src/lock/lock.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { lockScene } from '../../../testing/command-scene.js';
import {
  LOCK_PATH,
  lockHolder,
  requestedClaim,
  THEIR_ID,
  testSettings,
  theirInfo,
  theirLock,
} from '../../../testing/test-data.js';

const REQUESTED = requestedClaim();
const HELD_BY_ADA =
  'held after 10m, by ada@laptop since 2026-11-22T01:05:51Z (19m 59s); operation OperationTypeApply; ' +
  `lock ID ${THEIR_ID}`;
const WAIT = 'Wait until that is done and run the job again, or raise "lock_timeout".';

describe('a lock that is not free in time', () => {
  /** The failure after `lock_timeout`, with this text where the lock is. */
  async function failureFor({
    text,
    holder,
    locking = {},
    liveness = async () => undefined,
  }: {
    text: string;
    holder?: Holder;
    locking?: Partial<Settings['locking']>;
    liveness?: () => Promise<RunStatus | undefined>;
  }) {
    const settings = testSettings({ locking });
    const { parts, record, clock } = lockScene({ settings, liveness: { statusOf: liveness } });
    record.text = text;
    if (holder) record.holder = JSON.stringify(holder);
    const taking = takeLock(parts, REQUESTED).catch((error: unknown) => error);
    await clock.advance(settings.locking.timeoutMs + 5_000);
    return taking;
  }

  const THEIRS = theirLock().version;

  test('names its holder, and the command that would free it', async () => {
    expect(await failureFor({ text: THEIRS })).toMatchObject({
      name: 'Failure',
      title: 'Lock held',
      message:
        `The lock ${LOCK_PATH} is still ${HELD_BY_ADA}\n${WAIT} ` +
        `Only if you are sure that the holder is dead, free the lock with \`terraform force-unlock -force ${THEIR_ID}\`.`,
    });
  });

  test('with a single attempt is not said to be still held', async () => {
    expect(await failureFor({ text: THEIRS, locking: { timeoutMs: 0 } })).toHaveProperty(
      'message',
      expect.stringMatching(/^The lock states\/network\/terraform\.tfstate is held, by ada@laptop since /),
    );
  });

  test.each<[string, RunStatus | undefined, string]>([
    [
      'has ended',
      { ended: true, conclusion: 'cancelled' },
      'GitHub says that this run has ended (cancelled), so nobody will release it: free the lock with ',
    ],
    [
      'goes on',
      { ended: false },
      `GitHub says that this run goes on. ${WAIT} Only if its job is dead, free the lock with `,
    ],
    ['is unknown', undefined, `${WAIT} Only if you are sure that the holder is dead, free the lock with `],
  ])('by a run that %s says so', async (_, status, advice) => {
    const failure = await failureFor({ text: THEIRS, holder: lockHolder(), liveness: async () => status });
    const [, line] = (failure as Error).message.split('\n');
    expect(line).toBe(`${advice}\`terraform force-unlock -force ${THEIR_ID}\`.`);
  });

  test('by a job that kept it is not said to be waited for, nor to be free for the taking', async () => {
    const holder = lockHolder({ kept: 'still written by terraform (pid 4711)' });
    const statuses: readonly (RunStatus | undefined)[] = [
      undefined,
      { ended: true, conclusion: 'cancelled' },
    ];
    for (const status of statuses) {
      const failure = await failureFor({ text: THEIRS, holder, liveness: async () => status });
      const [who, line] = (failure as Error).message.split('\n');
      expect(who).toMatch(/; kept on purpose .* still written by terraform \(pid 4711\)$/);
      expect(line).toBe(
        'No job will release it any more. When nothing of that runs any more on the runner runner-1, compare the state ' +
          `with its last snapshot, and free the lock with \`terraform force-unlock -force ${THEIR_ID}\`.`,
      );
    }
  });

  describe('while GitHub does not answer', () => {
    /** A single attempt that was refused, by a job whose run GitHub does not tell of until it is given up. */
    const startAsking = async () => {
      const { parts, record, clock, cancellation } = lockScene({
        settings: testSettings({ locking: { timeoutMs: 0 } }),
        liveness: {
          statusOf: (_, signal) =>
            new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined))),
        },
      });
      Object.assign(record, { text: THEIRS, holder: JSON.stringify(lockHolder()) });
      const taking = takeLock(parts, REQUESTED).catch((error: unknown) => error);
      await clock.advance(4_999);
      expect(clock.sleeping()).toBe(1);
      return { taking, clock, cancellation };
    };
    const unanswered = { title: 'Lock held', message: expect.stringContaining('Only if you are sure') };

    test('the failure waits no longer than 5 s', async () => {
      const { taking, clock } = await startAsking();
      await clock.advance(1);
      expect(await taking).toMatchObject(unanswered);
    });

    test('a job that is cancelled waits no longer at all', async () => {
      const { taking, cancellation } = await startAsking();
      cancellation.abort();
      expect(await taking).toMatchObject(unanswered);
    });
  });

  test('is told all the same if asking GitHub fails', async () => {
    const liveness = () => Promise.reject(new Error('No network.'));
    expect(await failureFor({ text: THEIRS, holder: lockHolder(), liveness })).toMatchObject({
      title: 'Lock held',
      message: expect.stringContaining(WAIT),
    });
  });

  test('whose holder is no job asks GitHub nothing', async () => {
    let asked = 0;
    const liveness = async () => {
      asked++;
      return { ended: false } as const;
    };
    await failureFor({ text: THEIRS, liveness });
    expect(asked).toBe(0);
  });

  test('of scope "pipeline" is freed by other commands', async () => {
    expect(await failureFor({ text: THEIRS, locking: { scope: { kind: 'pipeline' } } })).toHaveProperty(
      'message',
      expect.stringContaining("free the lock with `aws dynamodb delete-item --table-name 'locks'"),
    );
  });

  test('with an ID that is no word for a shell has no command', async () => {
    const text = formatLockInfo(theirInfo({ ID: '$(reboot)' }));
    const { message } = (await failureFor({ text })) as Error;
    expect(message).toContain(`the S3 or DynamoDB console, where its record is ${LOCK_PATH}`);
    expect(message).not.toContain('force-unlock');
  });

  test('with an unreadable record is held all the same', async () => {
    expect(await failureFor({ text: 'not json' })).toMatchObject({
      title: 'Lock held',
      message: expect.stringContaining(
        'still held after 10m, by an unreadable record, not written by Terraform\n',
      ),
    });
  });

  test('because nothing ever answered is told as such', async () => {
    const { parts, clock, lock } = lockScene();
    const tryAcquire: Lock['tryAcquire'] = (_record, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const taking = takeLock({ ...parts, lock: { ...lock, tryAcquire } }, REQUESTED).catch(
      (error: unknown) => error,
    );
    await clock.advance(600_000);
    expect(await taking).toMatchObject({
      title: 'No answer',
      message:
        `Nothing answered a request for the lock ${LOCK_PATH} after 10m. ` +
        'Check the endpoint, the network and the proxy of the runner, or raise "lock_timeout".',
    });
  });

  test('because others were always faster is told as such', async () => {
    const { parts, clock, lock } = lockScene();
    const raced: Lock = { ...lock, tryAcquire: async () => ({ acquired: false }) };
    const taking = takeLock({ ...parts, lock: raced }, REQUESTED).catch((error: unknown) => error);
    await clock.advance(600_000);
    expect(await taking).toMatchObject({
      title: 'Lock not acquired',
      message: `The lock ${LOCK_PATH} was not acquired after 10m: others were always faster. Raise "lock_timeout".`,
    });
  });
});
