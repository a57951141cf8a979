import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { release } from '../../../src/commands/hold/release.js';
import type { Processes } from '../../../src/job/processes.js';
import type { Lock } from '../../../src/lock/lock.js';
import type { StateSource } from '../../../src/state/state-source.js';
import { commandScene } from '../../../testing/command-scene.js';
import { fakeMachine } from '../../../testing/fake-processes.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import { stateBody } from '../../../testing/test-data.js';

/** What is called, in order, and a way to call it that fails the first time. */
function newCalls() {
  const calls: string[] = [];
  const noted =
    <A extends unknown[], R>(name: string, work: (...args: A) => Promise<R>) =>
    (...args: A) => {
      calls.push(name);
      return work(...args);
    };
  const failingOnce = <R>(name: string, work: () => Promise<R>) =>
    noted(name, async () => {
      if (calls.filter((call) => call === name).length === 1) throw new Error('Not yet.');
      return work();
    });
  return { calls, noted, failingOnce };
}

/** An answer that comes when nothing is left to do but to wait for it. */
async function slowly<T>(answer: Promise<T>): Promise<T> {
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  return answer;
}

describe('while the lock is asked for', () => {
  test('what the state takes is opened, and not before that request is on its way', async () => {
    const { acquireParts } = commandScene();
    const { calls, noted } = newCalls();
    const lock = memoryLock();
    const tryAcquire: Lock['tryAcquire'] = async (record, signal) => {
      // A request is signed before it is sent.
      for (let step = 0; step < 20; step++) await undefined;
      calls.push('ask for the lock');
      const attempt = await slowly(lock.tryAcquire(record, signal));
      calls.push('the lock is acquired');
      return attempt;
    };
    const openState = noted('open the state', acquireParts().openState);
    await acquire(acquireParts({ lock: { ...lock, tryAcquire }, openState }));
    const needed = ['ask for the lock', 'open the state', 'the lock is acquired', 'open the state'];
    expect(calls).toEqual(needed);
  });

  test('a failure to do so is not told, and fails nothing', async () => {
    const { acquireParts, runner, report } = commandScene();
    const { calls, failingOnce } = newCalls();
    const lock = memoryLock();
    const tryAcquire: Lock['tryAcquire'] = (...args) => slowly(lock.tryAcquire(...args));
    const openState = failingOnce('open the state', acquireParts().openState);
    await acquire(acquireParts({ lock: { ...lock, tryAcquire }, openState }));
    expect(calls).toHaveLength(2);
    expect(runner.outputs).toMatchObject({ locked: 'true', snapshot_created: 'true' });
    expect(report.log.join('\n')).not.toContain('Not yet.');
  });
});

describe('in post', () => {
  async function afterMain() {
    const scene = commandScene();
    const lock = memoryLock(scene.record);
    await acquire(scene.acquireParts({ lock, mainStartedAt: 1 }));
    scene.state.body = stateBody({ serial: 8 });
    const { openState } = scene.acquireParts();
    /** Its state takes a while to come. */
    const openSlowState = async () => {
      const { state, catalogue } = await openState();
      return {
        catalogue,
        state: { ...state, get: (...args: Parameters<StateSource['get']>) => slowly(state.get(...args)) },
      };
    };
    return { scene, lock, openSlowState };
  }

  test('what the state takes is opened while writers are looked for', async () => {
    const { scene, openSlowState } = await afterMain();
    const { calls, noted } = newCalls();
    const machine = fakeMachine(scene.clock, []);
    const look = async () => {
      const found = await slowly(machine.look());
      calls.push('nobody writes');
      return found;
    };
    const processes: Processes = { ...machine, look };
    const openState = noted('open the state', openSlowState);
    await release(scene.releaseParts({ openState, processes }));
    expect(calls.slice(0, 2)).toEqual(['open the state', 'nobody writes']);
  });

  test('what the release takes is opened while the state is read', async () => {
    const { scene, lock, openSlowState } = await afterMain();
    const { calls, noted } = newCalls();
    const openLock = noted('open the lock', async () => ({
      ...lock,
      remove: noted('release the lock', lock.remove),
    }));
    const openState = noted('open the state', openSlowState);
    await release(scene.releaseParts({ openLock, openState }));
    expect(calls.indexOf('open the state')).toBeLessThan(calls.indexOf('open the lock'));
    expect(calls.filter((call) => call === 'open the lock')).toHaveLength(2);
    expect(calls.slice(calls.lastIndexOf('open the lock'))).toContain('release the lock');
  });

  test('a failure to do so is not told, and fails nothing', async () => {
    const { scene, lock, openSlowState } = await afterMain();
    const { calls, failingOnce } = newCalls();
    const openLock = failingOnce('open the lock', async () => lock);
    await release(scene.releaseParts({ openLock, openState: openSlowState }));
    expect(calls).toHaveLength(2);
    expect(scene.record.text).toBeUndefined();
    expect(scene.report.log.join('\n')).not.toContain('Not yet.');
  });
});
