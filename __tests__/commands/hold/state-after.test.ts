import { describe, expect, test } from '@jest/globals';
import type { StateBefore } from '../../../src/commands/hold/run-state.js';
import { changesSince, lookAtStateAfter, type StateAfter } from '../../../src/commands/hold/state-after.js';
import type { Settings } from '../../../src/config/settings.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { md5Hex } from '../../../src/state/digest.js';
import { commandScene } from '../../../testing/command-scene.js';
import { encryptedStateBody, stateBody, testJob, testSettings } from '../../../testing/test-data.js';

const OLD = stateBody({ serial: 7, values: { kept: 'a', gone: 'b' } });
const NEW = stateBody({ serial: 8, values: { kept: 'a', made: 'c' } });
const BEFORE: StateBefore = { state: { exists: true, serial: 7 }, etag: `"${md5Hex(OLD)}"` };

/** A scene after a job that left this state. */
function afterScene(body: Uint8Array | undefined, backup: Partial<Settings['backup']> = {}) {
  const scene = commandScene();
  if (body) scene.state.body = body;
  else delete scene.state.body;
  const settings = testSettings({ backup });
  const { openState, report, clock, random } = scene.acquireParts();
  return {
    ...scene,
    parts: { settings, job: testJob(), openState, report, clock, random, patienceMs: 180_000 },
  };
}

/** The same, for which nobody listens the first two times. Main had its answers there. */
function awayTwice<A extends unknown[], R>(ask: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
  let asked = 0;
  return async (...args) => {
    if (++asked > 2) return ask(...args);
    const detail = 'connect ECONNREFUSED';
    throw new BackendError({ kind: 'unreachable', service: 'S3', detail, nobodyThere: true });
  };
}

describe('an outage of seconds is waited out', () => {
  test.each<['get' | 'add']>([['get'], ['add']])('by %s', async (method) => {
    const { parts, clock } = afterScene(NEW);
    const { state, catalogue } = await parts.openState();
    const weak = {
      get: { state: { ...state, get: awayTwice(state.get) }, catalogue },
      add: { state, catalogue: { ...catalogue, add: awayTwice(catalogue.add) } },
    };
    const looking = lookAtStateAfter({ ...parts, openState: async () => weak[method] }, BEFORE);
    await clock.advance(1_500);
    expect(await looking).toMatchObject({ reading: { kind: 'state' }, snapshot: { created: true } });
  });
});

describe('looking at the state after the job', () => {
  test('a new version is read and copied, as what it is', async () => {
    const { parts, catalogue } = afterScene(NEW);
    const after = await lookAtStateAfter(parts, BEFORE);
    expect(after).toMatchObject({
      reading: { kind: 'state', md5: md5Hex(NEW) },
      snapshot: { phase: 'after', created: true },
    });
    const snapshot = catalogue.snapshots.get(after.snapshot?.key ?? '');
    expect(snapshot).toMatchObject({
      body: Uint8Array.from(NEW),
      metadata: { phase: 'after', serial: 8, runUrl: testJob().runUrl, commit: testJob().commit },
    });
  });

  test('the version from before is not read again', async () => {
    const { parts, report, catalogue } = afterScene(OLD);
    expect(await lookAtStateAfter(parts, BEFORE)).toEqual({ reading: { kind: 'unchanged' } });
    expect(report.log).toEqual(['The state did not change, so there is no new snapshot.']);
    expect(catalogue.snapshots.size).toBe(0);
  });

  test('the first state of all is new', async () => {
    const { parts, catalogue } = afterScene(NEW);
    const first = await lookAtStateAfter(parts, { state: { exists: false } });
    expect(first).toMatchObject({ reading: { kind: 'state' }, snapshot: { created: true } });
    expect(catalogue.snapshots.size).toBe(1);
  });

  test('with no copy wanted it is only read', async () => {
    const { parts, catalogue } = afterScene(NEW, { phases: ['before'] });
    const after = await lookAtStateAfter(parts, BEFORE);
    expect(after).toMatchObject({ reading: { kind: 'state' } });
    expect(after.snapshot).toBeUndefined();
    expect(catalogue.snapshots.size).toBe(0);
  });

  test('a doubtful state is copied, and is a warning', async () => {
    const { parts, report, catalogue } = afterScene(Buffer.from('{"version":4'));
    expect(await lookAtStateAfter(parts, BEFORE)).toMatchObject({ snapshot: { phase: 'after' } });
    expect(report.log[0]).toMatch(/^warning: State is doubtful: The state breaks off/);
    expect(catalogue.snapshots.size).toBe(1);
  });

  test('a store that hangs is given up after three minutes: the lock is not kept for it', async () => {
    const { parts, clock } = afterScene(NEW);
    const { state, catalogue } = await parts.openState();
    let reading: AbortSignal | undefined;
    const get: typeof state.get = ({ signal }) => {
      reading = signal;
      return new Promise(() => {});
    };
    const openState = async () => ({ state: { ...state, get }, catalogue });
    const looking = lookAtStateAfter({ ...parts, openState }, BEFORE);
    await clock.advance(179_999);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);
    expect(await looking).toMatchObject({
      reading: { kind: 'unknown' },
      failure: {
        title: 'Snapshot not stored',
        message:
          'No answer within 180 s.\nIf this job changed the state, there is no snapshot of that. ' +
          'Run the job again once this is mended.',
      },
    });
    expect(reading?.aborted).toBe(true);
  });

  test('a copy that hangs is given up too, and does not go on once the lock is free', async () => {
    const { parts, clock } = afterScene(NEW);
    const { state, catalogue } = await parts.openState();
    let storing: AbortSignal | undefined;
    const add: typeof catalogue.add = (_, signal) => {
      storing = signal;
      return new Promise(() => {});
    };
    const openState = async () => ({ state, catalogue: { ...catalogue, add } });
    const looking = lookAtStateAfter({ ...parts, openState }, BEFORE);
    await clock.advance(180_000);
    expect(await looking).toMatchObject({ failure: { title: 'Snapshot not stored' } });
    expect(storing?.aborted).toBe(true);
  });

  test('a copy that fails leaves what was read', async () => {
    const { parts } = afterScene(NEW);
    const { state, catalogue } = await parts.openState();
    const add = () => Promise.reject(new Error('S3 is away.'));
    const openState = async () => ({ state, catalogue: { ...catalogue, add } });
    expect(await lookAtStateAfter({ ...parts, openState }, BEFORE)).toMatchObject({
      reading: { kind: 'state', md5: md5Hex(NEW) },
      failure: { message: expect.stringMatching(/^S3 is away\.\n/) },
    });
  });
});

describe('what changed', () => {
  /** With this state before, whose snapshot is there, and this one after. */
  async function changesFrom(old: Uint8Array, body: Uint8Array) {
    const { parts, state } = afterScene(old);
    const first = await lookAtStateAfter(parts, { state: { exists: false } });
    state.body = body;
    const after = await lookAtStateAfter(parts, BEFORE);
    return changesSince({ ...BEFORE, snapshot: first.snapshot }, after, parts);
  }

  test('is told by resource, from the snapshot *before*', async () => {
    expect(await changesFrom(OLD, NEW)).toEqual({
      changes: { added: ['terraform_data.made'], removed: ['terraform_data.gone'], changed: [] },
    });
  });

  test('is everything, where there was no state', async () => {
    const { parts } = afterScene(NEW);
    const before: StateBefore = { state: { exists: false } };
    const after = await lookAtStateAfter(parts, before);
    expect(await changesSince(before, after, parts)).toEqual({
      changes: { added: ['terraform_data.kept', 'terraform_data.made'], removed: [], changed: [] },
    });
  });

  test.each<[string, Uint8Array, Uint8Array, string]>([
    ['the new state is', OLD, encryptedStateBody(), 'The state is encrypted or not JSON.'],
    [
      'the snapshot is',
      encryptedStateBody(),
      NEW,
      'The snapshot from before this job is encrypted or not JSON.',
    ],
  ])('is unknown where %s encrypted', async (_, old, body, changesUnknown) => {
    expect(await changesFrom(old, body)).toEqual({ changesUnknown });
  });

  test('is told after an outage of seconds', async () => {
    const { parts, clock, state } = afterScene(OLD);
    const { snapshot } = await lookAtStateAfter(parts, { state: { exists: false } });
    state.body = NEW;
    const after = await lookAtStateAfter(parts, BEFORE);
    const { catalogue, ...stores } = await parts.openState();
    const weak = { ...stores, catalogue: { ...catalogue, open: awayTwice(catalogue.open) } };
    const openState = async () => weak;
    const comparing = changesSince({ ...BEFORE, snapshot }, after, { ...parts, openState });
    await clock.advance(1_500);
    expect(await comparing).toMatchObject({ changes: { added: ['terraform_data.made'] } });
  });

  test('is unknown without a snapshot *before*', async () => {
    const { parts } = afterScene(NEW);
    const after = await lookAtStateAfter(parts, BEFORE);
    expect(await changesSince(BEFORE, after, parts)).toEqual({
      changesUnknown: 'There is no snapshot from before this job.',
    });
  });

  test('is unknown if the snapshot does not come within 20 s: nobody waits for that', async () => {
    const { parts, clock } = afterScene(NEW);
    const after = await lookAtStateAfter(parts, BEFORE);
    const { state, catalogue } = await parts.openState();
    const open = () => new Promise<never>(() => {});
    const openState = async () => ({ state, catalogue: { ...catalogue, open } });
    const snapshot = { phase: 'before', bucket: 'b', key: 'k', created: true, doubts: [] } as const;
    const comparing = changesSince({ ...BEFORE, snapshot }, after, {
      openState,
      clock,
      random: () => 0,
      patienceMs: 20_000,
    });
    await clock.advance(19_999);
    expect(clock.sleeping()).toBe(1);
    await clock.advance(1);
    expect(await comparing).toEqual({ changesUnknown: 'No answer within 20 s.' });
  });

  test('is unknown if the snapshot cannot be opened, which is no failure', async () => {
    const { parts } = afterScene(NEW);
    const after = await lookAtStateAfter(parts, BEFORE);
    const snapshot = { phase: 'before', bucket: 'b', key: 'gone', created: true, doubts: [] } as const;
    expect(await changesSince({ ...BEFORE, snapshot }, after, parts)).toEqual({
      changesUnknown: 'The catalogue has no snapshot gone.',
    });
  });

  test.each<[string, StateAfter['reading']]>([
    ['did not change', { kind: 'unchanged' }],
    ['is gone', { kind: 'absent', doubts: [] }],
    ['could not be read', { kind: 'unknown' }],
  ])('is nothing where the state %s', async (_, reading) => {
    const { parts } = afterScene(NEW);
    expect(await changesSince(BEFORE, { reading }, parts)).toEqual({});
  });
});
