import { describe, expect, test } from '@jest/globals';
import { release } from '../../src/commands/release.js';
import { newRunState, type Progress } from '../../src/commands/run-state.js';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { type CommandScene, commandScene } from '../support/command-scene.js';
import { START } from '../support/fake-clock.js';
import { memoryLock } from '../support/memory-lock.js';
import {
  CREDENTIALS,
  LOCK_PATH,
  lockInfo,
  OUR_ID,
  testJob,
  testSettings,
  theirLock,
} from '../support/test-data.js';

const REQUESTED = { info: lockInfo(), requestedAt: START };
const OUR_TEXT = formatLockInfo(lockInfo());
const ACQUIRED = {
  ...REQUESTED,
  held: { info: lockInfo(), version: OUR_TEXT },
  acquiredAt: START,
  waitedFor: [],
};
/** Longer than a request of a process that was killed may be on its way. */
const SETTLED_MS = 10_000;

/** A scene in which main ended in the middle of its work. */
function sceneWith(progress: Progress): CommandScene {
  const scene = commandScene();
  scene.runner.saveRunState(
    newRunState({ settings: testSettings(), credentials: CREDENTIALS, job: testJob(), progress }),
  );
  return scene;
}

const UNFINISHED: readonly (readonly [string, Progress])[] = [
  ['was asking for the lock', { phase: 'requested', lock: REQUESTED }],
  ['had the lock', { phase: 'holding', lock: ACQUIRED }],
  ['was giving the lock back', { phase: 'freeing', lock: REQUESTED }],
];

async function releaseIn(scene: CommandScene, differences: Parameters<CommandScene['releaseParts']>[0] = {}) {
  const releasing = release(scene.releaseParts(differences));
  releasing.catch(() => {});
  await scene.clock.advance(SETTLED_MS);
  return releasing;
}

describe.each(UNFINISHED)('main ended while it %s', (_, progress) => {
  test('what it had got is freed, and nothing else is done', async () => {
    const scene = sceneWith(progress);
    scene.record.text = OUR_TEXT;
    await releaseIn(scene);
    expect(scene.record).toEqual({});
    expect(scene.report.log).toEqual([`Released the lock ${LOCK_PATH}, which the main step had left.`]);
    expect(scene.catalogue.snapshots.size).toBe(0);
    expect(scene.report.summaries).toEqual([]);
  });

  test('a write of it that arrives late is freed too', async () => {
    const scene = sceneWith(progress);
    const releasing = release(scene.releaseParts());
    await scene.clock.advance(1_000);
    scene.record.text = OUR_TEXT;
    await scene.clock.advance(SETTLED_MS);
    await releasing;
    expect(scene.record).toEqual({});
  });

  test.each([
    ['nothing is there', undefined],
    ['somebody else has the lock', theirLock().version],
  ])('there is nothing to do or to say when %s', async (_, text) => {
    const scene = sceneWith(progress);
    if (text !== undefined) scene.record.text = text;
    await releaseIn(scene);
    expect(scene.record.text).toBe(text);
    expect(scene.report.log).toEqual([]);
  });

  test('what cannot be freed fails post, with the command that frees it', async () => {
    const scene = sceneWith(progress);
    const away = new Error('DynamoDB is away.');
    const lock = { ...memoryLock(scene.record), read: () => Promise.reject(away) };
    await expect(releaseIn(scene, { lock })).rejects.toMatchObject({
      errors: [
        {
          title: 'Lock not released',
          message: expect.stringMatching(
            `^The lock ${LOCK_PATH} could not be released: DynamoDB is away.\n.*ree it with \`terraform force-unlock -force ${OUR_ID}\`.$`,
          ),
          cause: away,
        },
      ],
    });
  });
});

test('a lock that is configured no more has nothing to be freed with', async () => {
  const scene = sceneWith({ phase: 'requested', lock: REQUESTED });
  const { lock: _, ...parts } = scene.releaseParts();
  await release(parts);
  expect(scene.report.log).toEqual([]);
});
