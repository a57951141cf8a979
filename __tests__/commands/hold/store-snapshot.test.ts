import { expect, test } from '@jest/globals';
import { storeSnapshot } from '../../../src/commands/hold/store-snapshot.js';
import { readState } from '../../../src/state/read-state.js';
import { commandScene } from '../../../testing/command-scene.js';
import { testJob } from '../../../testing/test-data.js';

test('a snapshot says when, by which run and of which commit it was taken', async () => {
  const { acquireParts, catalogue, report, clock } = commandScene();
  const { state } = await acquireParts().openState();
  const reading = await readState(state, { clock });
  if (reading.kind !== 'state') throw new Error('There was to be a state.');
  await clock.advance(1_500);
  const job = testJob({ runUrl: 'https://github.com/a/b/actions/runs/1', commit: 'c0ffee' });
  const { key } = await storeSnapshot(reading, { catalogue, phase: 'after', job, report, clock });
  expect(catalogue.snapshots.get(key)?.metadata).toMatchObject({
    takenAt: '2026-11-22T01:15:52.500Z',
    phase: 'after',
    runUrl: 'https://github.com/a/b/actions/runs/1',
    commit: 'c0ffee',
  });
});
