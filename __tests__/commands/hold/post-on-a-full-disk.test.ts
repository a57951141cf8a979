import { describe, expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { release } from '../../../src/commands/hold/release.js';
import { heldVariable } from '../../../src/names/held-variable.js';
import { commandScene } from '../../../testing/command-scene.js';
import { type FakeMachine, fakeMachine, SELF } from '../../../testing/fake-processes.js';
import { LOCK_PATH, OUR_ID, stateBody } from '../../../testing/test-data.js';

/** The runner's command files are on the disk. */
const FULL_DISK = {
  exportVariable: () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  },
};

async function postOnFullDisk(processes?: (scene: ReturnType<typeof commandScene>) => FakeMachine) {
  const scene = commandScene();
  await acquire(scene.acquireParts({ mainStartedAt: SELF.startedAt }));
  scene.state.body = stateBody({ serial: 8 });
  const machine = processes?.(scene) ?? fakeMachine(scene.clock, []);
  const releasing = release(
    scene.releaseParts({ runner: FULL_DISK, processes: machine, environment: scene.runner.variables }),
  );
  await scene.clock.advance(60_000);
  return { ...scene, machine, releasing };
}

describe('a disk that is full when the job ends', () => {
  test('keeps neither the lock nor the snapshot, and is not taken for a lock that could not be released', async () => {
    const { releasing, record, catalogue, report } = await postOnFullDisk();
    await releasing;
    expect(record).toEqual({});
    expect(catalogue.snapshots.size).toBe(2);
    expect(report.log.join('\n')).toMatch(/could not be told everything: .*ENOSPC/);
    expect(report.log).toContain(`Released the lock ${LOCK_PATH}.`);
  });

  test('leaves no Terraform writing after the lock is free', async () => {
    const variables = { [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` };
    const { releasing, machine, record } = await postOnFullDisk(({ clock }) =>
      fakeMachine(clock, [{ pid: 10, variables, endsAfterMs: 100 }]),
    );
    await releasing;
    expect(machine.interrupts).toHaveLength(1);
    expect(record).toEqual({});
  });
});
