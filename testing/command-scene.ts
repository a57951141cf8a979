import type { AcquireParts } from '../src/commands/hold/acquire.js';
import type { OpenedState, ReleaseParts } from '../src/commands/hold/post-parts.js';
import type { TakeLockParts } from '../src/commands/hold/take-lock.js';
import type { Lock } from '../src/lock/lock.js';
import { type FakeClock, fakeClock, START } from './fake-clock.js';
import { fakeMachine } from './fake-processes.js';
import { type MemoryCatalogue, memoryCatalogue } from './memory-catalogue.js';
import { type MemoryRecord, memoryLock } from './memory-lock.js';
import { type MemoryState, memoryState } from './memory-state.js';
import { type RecordingReport, recordingReport } from './recording-report.js';
import { type RecordingRunner, recordingRunner } from './recording-runner.js';
import { CREDENTIALS, OUR_ID, stateBody, testJob, testSettings } from './test-data.js';

/** A job with everything around it in this process: main and post work on the same lock, state and snapshots. */
export interface CommandScene {
  readonly clock: FakeClock;
  readonly report: RecordingReport;
  readonly runner: RecordingRunner;
  /** What is stored where the lock may be. */
  readonly record: MemoryRecord;
  readonly state: MemoryState;
  readonly catalogue: MemoryCatalogue;
  readonly cancellation: AbortController;
  /** What main works with. */
  acquireParts(differences?: Partial<AcquireParts>): AcquireParts;
  /** What post works with, from what main saved. */
  releaseParts(differences?: Partial<ReleaseParts & OpenedState & Pick<AcquireParts, 'lock'>>): ReleaseParts;
}

/** The lock is free and there is a state, unless a test changes that. */
export function commandScene(): CommandScene {
  const clock = fakeClock();
  const report = recordingReport();
  const runner = recordingRunner();
  const record: MemoryRecord = {};
  const state: MemoryState = { body: stateBody() };
  const catalogue = memoryCatalogue();
  const cancellation = new AbortController();
  const lock = memoryLock(record);
  const openState = async () => ({ state: memoryState(state), catalogue });
  return {
    clock,
    report,
    runner,
    record,
    state,
    catalogue,
    cancellation,
    acquireParts: (differences) => ({
      settings: testSettings(),
      job: testJob(),
      credentials: CREDENTIALS,
      jobStartedAt: START,
      lock,
      openState,
      approachState: async () => {},
      environment: {},
      runner,
      liveness: { statusOf: async () => undefined },
      report,
      clock,
      random: () => 0,
      newId: () => OUR_ID,
      signal: cancellation.signal,
      ...differences,
    }),
    releaseParts: (differences = {}) => {
      const opened = {
        openLock: async () => ('lock' in differences ? differences.lock : lock),
        openState,
        openTerraformLock: async () => memoryLock(),
        isAnother: () => false,
        ...differences,
      };
      const runState = runner.savedRunState();
      if (!runState) throw new Error('Main has saved nothing, so there is no post to test.');
      return {
        runState,
        open: () => opened,
        processes: fakeMachine(clock, []),
        workspace: () => ({ findBackends: async () => ({ found: [], unseen: [] }) }),
        machine: { users: ['runner'], host: 'runner-1' },
        environment: {},
        runner,
        report,
        clock,
        random: () => 0,
        ...differences,
      };
    },
  };
}

/** A scene for what is done with its lock alone. */
export interface LockScene extends CommandScene {
  readonly lock: Lock;
  readonly parts: TakeLockParts;
}

export function lockScene(differences: Partial<TakeLockParts> = {}): LockScene {
  const scene = commandScene();
  const { lock = memoryLock(), ...parts } = scene.acquireParts();
  return { ...scene, lock, parts: { ...parts, lock, ...differences } };
}
