import { expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { release } from '../../../src/commands/hold/release.js';
import type { Failure } from '../../../src/words/failure.js';
import { commandScene } from '../../../testing/command-scene.js';
import { fakeMachine } from '../../../testing/fake-processes.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import { testSettings } from '../../../testing/test-data.js';

const ETAG = { taken: '"0123456789abcdef"', kept: '"fedcba9876543210"' };

test('the way out of a kept lock frees the record as it is after it was marked', async () => {
  // As an encrypting bucket does: the same text, written again, has another ETag.
  const lock = memoryLock(
    {},
    {
      tryAcquire: async (record) => ({ acquired: true, held: { ...record, version: ETAG.taken } }),
      replace: async (_, record) => ({ ...record, version: ETAG.kept }),
    },
  );
  const scene = commandScene();
  const stuck = { pid: 4711, variables: 'unknown' } as const;
  const machine = fakeMachine(scene.clock, [stuck]);
  const settings = testSettings({
    locking: { lock: { kind: 'lockfile' }, scope: { kind: 'pipeline' } },
    processes: { timeoutMs: 0 },
  });
  await acquire(scene.acquireParts({ lock, settings, mainStartedAt: await machine.ownStart() }));

  const failed = release(scene.releaseParts({ lock, processes: machine })).catch((error: unknown) => error);
  const { errors } = (await failed) as AggregateError & { errors: Failure[] };
  expect(errors).toMatchObject([{ title: 'Lock kept: Terraform may still run' }]);
  expect(errors[0]?.message).toContain(`--if-match '${ETAG.kept}'`);
});
