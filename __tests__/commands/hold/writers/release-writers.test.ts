import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../../src/actions/markdown.js';
import { acquire } from '../../../../src/commands/hold/acquire.js';
import { release } from '../../../../src/commands/hold/release.js';
import { formatLockInfo } from '../../../../src/lock/lock-info.js';
import { heldVariable } from '../../../../src/names/held-variable.js';
import { type CommandScene, commandScene } from '../../../../testing/command-scene.js';
import { type FakeProcess, fakeMachine, SELF } from '../../../../testing/fake-processes.js';
import { memoryLock } from '../../../../testing/memory-lock.js';
import {
  LOCK_PATH,
  OUR_ID,
  stateBody,
  testSettings,
  theirInfo,
  theirLock,
} from '../../../../testing/test-data.js';

/** A Terraform that a cancelled step of this job has left running. */
const TERRAFORM: FakeProcess = { pid: 10, variables: { [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` } };

type Differences = Parameters<CommandScene['releaseParts']>[0];

/** Runs post after a job that left these running, and all the time that it may take. */
async function postAfter(table: readonly FakeProcess[], differences: Differences = {}) {
  const scene = commandScene();
  await acquire(scene.acquireParts({ mainStartedAt: SELF.startedAt }));
  const processes = fakeMachine(scene.clock, table);
  const outcome = release(scene.releaseParts({ processes, ...differences })).then(
    () => [],
    (error: AggregateError) => error.errors,
  );
  await scene.clock.advance(300_000);
  const [summary = ''] = scene.report.summaries.map(renderMarkdown);
  return { scene, processes, failures: await outcome, summary };
}

describe('a Terraform that will not stop', () => {
  test('keeps the lock, whose record says why, and fails post', async () => {
    const { scene, processes, failures, summary } = await postAfter([TERRAFORM]);
    expect(failures).toMatchObject([
      {
        title: 'Lock kept: Terraform still runs',
        message: expect.stringContaining(`free the lock with \`terraform force-unlock -force ${OUR_ID}\``),
      },
    ]);
    // Terraform prints this line to whoever it refuses.
    expect(scene.record.text).toMatch(
      new RegExp(`"ID":"${OUR_ID}".*\\(kept: still written by terraform \\(pid 10\\)\\)`),
    );
    expect(JSON.parse(scene.record.holder ?? '')).toMatchObject({ kept: expect.stringContaining('pid 10') });
    expect(processes.interrupts).toHaveLength(1);
    expect(summary).toMatch(/^### ❌ .* · lock NOT released/);
    expect(scene.runner.variables[heldVariable(LOCK_PATH)]).toBe(`dynamodb:${OUR_ID}`);
  });

  test('does not keep the state from being copied', async () => {
    const scene = commandScene();
    await acquire(scene.acquireParts({ mainStartedAt: SELF.startedAt }));
    scene.state.body = stateBody({ serial: 8 });
    const processes = fakeMachine(scene.clock, [TERRAFORM]);
    const releasing = release(scene.releaseParts({ processes })).catch(() => {});
    await scene.clock.advance(300_000);
    await releasing;
    expect(scene.catalogue.snapshots.size).toBe(2);
  });

  test('is told beside the loss, where the lock is somebody else’s by then', async () => {
    const scene = commandScene();
    await acquire(scene.acquireParts({ mainStartedAt: SELF.startedAt }));
    scene.record.text = theirLock().version;
    const processes = fakeMachine(scene.clock, [TERRAFORM]);
    const outcome = release(scene.releaseParts({ processes })).catch((error: AggregateError) => error.errors);
    await scene.clock.advance(300_000);
    expect(await outcome).toMatchObject([
      { title: 'Lock lost' },
      { title: 'Terraform still runs, without the lock' },
    ]);
    expect(scene.record.text).toBe(theirLock().version);
  });

  test('is told also where the record cannot be marked', async () => {
    const lock = memoryLock({}, { path: LOCK_PATH, replace: () => Promise.reject(new Error('S3 is away.')) });
    const { scene, failures } = await postAfter([TERRAFORM], { lock });
    expect(failures).toMatchObject([{ title: 'Lock kept: Terraform still runs' }]);
    expect(scene.report.log).toContain(
      'warning: Lock not marked: Its record does not say why the lock is kept: S3 is away.',
    );
  });
});

test('a Terraform that stops is waited for, and then the lock is released', async () => {
  const { scene, failures } = await postAfter([{ ...TERRAFORM, endsAfterMs: 60_000 }]);
  expect(failures).toEqual([]);
  expect(scene.record).toEqual({});
  const log = scene.report.log.join('\n');
  expect(log.indexOf('Terraform was stopped')).toBeLessThan(log.indexOf(`Released the lock ${LOCK_PATH}`));
  expect(scene.runner.variables[heldVariable(LOCK_PATH)]).toBe(`dynamodb:${OUR_ID}:released`);
});

describe('a machine that cannot be looked at', () => {
  const blind = { look: async () => undefined };

  test.each([
    ['is told of in the summary of a cancelled job', 'cancelled', true],
    ['is no matter to a job that was not cancelled', 'success', false],
  ] as const)('%s', async (_, jobStatus, told) => {
    const processes = { ...fakeMachine(commandScene().clock, []), ...blind };
    const { summary, failures } = await postAfter([], { processes, jobStatus });
    expect(failures).toEqual([]);
    expect(summary.includes('cannot look for a Terraform that a cancelled step has left running')).toBe(told);
  });
});

describe('with scope "pipeline", the lock that a killed Terraform has left', () => {
  const settings = testSettings({ locking: { scope: { kind: 'pipeline' } } });
  const left = theirInfo({ Who: 'runner@runner-1', Created: '2026-11-22T01:30:00Z' });

  async function logWith(text: string, differences: Differences = {}, inScope = settings) {
    const scene = commandScene();
    await acquire(scene.acquireParts({ settings: inScope, mainStartedAt: SELF.startedAt }));
    const openTerraformLock = async () => memoryLock({ text });
    await release(scene.releaseParts({ openTerraformLock, ...differences }));
    return scene.report.log.join('\n');
  }

  test('is named, with the command that frees it', async () => {
    const log = await logWith(formatLockInfo(left));
    expect(log).toContain("warning: Terraform's own lock is left: ");
    expect(log).toContain(`terraform force-unlock -force ${left.ID}`);
  });

  test('is not taken for one that somebody else holds', async () => {
    expect(await logWith(theirLock().version)).not.toContain('own lock is left');
  });

  test('is not taken for one of before this job', async () => {
    expect(await logWith(formatLockInfo({ ...left, Created: '2026-11-22T01:00:00Z' }))).not.toContain(
      'is left',
    );
  });

  test('is not named while that Terraform still runs: it is not left', async () => {
    const scene = commandScene();
    await acquire(scene.acquireParts({ settings, mainStartedAt: SELF.startedAt }));
    const openTerraformLock = async () => memoryLock({ text: formatLockInfo(left) });
    const variables = { [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` };
    const processes = fakeMachine(scene.clock, [{ pid: 10, variables }]);
    const releasing = release(scene.releaseParts({ openTerraformLock, processes })).catch(() => {});
    await scene.clock.advance(300_000);
    await releasing;
    expect(scene.report.log.join('\n')).not.toContain('own lock is left');
  });

  test('is not looked for with scope "state": there it would be ours', async () => {
    expect(await logWith(formatLockInfo(left), {}, testSettings())).not.toContain('is left');
  });

  test('that cannot be read fails nothing', async () => {
    const openTerraformLock = () => Promise.reject(new Error('S3 is away.'));
    expect(await logWith('', { openTerraformLock })).toContain('could not be seen: S3 is away.');
  });
});
