import { expect, test } from '@jest/globals';
import {
  type RestoreInTerminalParts,
  restoreInTerminal,
} from '../../../src/commands/restore/restore-in-terminal.js';
import { takeSnapshot } from '../../../src/snapshots/snapshot.js';
import { md5Hex } from '../../../src/state/digest.js';
import { readState } from '../../../src/state/read-state.js';
import { fakeClock } from '../../../testing/fake-clock.js';
import { memoryCatalogue } from '../../../testing/memory-catalogue.js';
import { type MemoryState, memoryState, memoryStateWriter } from '../../../testing/memory-state.js';
import { recordingReport } from '../../../testing/recording-report.js';
import { OUR_ID, stateBody, testJob } from '../../../testing/test-data.js';
import { restoreSettings } from './restore-scene.js';

const OLD = stateBody({ serial: 41 });
const NOW = stateBody({ serial: 43, values: { greeting: 'changed' } });

/** A person without a lock, who is asked whether to restore. */
async function unlockedPerson(confirm: RestoreInTerminalParts['confirm']) {
  const clock = fakeClock();
  const report = recordingReport();
  const stored: MemoryState = { body: OLD };
  const state = memoryState(stored);
  const catalogue = memoryCatalogue();
  const before = await readState(state, { clock });
  if (before.kind !== 'state') throw new Error('There is no state.');
  await takeSnapshot(catalogue, before, {
    phase: 'before',
    takenAt: clock.now(),
    runUrl: 'r',
    commit: 'c',
  });
  stored.body = NOW;
  stored.digest = md5Hex(NOW);
  const parts: RestoreInTerminalParts = {
    settings: restoreSettings({ kind: 'serial', serial: 41 }),
    openState: async () => ({ state, catalogue }),
    openWriter: async () => memoryStateWriter(stored),
    job: testJob(),
    runner: { setOutput: () => {} },
    liveness: { statusOf: async () => undefined },
    environment: {},
    report,
    confirm,
    clock,
    random: () => 0,
    newId: () => OUR_ID,
    signal: new AbortController().signal,
  };
  return { parts, report, stored };
}

const NO_LOCK = /^warning: No lock: /;

test('a person who is asked knows that there is no lock', async () => {
  const said: string[] = [];
  const { parts, report, stored } = await unlockedPerson(async () => {
    said.push(...report.log);
    throw new Error('No.');
  });
  await expect(restoreInTerminal(parts)).rejects.toThrow('No.');
  expect(said).toContainEqual(expect.stringMatching(NO_LOCK));
  expect(stored.body).toBe(NOW);
});

test('a person who has agreed is not told of it again', async () => {
  const { parts, report, stored } = await unlockedPerson(async () => {});
  await restoreInTerminal(parts);
  expect(report.log.filter((line) => NO_LOCK.test(line))).toHaveLength(1);
  expect(Buffer.from(stored.body ?? []).toString()).toContain('"serial": 44');
});
