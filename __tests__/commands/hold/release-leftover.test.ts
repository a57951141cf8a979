import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { release } from '../../../src/commands/hold/release.js';
import { formatRunState, type Progress } from '../../../src/commands/hold/run-state.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { type CommandScene, commandScene } from '../../../testing/command-scene.js';
import { START } from '../../../testing/fake-clock.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import {
  acquiredClaim,
  CREDENTIALS,
  LOCK_PATH,
  lockInfo,
  lockRecord,
  OUR_ID,
  requestedClaim,
  testJob,
  testSettings,
  theirLock,
} from '../../../testing/test-data.js';

const REQUESTED = requestedClaim();
const OUR_TEXT = formatLockInfo(lockInfo());
const ACQUIRED = acquiredClaim();
/** Longer than a request of a process that was killed may be on its way. */
const SETTLED_MS = 10_000;

/** A scene in which main ended in the middle of its work. */
function sceneWith(progress: Progress, settings = testSettings()): CommandScene {
  const scene = commandScene();
  const states = [{ settings, credentials: CREDENTIALS, progress }];
  scene.runner.saveRunState(formatRunState({ job: testJob(), jobStartedAt: START, states }));
  return scene;
}

const IF_HELD = 'If it is held under the ID of this job, free';
const LOOKED_TWICE = expect.stringMatching(
  /^The main step did not finish\. .* looked at twice, 2 s apart\.$/,
);
const UNFINISHED: readonly (readonly [string, Progress, free: string, looked: readonly unknown[]])[] = [
  ['was asking for the lock', { phase: 'unfinished', claim: REQUESTED }, IF_HELD, [LOOKED_TWICE]],
  ['had the lock', { phase: 'unfinished', claim: ACQUIRED }, 'Free', []],
];

async function releaseIn(scene: CommandScene, differences: Parameters<CommandScene['releaseParts']>[0] = {}) {
  const releasing = release(scene.releaseParts(differences));
  releasing.catch(() => {});
  await scene.clock.advance(SETTLED_MS);
  return releasing;
}

describe.each(UNFINISHED)('main ended while it %s', (_, progress, free, looked) => {
  test('what it had got is freed, and nothing else is done', async () => {
    const scene = sceneWith(progress);
    scene.record.text = OUR_TEXT;
    await releaseIn(scene);
    expect(scene.record).toEqual({});
    expect(scene.report.log).toEqual([
      ...looked,
      `Released the lock ${LOCK_PATH}, which the main step had left.`,
    ]);
    expect(scene.catalogue.snapshots.size).toBe(0);
    expect(scene.report.summaries.map(renderMarkdown)).toEqual([
      expect.stringMatching(/^### ⚠️ network\/terraform\.tfstate · the job did not start, lock released\n/),
    ]);
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
  ])('there is nothing to do, and no summary, when %s', async (_, text) => {
    const scene = sceneWith(progress);
    if (text !== undefined) scene.record.text = text;
    await releaseIn(scene);
    expect(scene.record.text).toBe(text);
    expect(scene.report.log).toEqual([LOOKED_TWICE]);
    expect(scene.report.summaries).toEqual([]);
  });

  test('what cannot be freed fails post, with the command that frees it', async () => {
    const scene = sceneWith(progress);
    const away = new Error('DynamoDB is away.');
    const fail = () => Promise.reject(away);
    const lock = memoryLock(scene.record, { read: fail, remove: fail });
    await expect(releaseIn(scene, { lock })).rejects.toMatchObject({
      errors: [
        {
          title: 'Lock not released',
          message:
            `The lock ${LOCK_PATH} could not be released: DynamoDB is away.\n` +
            `${free} it with \`terraform force-unlock -force ${OUR_ID}\`.`,
          cause: away,
        },
      ],
    });
    const [summary] = scene.report.summaries.map(renderMarkdown);
    expect(summary).toMatch(/^### ❌ network\/terraform\.tfstate · Lock not released\n/);
    expect(summary).toContain(`\`\`\`sh\nterraform force-unlock -force ${OUR_ID}\n\`\`\``);
  });
});

test('a lock that main had is freed by its record: no permission to read is needed', async () => {
  const scene = sceneWith({ phase: 'unfinished', claim: ACQUIRED });
  scene.record.text = OUR_TEXT;
  const lock = memoryLock(scene.record, { read: () => Promise.reject(new Error('No permission.')) });
  await releaseIn(scene, { lock });
  expect(scene.record).toEqual({});
});

test('a lock that main had under another record of the same ID is freed by its ID', async () => {
  const scene = sceneWith({ phase: 'unfinished', claim: ACQUIRED });
  scene.record.text = formatLockInfo(lockInfo({ Created: '2026-11-22T02:00:00Z' }));
  await releaseIn(scene);
  expect(scene.record).toEqual({});
});

test('a lock that main gave back is not asked for again', async () => {
  const scene = sceneWith({ phase: 'given-back' });
  const fail = () => Promise.reject(new Error('No request was expected.'));
  const lock = memoryLock({}, { read: fail, remove: fail });
  await release(scene.releaseParts({ lock }));
  expect(scene.report.log).toEqual([]);
  expect(scene.clock.sleeps).toEqual([]);
});

test.each<[string, Progress, string]>([
  [
    'that was acquired, that record',
    { phase: 'unfinished', claim: acquiredClaim({ held: { ...lockRecord(), version: 'an-etag' } }) },
    " --if-match 'an-etag'",
  ],
  ['that was asked for, whatever is there', { phase: 'unfinished', claim: REQUESTED }, ''],
])('the command frees, of a lockfile %s', async (_, progress, condition) => {
  const settings = testSettings({ locking: { lock: { kind: 'lockfile' }, scope: { kind: 'pipeline' } } });
  const scene = sceneWith(progress, settings);
  const fail = () => Promise.reject(new Error('S3 is away.'));
  const lock = memoryLock({}, { read: fail, remove: fail });
  await expect(releaseIn(scene, { lock })).rejects.toHaveProperty(
    'errors.0.message',
    expect.stringContaining(`.lockkeeper.tflock'${condition} --region eu-central-1\`.`),
  );
});

test('a store that hangs is given up after 60 s', async () => {
  const scene = sceneWith({ phase: 'unfinished', claim: REQUESTED });
  const lock = memoryLock(scene.record, { read: () => new Promise<never>(() => {}) });
  const outcome = release(scene.releaseParts({ lock })).catch((error: unknown) => error);
  await scene.clock.advance(59_999);
  expect(scene.clock.sleeping()).toBe(1);
  await scene.clock.advance(1);
  expect(await outcome).toHaveProperty(
    'errors.0.message',
    expect.stringContaining('could not be released: No answer within 60 s.'),
  );
});

test('a lock that is configured no more has nothing to be freed with', async () => {
  const scene = sceneWith({ phase: 'unfinished', claim: REQUESTED });
  await release(scene.releaseParts({ lock: undefined }));
  expect(scene.report.log).toEqual([]);
});

test('a lock that credentials other than main’s do not find may be there all the same', async () => {
  const scene = sceneWith({ phase: 'unfinished', claim: REQUESTED });
  await expect(releaseIn(scene, { lock: memoryLock(), isAnother: () => true })).rejects.toHaveProperty(
    'errors.0.message',
    expect.stringMatching(/have expired, and those that this job has now do not find it/),
  );
});
