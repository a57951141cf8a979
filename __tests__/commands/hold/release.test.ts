import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { acquire } from '../../../src/commands/hold/acquire.js';
import type { ReleaseParts } from '../../../src/commands/hold/post-parts.js';
import { release } from '../../../src/commands/hold/release.js';
import { summaryBlocks } from '../../../src/commands/hold/summary/hold-summary.js';
import { BackendError } from '../../../src/job/backend-error.js';
import type { Lock } from '../../../src/lock/lock.js';
import type { Failure } from '../../../src/words/failure.js';
import { type CommandScene, commandScene } from '../../../testing/command-scene.js';
import { START } from '../../../testing/fake-clock.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import {
  LOCK_PATH,
  OUR_ID,
  stateBody,
  THEIR_ID,
  testJob,
  testSettings,
  theirInfo,
  theirLock,
} from '../../../testing/test-data.js';

const DENIED = new BackendError({ kind: 'rejected-credentials', detail: 'Who are you?' });
const DENIED_MESSAGE =
  'AWS does not accept the credentials (Who are you?). Check the access key, the secret key and the session token.';

/** A scene in which main has done its work, and the job ran for an hour. */
async function sceneAfterMain(differences: Parameters<CommandScene['acquireParts']>[0] = {}) {
  const scene = commandScene();
  await acquire(scene.acquireParts(differences));
  await scene.clock.advance(3_600_000);
  return scene;
}

/** What post logged, without what main did. */
async function logOf(scene: CommandScene, parts: ReleaseParts = scene.releaseParts()): Promise<string[]> {
  const { length } = scene.report.log;
  await release(parts).catch(() => {});
  return scene.report.log.slice(length);
}

/** As GitHub gets them. */
function summariesOf(scene: CommandScene): readonly string[] {
  return scene.report.summaries.map(renderMarkdown);
}

/** The failures that post threw. */
async function failuresOf(parts: ReleaseParts): Promise<readonly Failure[]> {
  const error: unknown = await release(parts).then(
    () => Promise.reject(new Error('Post was expected to fail.')),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AggregateError);
  return (error as AggregateError).errors as Failure[];
}

const NEW_BODY = stateBody({ serial: 8, values: { greeting: 'bye', other: 'x' } });
const facts = {
  id: OUR_ID,
  path: LOCK_PATH,
  requestedAt: START,
  acquiredAt: START,
  waitedFor: [],
};

describe('the job went well', () => {
  test('the state that changed is copied, the lock is released, and the summary tells it all', async () => {
    const scene = await sceneAfterMain();
    scene.state.body = NEW_BODY;
    const log = await logOf(scene);
    const [before = '', after = ''] = scene.catalogue.snapshots.keys();
    expect(log).toEqual([`Snapshot after stored: s3://backups/${after}`, `Released the lock ${LOCK_PATH}.`]);
    expect(scene.record).toEqual({});
    const snapshot = { bucket: 'backups', created: true, doubts: [] };
    expect(scene.report.summaries).toEqual([
      summaryBlocks(
        {
          bucket: 'states',
          statePath: 'network/terraform.tfstate',
          job: testJob(),
          change: 'changed',
          lock: { outcome: 'released', ...facts, releasedAt: START + 3_600_000 },
          before: { exists: true, serial: 7, resourceCount: 1 },
          after: { exists: true, serial: 8, resourceCount: 2 },
          changes: { added: ['terraform_data.other'], removed: [], changed: ['terraform_data.greeting'] },
          snapshots: [
            { ...snapshot, phase: 'before', key: before },
            { ...snapshot, phase: 'after', key: after },
          ],
          problems: [],
        },
        START + 3_600_000,
      ),
    ]);
  });

  test('a state that did not change is not copied again', async () => {
    const scene = await sceneAfterMain();
    expect(await logOf(scene)).toEqual([
      'The state did not change, so there is no new snapshot.',
      `Released the lock ${LOCK_PATH}.`,
    ]);
    expect(scene.catalogue.snapshots.size).toBe(1);
    const [summary] = summariesOf(scene);
    expect(summary).toMatch(
      /^### ✅ network\/terraform\.tfstate · serial 7, unchanged\n\n\*\*nothing changed\*\* · /,
    );
    expect(summary).toContain(' · snapshot before\n');
  });

  test('a state that was destroyed is told as gone', async () => {
    const scene = await sceneAfterMain();
    delete scene.state.body;
    expect(await logOf(scene)).toEqual([
      `There is no state at s3://${LOCK_PATH}.`,
      `Released the lock ${LOCK_PATH}.`,
      expect.stringMatching(
        /^warning: State deleted: The state at s3:\/\/states\/network\/terraform\.tfstate was deleted during this job\. Its last version is the snapshot s3:\/\/backups\//,
      ),
    ]);
    expect(summariesOf(scene)).toEqual([
      expect.stringMatching(/ · state deleted\n(?:.|\n)*\n- \*\*Serial:\*\* 7 → no state\n/),
    ]);
  });

  test('a state that never was is not told as deleted', async () => {
    const scene = commandScene();
    delete scene.state.body;
    await acquire(scene.acquireParts());
    expect((await logOf(scene)).join()).not.toContain('State deleted');
  });

  test('without a lock the state is copied all the same', async () => {
    const settings = testSettings({
      locking: { lock: { kind: 'none' }, scope: { kind: 'state', terraformLockFlag: false } },
    });
    const scene = commandScene();
    const { lock: _, ...parts } = scene.acquireParts({ settings });
    await acquire(parts);
    scene.state.body = NEW_BODY;
    await release(scene.releaseParts({ lock: undefined }));
    expect(scene.catalogue.snapshots.size).toBe(2);
    expect(summariesOf(scene)).toEqual([expect.stringMatching(/^### ✅ .*, without a lock\n/)]);
  });
});

test('a lock that main never asked for is not touched', async () => {
  const scene = commandScene();
  const { lock: _, ...parts } = scene.acquireParts();
  await acquire(parts);
  scene.record.text = theirLock().version;
  await release(scene.releaseParts());
  expect(scene.record.text).toBe(theirLock().version);
  expect(summariesOf(scene)).toEqual([expect.stringMatching(/^### ✅ .*, without a lock\n/)]);
});

describe('the lock comes first: nothing else that fails keeps it', () => {
  test('a snapshot *after* that cannot be stored fails post once the lock is released', async () => {
    const scene = await sceneAfterMain();
    scene.state.body = NEW_BODY;
    const { state, catalogue } = await scene.acquireParts().openState();
    const add = () => Promise.reject(DENIED);
    const openState = async () => ({ state, catalogue: { ...catalogue, add } });
    const [failure, ...others] = await failuresOf(scene.releaseParts({ openState }));
    expect(others).toEqual([]);
    expect(failure).toMatchObject({
      title: 'Snapshot not stored',
      message:
        `${DENIED_MESSAGE}\nIf this job changed the state, there is no snapshot of that. ` +
        'Run the job again once this is mended.',
    });
    expect(scene.record).toEqual({});
    const [summary] = summariesOf(scene);
    expect(summary).toMatch(/^### ❌ network\/terraform\.tfstate · Snapshot not stored\n/);
    expect(summary).toContain('lock held 1\u00a0h, and released');
    expect(summary).toContain('Run the job again once this is mended.\n');
  });

  test('a state that cannot be read where no copy is wanted is a warning', async () => {
    const scene = await sceneAfterMain({ settings: testSettings({ backup: { phases: ['before'] } }) });
    const openState = () => Promise.reject(DENIED);
    expect(await logOf(scene, scene.releaseParts({ openState }))).toEqual([
      `warning: State not read: The summary cannot tell what changed: ${DENIED_MESSAGE}`,
      `Released the lock ${LOCK_PATH}.`,
    ]);
    expect(summariesOf(scene)).toEqual([
      expect.stringMatching(
        /^### ⚠️ .* · state unknown after the job\n(?:.|\n)*\n- \*\*Serial:\*\* 7 → unknown\n/,
      ),
    ]);
  });
});

describe('a lock that could not be released fails post, with the command that frees it', () => {
  const remove = () => Promise.reject(DENIED);

  test.each([
    [{ kind: 'state', terraformLockFlag: true }, `\`terraform force-unlock -force ${OUR_ID}\``],
    [{ kind: 'pipeline' }, "`aws dynamodb delete-item --table-name 'locks' "],
  ] as const)('of scope %j', async (scope, command) => {
    const scene = await sceneAfterMain({ settings: testSettings({ locking: { scope } }) });
    const lock: Lock = memoryLock(scene.record, { remove });
    const [failure] = await failuresOf(scene.releaseParts({ lock }));
    expect(failure).toMatchObject({ title: 'Lock not released', cause: DENIED });
    expect(failure?.message).toContain(
      `The lock ${LOCK_PATH} could not be released: ${DENIED_MESSAGE}\nFree it with ${command}`,
    );
    const [summary] = summariesOf(scene);
    expect(summary).toMatch(
      /^### ❌ .* · lock NOT released\n\n.*\n\nThe lock .* could not be released: .*Free it with this command\.\n\n```sh\n/,
    );
    expect(summary).toContain(`\`\`\`sh\n${command.slice(1).replace('`', '')}`);
    expect(summary).toContain('lock held 1\u00a0h, and not released');
    expect(summary).toContain(`- **Lock ID:** <code>${OUR_ID}</code>`);
  });

  test('by a store that hangs, after 60 s', async () => {
    const scene = await sceneAfterMain();
    const lock: Lock = memoryLock(scene.record, { remove: () => new Promise<never>(() => {}) });
    const outcome = release(scene.releaseParts({ lock })).catch((error: unknown) => error);
    await scene.clock.advance(59_999);
    expect(scene.clock.sleeping()).toBe(1);
    await scene.clock.advance(1);
    expect(await outcome).toHaveProperty(
      'errors.0.message',
      `The lock ${LOCK_PATH} could not be released: No answer within 60 s.\n` +
        `Free it with \`terraform force-unlock -force ${OUR_ID}\`.`,
    );
  });

  test('and a snapshot that was not stored is told beside it', async () => {
    const scene = await sceneAfterMain();
    const openState = () => Promise.reject(DENIED);
    const lock: Lock = memoryLock(scene.record, { remove });
    const failures = await failuresOf(scene.releaseParts({ openState, lock }));
    expect(failures.map(({ title }) => title)).toEqual(['Snapshot not stored', 'Lock not released']);
  });
});

describe('a lock that was lost while the job ran fails post, and is not touched', () => {
  const REST =
    'Nothing was touched. The state may have been written by two: ' +
    'compare its snapshots before anybody applies again.';

  test('to somebody else', async () => {
    const scene = await sceneAfterMain();
    delete scene.record.holder;
    scene.record.text = theirLock({ Created: '2026-11-22T02:05:51Z' }).version;
    const [failure] = await failuresOf(scene.releaseParts());
    expect(failure).toMatchObject({
      title: 'Lock lost',
      message:
        `The lock ${LOCK_PATH} was taken from this job while it ran: it is held by ada@laptop since ` +
        `2026-11-22T02:05:51Z (10m); operation OperationTypeApply; lock ID ${THEIR_ID}. ${REST}`,
    });
    expect(scene.record.text).toContain(theirInfo().ID);
    const [summary] = summariesOf(scene);
    expect(summary).toMatch(/^### ❌ .* · lock lost\n/);
    expect(summary).toContain('the lock is not held by this job any more');
    expect(summary).not.toContain('lock held');
  });

  test('to whoever rewrote its record under the ID of this job', async () => {
    const scene = await sceneAfterMain();
    scene.record.text += ' ';
    const [failure] = await failuresOf(scene.releaseParts());
    expect(failure?.message).toBe(
      `The lock ${LOCK_PATH} was taken from this job while it ran: it has another record than this job wrote, under ` +
        `the same ID. ${REST} No job will release it any more: free it with \`terraform force-unlock -force ${OUR_ID}\`.`,
    );
    expect(scene.record.text).toContain(OUR_ID);
  });

  test('to nobody', async () => {
    const scene = await sceneAfterMain();
    delete scene.record.text;
    const [failure] = await failuresOf(scene.releaseParts());
    expect(failure?.message).toBe(
      `The lock ${LOCK_PATH} was taken from this job while it ran: it is gone. ${REST} ` +
        `If others are refused by it all the same, free it with \`terraform force-unlock -force ${OUR_ID}\`.`,
    );
  });
});

describe('a state that no Terraform of this job wrote fails post', () => {
  test.each<[string, Parameters<typeof stateBody>[0], string, RegExp]>([
    [
      'of another lineage',
      { serial: 9, lineage: 'another' },
      'State replaced',
      /another lineage .*\(another, it was 84d1bbcc/,
    ],
    ['of an older serial', { serial: 6 }, 'State went back', /went back from 7 to 6 during this job/],
  ])('%s, with both snapshots named', async (_, differences, title, message) => {
    const scene = await sceneAfterMain();
    scene.state.body = stateBody({ ...differences, values: { greeting: 'bye' } });
    const [failure, ...others] = await failuresOf(scene.releaseParts());
    expect(others).toEqual([]);
    expect(failure).toMatchObject({ title, message: expect.stringMatching(message) });
    for (const key of scene.catalogue.snapshots.keys())
      expect(failure?.message).toContain(`s3://backups/${key}`);
    expect(scene.record).toEqual({});
  });
});

describe('credentials that are not main’s any more', () => {
  const isAnother = () => true;

  test('prove nothing by not finding the lock: it may be there, out of their sight', async () => {
    const scene = await sceneAfterMain();
    const absent = { ...memoryLock(), path: LOCK_PATH };
    const [failure] = await failuresOf(scene.releaseParts({ lock: absent, isAnother }));
    expect(failure).toMatchObject({
      title: 'Lock not released',
      message: expect.stringMatching(/those that this job has now do not find it.*force-unlock -force/),
    });
  });

  test('that do free it are as good', async () => {
    const scene = await sceneAfterMain();
    await release(scene.releaseParts({ isAnother }));
    expect(scene.record).toEqual({});
  });
});

test('a store that hangs when it is asked for a lock that Terraform left does not hold up the summary', async () => {
  const scene = await sceneAfterMain({
    settings: testSettings({ locking: { scope: { kind: 'pipeline' } } }),
  });
  const hanging = memoryLock({}, { read: () => new Promise<never>(() => {}) });
  const releasing = release(scene.releaseParts({ openTerraformLock: async () => hanging }));
  await scene.clock.advance(60_000);
  await releasing;
  expect(scene.record).toEqual({});
  expect(scene.report.log.join('\n')).toMatch(/could not be seen: .*No answer within 60 s/);
  expect(scene.report.summaries).toHaveLength(1);
});
