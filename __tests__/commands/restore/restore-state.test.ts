import { describe, expect, test } from '@jest/globals';
import { freeAfterRestore } from '../../../src/commands/restore/free-after-restore.js';
import { type RestoreInJobParts, restoreInJob } from '../../../src/commands/restore/restore-in-job.js';
import {
  foreseeRestore,
  type RestoreParts,
  type RestoreProgress,
  restoreState,
} from '../../../src/commands/restore/restore-state.js';
import { parseRestoreRunState } from '../../../src/commands/restore/run-state.js';
import { BackendError } from '../../../src/job/backend-error.js';
import type { Lock } from '../../../src/lock/lock.js';
import type { Catalogue } from '../../../src/snapshots/catalogue.js';
import { takeSnapshot } from '../../../src/snapshots/snapshot.js';
import { md5Hex } from '../../../src/state/digest.js';
import { readState } from '../../../src/state/read-state.js';
import type { StateWriter } from '../../../src/state/state-writer.js';
import { fakeClock } from '../../../testing/fake-clock.js';
import { memoryCatalogue } from '../../../testing/memory-catalogue.js';
import { type MemoryRecord, memoryLock } from '../../../testing/memory-lock.js';
import { type MemoryState, memoryState, memoryStateWriter } from '../../../testing/memory-state.js';
import { recordingReport } from '../../../testing/recording-report.js';
import { CREDENTIALS, lockRecord, OUR_ID, stateBody, testJob } from '../../../testing/test-data.js';
import { restoreSettings } from './restore-scene.js';

const OLD = stateBody({ serial: 41 });
const NOW = stateBody({ serial: 43, values: { greeting: 'changed' } });

/** A state whose version before is in the catalogue, and a restore of that with all around it in this process. */
async function newScene(differences: Partial<RestoreParts> = {}) {
  const clock = fakeClock();
  const report = recordingReport();
  const stored: MemoryState = { body: OLD };
  const record: MemoryRecord = {};
  const catalogue = memoryCatalogue();
  const state = memoryState(stored);
  const before = await readState(state, { clock });
  if (before.kind !== 'state') throw new Error('There is no state.');
  const occasion = { phase: 'before', takenAt: clock.now(), runUrl: 'r', commit: 'c' } as const;
  const { key } = await takeSnapshot(catalogue, before, occasion);
  stored.body = NOW;
  stored.digest = md5Hex(NOW);
  const progress: RestoreProgress[] = [];
  const cancellation = new AbortController();
  const parts: RestoreParts = {
    settings: restoreSettings({ kind: 'serial', serial: 41 }),
    lock: memoryLock(record),
    record: lockRecord(),
    openState: async () => ({ state, catalogue }),
    openWriter: async () => memoryStateWriter(stored),
    job: testJob(),
    liveness: { statusOf: async () => undefined },
    environment: {},
    onProgress: (next) => progress.push(next),
    report,
    clock,
    random: () => 0,
    signal: cancellation.signal,
    ...differences,
  };
  return { parts, stored, record, catalogue, progress, report, key, clock, state, cancellation };
}

const DENIED = new BackendError({ kind: 'access-denied', action: 'a', resource: 'r', detail: 'No.' });
const failing =
  (error: Error = DENIED) =>
  async () => {
    throw error;
  };

describe('a restore', () => {
  test('tells how far it has come before each step that leaves something behind', async () => {
    const { parts, progress, key, record } = await newScene();
    const { plan, failures, claim } = await restoreState(parts);
    expect(failures).toEqual([]);
    expect(claim?.held.info.ID).toBe(OUR_ID);
    expect(plan.serial).toEqual({ before: 43, after: 44 });
    expect(progress).toMatchObject([
      { phase: 'unfinished', claim: { stage: 'requested' } },
      { phase: 'unfinished', claim: { stage: 'acquired' } },
      { phase: 'unfinished', claim: { stage: 'acquired' }, key },
      { phase: 'restored', claim: { stage: 'acquired' } },
      { phase: 'over' },
    ]);
    expect(progress[1]).not.toHaveProperty('key');
    expect(record).toEqual({});
  });

  test('holds the lock while it reads and writes, and not after', async () => {
    const scene = await newScene();
    const seen: boolean[] = [];
    const noting = (writer: StateWriter): StateWriter => ({
      ...writer,
      put: (...given) => {
        seen.push(scene.record.text !== undefined);
        return writer.put(...given);
      },
    });
    const openWriter = async () => noting(memoryStateWriter(scene.stored));
    await restoreState({ ...scene.parts, openWriter });
    expect(seen).toEqual([true]);
    expect(scene.record.text).toBeUndefined();
  });

  test('without a lock warns, and is done all the same', async () => {
    const { parts, stored, report, progress } = await newScene({ lock: undefined });
    expect(await restoreState(parts)).toMatchObject({ failures: [] });
    expect(report.log).toContainEqual(expect.stringMatching(/^warning: No lock: /));
    expect(Buffer.from(stored.body ?? []).toString()).toContain('"serial": 44');
    expect(progress).toEqual([]);
  });

  test('that a person has agreed to is not done where the state is another by now', async () => {
    const { parts, stored, record } = await newScene();
    const agreed = await foreseeRestore(parts);
    stored.body = stateBody({ serial: 44, values: { greeting: 'again' } });
    stored.digest = md5Hex(stored.body);
    const { body } = stored;
    await expect(restoreState({ ...parts, agreed })).rejects.toMatchObject({
      title: 'State changed meanwhile',
    });
    expect(stored.body).toBe(body);
    expect(record).toEqual({});
  });

  test('that a person has agreed to is done where all is as it was', async () => {
    const { parts } = await newScene();
    const agreed = await foreseeRestore(parts);
    expect(await restoreState({ ...parts, agreed })).toMatchObject({ failures: [] });
  });

  test('done twice does nothing the second time', async () => {
    const { parts, stored, catalogue, key } = await newScene();
    await restoreState(parts);
    const { body } = stored;
    const keys = [...catalogue.snapshots.keys()];
    const settings = restoreSettings({ kind: 'key', key });
    const again = await restoreState({ ...parts, settings });
    expect(again.plan.kind).toBe('in-place');
    expect(stored.body).toBe(body);
    expect([...catalogue.snapshots.keys()]).toEqual(keys);
  });
});

describe('what goes wrong', () => {
  const withCatalogue = async (differences: Partial<Catalogue>) => {
    const scene = await newScene();
    const catalogue = { ...scene.catalogue, ...differences };
    return {
      ...scene,
      parts: { ...scene.parts, openState: async () => ({ state: scene.state, catalogue }) },
    };
  };
  const withWriter = async (differences: Partial<StateWriter>) => {
    const scene = await newScene();
    const openWriter = async () => ({ ...memoryStateWriter(scene.stored), ...differences });
    return { ...scene, parts: { ...scene.parts, openWriter } };
  };
  const withLock = async (differences: Partial<Lock>) => {
    const scene = await newScene();
    return { ...scene, parts: { ...scene.parts, lock: memoryLock(scene.record, differences) } };
  };

  test('no copy of what is there: nothing is changed', async () => {
    const { parts, stored, record } = await withCatalogue({ add: failing() });
    await expect(restoreState(parts)).rejects.toMatchObject({
      title: 'Snapshot not stored',
      message: expect.stringContaining('so nothing was changed'),
    });
    expect(stored).toEqual({ body: NOW, digest: md5Hex(NOW) });
    expect(record).toEqual({});
  });

  test('no copy of the result: the restore stands, and that is said after the release', async () => {
    const scene = await newScene();
    const add: Catalogue['add'] = (snapshot) =>
      snapshot.metadata.phase === 'after' ? failing()() : scene.catalogue.add(snapshot);
    const openState = async () => ({ state: scene.state, catalogue: { ...scene.catalogue, add } });
    const restored = await restoreState({ ...scene.parts, openState });
    expect(restored.failures).toMatchObject([
      { title: 'Snapshot not stored', message: expect.stringContaining('The state is restored') },
    ]);
    expect(scene.record).toEqual({});
    expect(scene.progress.at(-1)).toEqual({ phase: 'over' });
  });

  test('a write that fails: the lock is free, and the way to complete it is told', async () => {
    const { parts, key, record, stored } = await withWriter({ put: failing() });
    await expect(restoreState(parts)).rejects.toMatchObject({
      title: 'Restore not finished',
      message: expect.stringContaining(`"snapshot: ${key}"`),
    });
    expect(record).toEqual({});
    expect(stored).toEqual({ body: NOW });
  });

  test('what is read back is not what was written', async () => {
    const { parts } = await withWriter({ put: async () => 'written' });
    await expect(restoreState(parts)).rejects.toMatchObject({
      title: 'Restore not finished',
      message: expect.stringMatching(
        /^What was read back is not what was written.*Look at what is there now/s,
      ),
    });
    await expect(restoreState(parts)).rejects.not.toMatchObject({
      message: expect.stringContaining('Terraform works with either'),
    });
  });

  test('somebody who writes a digest once the state is put: it is said that the state was changed', async () => {
    const scene = await newScene();
    const openWriter = async () => {
      const writer = memoryStateWriter(scene.stored);
      const put: StateWriter['put'] = async (...given) => {
        const outcome = await writer.put(...given);
        scene.stored.digest = md5Hex(OLD);
        return outcome;
      };
      return { ...writer, put };
    };
    const failure = await restoreState({ ...scene.parts, openWriter }).catch((error) => error);
    expect(failure).toMatchObject({
      title: 'Restore not finished',
      message: expect.stringMatching(
        /^The state is restored, but somebody else has written Terraform's digest/,
      ),
    });
    expect(failure.message).toContain('pre-restore.tfstate');
    expect(failure.message).toContain(`"snapshot: ${scene.key}"`);
    expect(failure.message).not.toContain('left as it is');
    expect(scene.record).toEqual({});
    const settings = restoreSettings({ kind: 'key', key: scene.key });
    expect(await restoreState({ ...scene.parts, settings })).toMatchObject({ failures: [] });
    expect(scene.stored.digest).toBe(md5Hex(scene.stored.body ?? OLD));
  });

  test('somebody who writes the state once its digest is gone: theirs stays, and what became of the digest is said', async () => {
    const { parts, stored } = await withWriter({ put: async () => 'refused' });
    await expect(restoreState(parts)).rejects.toMatchObject({
      title: 'State changed meanwhile',
      message: expect.stringContaining("Terraform's digest of what was there before was removed"),
    });
    expect(stored).toEqual({ body: NOW });
  });

  test('a lock that was taken away meanwhile: the restore stands, and it is said', async () => {
    const scene = await withLock({});
    const openWriter = async () => {
      const writer = memoryStateWriter(scene.stored);
      const put: StateWriter['put'] = (...given) => {
        delete scene.record.text;
        return writer.put(...given);
      };
      return { ...writer, put };
    };
    const restored = await restoreState({ ...scene.parts, openWriter });
    expect(restored.failures).toMatchObject([{ title: 'Lock lost' }]);
  });

  test('a lock that cannot be released: it is left to post', async () => {
    const { parts, progress } = await withLock({ remove: failing() });
    const restored = await restoreState(parts);
    expect(restored.failures).toMatchObject([{ title: 'Lock not released' }]);
    expect(progress.at(-1)).toMatchObject({ phase: 'restored', claim: { stage: 'acquired' } });
  });
});

describe('the steps of a job', () => {
  const inJob = async (differences: Partial<RestoreInJobParts> = {}) => {
    const scene = await newScene(differences.lock && { lock: differences.lock });
    let saved = '';
    const outputs: Record<string, string> = {};
    const runner: RestoreInJobParts['runner'] = {
      saveRunState: (text) => {
        saved = text;
      },
      setOutput: (name, value) => {
        outputs[name] = value;
      },
    };
    const { onProgress, record, ...parts } = scene.parts;
    const job = { ...parts, job: testJob(), credentials: CREDENTIALS, runner, newId: () => OUR_ID };
    const post = () => {
      const runState = parseRestoreRunState(saved);
      if (!runState) throw new Error('Main has saved nothing.');
      const { report, clock, lock } = scene.parts;
      return freeAfterRestore({
        runState,
        report,
        clock,
        openLock: async () => lock,
        isAnother: () => false,
      });
    };
    return { ...scene, outputs, main: () => restoreInJob({ ...job, ...differences }), post };
  };

  test('a runner that cannot be told of the lock before it is taken: nothing is done', async () => {
    const full = () => {
      throw new Error('No space left.');
    };
    const { main, stored, record } = await inJob({ runner: { saveRunState: full, setOutput: full } });
    await expect(main()).rejects.toThrow('No space left.');
    expect(stored.body).toBe(NOW);
    expect(record).toEqual({});
  });

  test('a failure is told once, in the summary too, and post has nothing to say', async () => {
    const { main, post, report } = await inJob({
      settings: restoreSettings({ kind: 'serial', serial: 7 }),
    });
    await expect(main()).rejects.toMatchObject({ title: 'Snapshot not found' });
    expect(report.summaries).toHaveLength(1);
    const { length } = report.log;
    await post();
    expect(report.summaries).toHaveLength(1);
    expect(report.log).toHaveLength(length);
  });

  test('a failure that came when the state was restored is told with the outputs', async () => {
    const record: MemoryRecord = {};
    const lock = memoryLock(record, { remove: failing() });
    const { main, outputs, report } = await inJob({ lock });
    await expect(main()).rejects.toMatchObject({ errors: [{ title: 'Lock not released' }] });
    expect(outputs).toMatchObject({ restored: 'true', serial_after: '44' });
    expect(report.summaries).toHaveLength(1);
  });

  test('a lock that main could not release is no restore that is not finished', async () => {
    const record: MemoryRecord = {};
    let isBroken = true;
    const memory = memoryLock(record);
    const remove: Lock['remove'] = (...given) => (isBroken ? failing()() : memory.remove(...given));
    const lock = { ...memory, remove };
    const { main, post, report } = await inJob({ lock });
    await expect(main()).rejects.toBeInstanceOf(AggregateError);
    isBroken = false;
    await post();
    const said = JSON.stringify([report.log, report.summaries]);
    expect(said).not.toMatch(/Restore not finished|run it again|Nothing of the state was changed|cut off/);
    expect(said).toMatch('the lock is free again');
    expect(record).toEqual({});
  });

  test('a dry run saves nothing for post, and asks for no lock', async () => {
    const lock = memoryLock({}, { tryAcquire: failing() });
    const settings = restoreSettings({ kind: 'serial', serial: 41 }, { dryRun: true });
    const { main, outputs, stored } = await inJob({ lock, settings });
    await main();
    expect(outputs).toMatchObject({ restored: 'false', serial_after: '44' });
    expect(outputs).not.toHaveProperty('pre_restore_key');
    expect(stored.body).toBe(NOW);
  });
});
