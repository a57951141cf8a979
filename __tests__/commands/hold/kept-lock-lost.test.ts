import { expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { release } from '../../../src/commands/hold/release.js';
import { heldVariable } from '../../../src/names/held-variable.js';
import { commandScene } from '../../../testing/command-scene.js';
import { fakeMachine, SELF } from '../../../testing/fake-processes.js';
import { LOCK_PATH, OUR_ID, theirLock } from '../../../testing/test-data.js';

/** A job that left a Terraform running which will not end, and to whose lock this happened meanwhile. */
async function failuresAfter(text: string | undefined) {
  const scene = commandScene();
  await acquire(scene.acquireParts({ mainStartedAt: SELF.startedAt }));
  if (text === undefined) delete scene.record.text;
  else scene.record.text = text;
  const variables = { [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` };
  const processes = fakeMachine(scene.clock, [{ pid: 10, variables }]);
  const releasing = release(scene.releaseParts({ processes })).catch((error: AggregateError) => error);
  await scene.clock.advance(300_000);
  const { errors } = (await releasing) as AggregateError;
  return { ...scene, failures: errors as Error[] };
}

test.each([
  ['is somebody else’s', theirLock().version],
  ['is gone', undefined],
])('a lock that %s is not said to be kept while Terraform still runs', async (_, text) => {
  const { failures, report, record } = await failuresAfter(text);
  expect(failures).toEqual([
    expect.objectContaining({ title: 'Lock lost' }),
    expect.objectContaining({ title: 'Terraform still runs, without the lock' }),
  ]);
  expect(failures[1]?.message).toContain('terraform (pid 10) can still write the state');
  expect(JSON.stringify(report.summaries)).toContain('Lock lost');
  expect(record.text).toBe(text);
});
