import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { anotherLineage } from '../../../src/commands/restore/refusals.js';
import {
  dryRunBlocks,
  leftBlocks,
  notRestoredBlocks,
  restoredBlocks,
} from '../../../src/commands/restore/restore-blocks.js';
import { cautionsOf, planLines } from '../../../src/commands/restore/restore-log.js';
import { planRestore, type RestorePlan } from '../../../src/commands/restore/restore-plan.js';
import { Failure } from '../../../src/words/failure.js';
import { START } from '../../../testing/fake-clock.js';
import { encryptedStateBody, STATE_PATH, stateBody } from '../../../testing/test-data.js';
import { chosen, listed, present, restoreSettings } from './restore-scene.js';

const FACTS = { settings: restoreSettings(), now: START };
const PRE_RESTORE = { key: 'lockkeeper/p.pre-restore.tfstate', created: true };
const SECRETS = { kept: 'hunter2', old: 'correct-horse' };

async function plan(differences: Partial<RestorePlan> = {}, there?: Uint8Array): Promise<RestorePlan> {
  const planned = planRestore({
    snapshot: await chosen(stateBody({ serial: 41, values: SECRETS })),
    current: await present(there ?? stateBody({ serial: 43, values: { kept: 'letmein' } })),
    highestSerial: 43,
    allowLineageChange: false,
  });
  return { ...planned, ...differences };
}

const restored = async (of: RestorePlan, failures: readonly Failure[] = []) =>
  renderMarkdown(restoredBlocks(of, { preRestore: PRE_RESTORE, failures }, FACTS));

describe('the summary of a restore', () => {
  test('says how it ended, what changed, and the way back', async () => {
    const summary = await restored(await plan());
    expect(summary).toContain(`### ✅ ${STATE_PATH} · restored, serial 43 → 44`);
    expect(summary).toContain('**1 added, 1 changed**');
    expect(summary).toContain('+ terraform_data.old\n~ terraform_data.kept');
    expect(summary).toContain(`snapshot: ${PRE_RESTORE.key}`);
  });

  test('has no way back to what was no state, and says what that was', async () => {
    const summary = await restored(await plan({}, Buffer.from('rubbish')));
    expect(summary).not.toContain('The way back');
    expect(summary).toContain('What was there is doubtful');
    expect(summary).toContain(PRE_RESTORE.key);
  });

  test('is a warning where something has to be known', async () => {
    const snapshot = await chosen(stateBody({ serial: 41 }), { listed: listed(41, 'doubtful') });
    expect(await restored(await plan({ snapshot }))).toMatch(/^### ⚠️/);
    expect(cautionsOf(await plan({ snapshot }))).toMatchObject([{ title: 'Snapshot is doubtful' }]);
    const encrypted = await plan({ verbatim: true, snapshot: await chosen(encryptedStateBody(41)) });
    expect(await restored(encrypted)).toMatch(/^### ⚠️/);
    expect(cautionsOf({ ...encrypted, kind: 'in-place' })).toEqual([]);
  });

  test('says what went wrong after it, if anything did', async () => {
    const summary = await restored(await plan(), [new Failure('Lock not released', 'It could not.')]);
    expect(summary).toMatch(/^### ❌ .* · restored, serial 43 → 44 · Lock not released/);
    expect(summary).toContain('It could not.');
  });

  test('of a dry run begins otherwise, and has no way back', async () => {
    const summary = renderMarkdown(dryRunBlocks(await plan(), FACTS));
    expect(summary).toContain(`### 🔎 ${STATE_PATH} · dry run, serial 43 → 44`);
    expect(summary).toContain('nothing was changed');
    expect(summary).not.toContain('The way back');
  });

  test('of a refusal says why, and where the lock is', () => {
    const failure = anotherLineage('k', { before: 'a', after: 'b' });
    const free = renderMarkdown(notRestoredBlocks(failure, { settings: FACTS.settings, lock: 'free' }));
    expect(free).toContain(`### ❌ ${STATE_PATH} · Another lineage`);
    expect(free).not.toContain('may still be held');
    const left = renderMarkdown(notRestoredBlocks(failure, { settings: FACTS.settings, lock: 'left' }));
    expect(left).toContain('The lock may still be held by this step');
  });

  test('of a post step has what to copy, where the state may have been written', () => {
    const cut = renderMarkdown(leftBlocks(FACTS.settings, { lock: 'released', key: 'the-key' }));
    expect(cut).toContain('snapshot: the-key');
    const before = renderMarkdown(leftBlocks(FACTS.settings, { lock: 'released' }));
    expect(before).toContain('Nothing of the state was changed.');
  });
});

test('no value of a state is in the log or in the summary', async () => {
  const of = await plan();
  const all = [await restored(of), renderMarkdown(dryRunBlocks(of, FACTS)), ...planLines(of, START)].join(
    '\n',
  );
  for (const secret of [...Object.values(SECRETS), 'letmein']) expect(all).not.toContain(secret);
});

test('the log has every change, and of very many the first', async () => {
  const values = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`r${index}`, 'x']));
  const current = await present(stateBody({ serial: 43, values: {} }));
  const snapshot = await chosen(stateBody({ serial: 41, values }));
  const many = planRestore({ snapshot, current, highestSerial: 43, allowLineageChange: false });
  const lines = planLines(many, START);
  expect(lines.filter((line) => line.startsWith('  + '))).toHaveLength(50);
  expect(lines.at(-1)).toBe('  and 30 more');
});
