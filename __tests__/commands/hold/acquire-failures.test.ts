import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { type AcquireParts, acquire } from '../../../src/commands/hold/acquire.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import type { Lock } from '../../../src/lock/lock.js';
import { documentationUrl } from '../../../src/names/documentation.js';
import { type CommandScene, commandScene } from '../../../testing/command-scene.js';
import { type MemoryRecord, memoryLock } from '../../../testing/memory-lock.js';
import { LOCK_PATH, OUR_ID, THEIR_ID, testSettings, theirLock } from '../../../testing/test-data.js';

const DENIED = new BackendError({
  kind: 'access-denied',
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::backups/k',
  detail: 'No.',
});
const DENIED_MESSAGE =
  'The permission s3:PutObject on arn:aws:s3:::backups/k is missing. ' +
  'Grant it to the role of this job; the least policy is at https://github.com/lockkeeper/lockkeeper/blob/v1.0.0/docs/iam.md. AWS says: No.';

/** What main threw. */
function failureOf(scene: CommandScene, differences: Partial<AcquireParts> = {}): Promise<unknown> {
  return acquire(scene.acquireParts(differences)).then(
    () => Promise.reject(new Error('Main was expected to fail.')),
    (error: unknown) => error,
  );
}

describe('a snapshot *before* that cannot be stored fails main: no deploy without a way back', () => {
  const failing = async (scene: CommandScene) => {
    const { state, catalogue } = await scene.acquireParts().openState();
    const add = () => Promise.reject(DENIED);
    return failureOf(scene, { openState: async () => ({ state, catalogue: { ...catalogue, add } }) });
  };

  test('and the error says what is missing, and how to go without', async () => {
    expect(await failing(commandScene())).toMatchObject({
      title: 'Snapshot not stored',
      message:
        `${DENIED_MESSAGE}\nWithout a snapshot there would be no way back, so the job does not start. ` +
        'With "backup: after" or "backup: none" it starts without one.',
      cause: DENIED,
    });
  });

  test('and the lock is freed at once', async () => {
    const scene = commandScene();
    await failing(scene);
    expect(scene.record).toEqual({});
    expect(scene.report.log).toContain(`Freed the lock ${LOCK_PATH} again.`);
    expect(scene.runner.outputs).toMatchObject({ locked: 'false' });
    expect(scene.runner.variables).toEqual({});
    expect(scene.runner.phases).toEqual(['unfinished', 'unfinished', 'given-back']);
  });
});

test('the summary of a main that failed says what went wrong', async () => {
  const scene = commandScene();
  await failureOf(scene, { openState: () => Promise.reject(DENIED) });
  const page = documentationUrl('iam.md');
  expect(scene.report.summaries.map(renderMarkdown)).toEqual([
    expect.stringContaining(
      '### ❌ network/terraform.tfstate · Access denied\n\n' +
        'The lock is free again: this job gave it back, and did not start.\n\n' +
        `${DENIED_MESSAGE.replace(page, `[docs/iam.md](${page})`)}\n\n<details>`,
    ),
  ]);
});

test('a lock that could not be given back is said to be held, perhaps', async () => {
  const scene = commandScene();
  const lock = memoryLock(scene.record, { remove: () => Promise.reject(DENIED) });
  await failureOf(scene, { lock, openState: () => Promise.reject(DENIED) });
  expect(scene.report.summaries.map(renderMarkdown)).toEqual([
    expect.stringContaining('Access denied\n\nThe lock may still be held by this job, which did not start'),
  ]);
});

test('a state that cannot be read fails main, and the lock is freed', async () => {
  const scene = commandScene();
  const { state, catalogue } = await scene.acquireParts().openState();
  const get = () => Promise.reject(DENIED);
  const openState = async () => ({ state: { ...state, get }, catalogue });
  expect(await failureOf(scene, { openState })).toMatchObject({
    title: 'Access denied',
    message: DENIED_MESSAGE,
  });
  expect(scene.record).toEqual({});
});

describe('a lock that is held by somebody else', () => {
  test('fails main after lock_timeout, and is left to its holder', async () => {
    const scene = commandScene();
    scene.record.text = theirLock().version;
    const failing = failureOf(scene);
    await scene.clock.advance(600_000);
    expect(await failing).toMatchObject({
      title: 'Lock held',
      message: expect.stringContaining(`lock ID ${THEIR_ID}`),
    });
    expect(scene.record.text).toBe(theirLock().version);
    expect(scene.runner.outputs).toEqual({ locked: 'false' });
    expect(scene.catalogue.snapshots.size).toBe(0);
    expect(scene.runner.phases).toEqual(['unfinished']);
  });
});

test('a lock that was acquired and cannot be given back is left to post, by its record', async () => {
  const scene = commandScene();
  const remove = () => Promise.reject(DENIED);
  const lock = memoryLock(scene.record, { remove });
  await failureOf(scene, { lock, openState: () => Promise.reject(DENIED) });
  expect(scene.runner.phases).toEqual(['unfinished', 'unfinished']);
  expect(scene.runner.savedProgress()).toMatchObject({
    phase: 'unfinished',
    claim: { stage: 'acquired', held: { version: scene.record.text } },
  });
});

describe('a write whose outcome is unknown', () => {
  const lost = new BackendError({ kind: 'unreachable', service: 'DynamoDB', detail: 'socket hang up' });

  /** The record is written, and the answer never comes. */
  const withLostAnswer = (record: MemoryRecord, methods: Partial<Lock> = {}): Lock =>
    memoryLock(record, {
      ...methods,
      tryAcquire: async (...asked) => {
        await memoryLock(record).tryAcquire(...asked);
        throw lost;
      },
    });

  test('is undone', async () => {
    const scene = commandScene();
    expect(await failureOf(scene, { lock: withLostAnswer(scene.record) })).toMatchObject({
      title: 'DynamoDB unreachable',
    });
    expect(scene.record).toEqual({});
  });

  test('is left to post where it cannot be undone, and the first error is the one that is told', async () => {
    const scene = commandScene();
    const read = () => Promise.reject(lost);
    const lock = withLostAnswer(scene.record, { read });
    expect(await failureOf(scene, { lock })).toMatchObject({ title: 'DynamoDB unreachable' });
    expect(scene.report.log).toContainEqual(
      expect.stringMatching(/^warning: Lock not freed yet: The post step tries again/),
    );
    expect(scene.runner.savedProgress()).toMatchObject({
      phase: 'unfinished',
      claim: { stage: 'requested', record: { info: { ID: OUR_ID } } },
    });
  });
});

describe('a job that is cancelled', () => {
  const reason = new CancelledError('The runner sent SIGINT.');
  const CANCELLED = {
    title: 'Cancelled',
    message: 'The job was cancelled before it could start its work.',
  };

  test('while it waits stops at once, and says so in the summary', async () => {
    const scene = commandScene();
    scene.record.text = theirLock().version;
    const failing = failureOf(scene);
    await scene.clock.advance(30_000);
    scene.cancellation.abort(reason);
    expect(await failing).toMatchObject({ ...CANCELLED, cause: reason });
    expect(scene.record.text).toBe(theirLock().version);
    expect(scene.report.summaries.map(renderMarkdown)).toEqual([
      expect.stringContaining(
        '### ❌ network/terraform.tfstate · Cancelled\n\n' +
          `This job does not hold the lock, and did not start.\n\n${CANCELLED.message}\n`,
      ),
    ]);
  });

  test('while it looks at the state frees the lock', async () => {
    const scene = commandScene();
    const openState: AcquireParts['openState'] = async () => {
      scene.cancellation.abort(reason);
      return scene.acquireParts().openState();
    };
    expect(await failureOf(scene, { openState })).toMatchObject(CANCELLED);
    expect(scene.record).toEqual({});
    expect(scene.runner.outputs).toMatchObject({ locked: 'false' });
  });

  test('by something that broke, and not by the runner, is told of that', async () => {
    const scene = commandScene();
    scene.record.text = theirLock().version;
    const failing = failureOf(scene);
    await scene.clock.advance(30_000);
    scene.cancellation.abort(new Error('write ENOSPC'));
    expect(await failing).toMatchObject({ title: 'Unexpected error', message: 'write ENOSPC' });
  });

  test('before it asked for anything takes nothing', async () => {
    const scene = commandScene();
    scene.cancellation.abort(reason);
    expect(await failureOf(scene)).toMatchObject(CANCELLED);
    expect(scene.record).toEqual({});
  });
});

test('without a lock a failure has nothing to give back', async () => {
  const scene = commandScene();
  const { lock: _, ...parts } = scene.acquireParts({
    settings: testSettings({
      locking: { lock: { kind: 'none' }, scope: { kind: 'state', terraformLockFlag: false } },
    }),
    openState: () => Promise.reject(DENIED),
  });
  await expect(acquire(parts)).rejects.toMatchObject({ title: 'Access denied' });
  expect(scene.runner.phases).toEqual([]);
  expect(scene.runner.outputs).toEqual({ locked: 'false' });
});

describe('a disk that is full', () => {
  const full = () => {
    throw new Error('ENOSPC: no space left on device, write');
  };

  test('keeps no lock: what was acquired is given back', async () => {
    const scene = commandScene();
    let saved = 0;
    const saveRunState = (text: string) => (++saved === 1 ? scene.runner.saveRunState(text) : full());
    const runner = { ...scene.runner, saveRunState, setOutput: full };
    expect(await failureOf(scene, { runner })).toHaveProperty('message', expect.stringContaining('ENOSPC'));
    expect(scene.record).toEqual({});
  });

  test('does not hide why main failed', async () => {
    const scene = commandScene();
    let saved = 0;
    const saveRunState = (text: string) => (++saved <= 2 ? scene.runner.saveRunState(text) : full());
    const runner = { ...scene.runner, saveRunState, setOutput: full };
    const openState = () => Promise.reject(DENIED);
    expect(await failureOf(scene, { runner, openState })).toHaveProperty('message', DENIED_MESSAGE);
    expect(saved).toBe(3);
  });
});
