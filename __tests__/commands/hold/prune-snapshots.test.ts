import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { release } from '../../../src/commands/hold/release.js';
import type { Retention } from '../../../src/config/settings.js';
import { BackendError } from '../../../src/job/backend-error.js';
import type { Catalogue, Removal } from '../../../src/snapshots/catalogue.js';
import { type CommandScene, commandScene } from '../../../testing/command-scene.js';
import { memoryState } from '../../../testing/memory-state.js';
import { listedSnapshot } from '../../../testing/retention-cases.js';
import { LOCK_PATH, stateBody, testSettings, testSnapshot } from '../../../testing/test-data.js';

const OLD = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => listedSnapshot(Date.parse(day)).key);
const LAST_2: Retention = { rules: [{ kind: 'count', per: 'snapshot', count: 2 }], dryRun: false };
const DENIED = new BackendError({
  kind: 'access-denied',
  action: 's3:DeleteObject',
  resource: 'arn:aws:s3:::backups/lockkeeper/*',
  detail: 'No.',
});

/** A job that changed the state, with three snapshots of earlier ones, and what post did. */
async function afterJob({
  retention = LAST_2 as Retention | undefined,
  phases = ['before', 'after'] as const,
  catalogue = {} as Partial<Catalogue>,
  between = (_: CommandScene) => {},
} = {}) {
  const scene = commandScene();
  for (const key of OLD) scene.catalogue.snapshots.set(key, testSnapshot({ key }));
  await acquire(scene.acquireParts({ settings: testSettings({ backup: { retention, phases } }) }));
  scene.state.body = stateBody({ serial: 8 });
  between(scene);
  const { length } = scene.report.log;
  const openState = async () => ({
    state: memoryState(scene.state),
    catalogue: { ...scene.catalogue, ...catalogue },
  });
  const error: unknown = await release(scene.releaseParts({ openState })).catch((thrown: unknown) => thrown);
  return {
    error,
    log: scene.report.log.slice(length),
    summary: scene.report.summaries.map(renderMarkdown).join(''),
    left: [...scene.catalogue.snapshots.keys()],
    removedOld: OLD.filter((key) => !scene.catalogue.snapshots.has(key)),
  };
}

/** A catalogue that does with what is to be removed as it is told. */
const whereRemoved = (removalOf: (key: string, index: number) => Removal): Partial<Catalogue> => ({
  remove: async (keys) => keys.map(removalOf),
});

const NOTHING_TOUCHED = {
  list: async function* () {
    yield await Promise.reject(new Error('Nobody asked for this.'));
  },
  remove: () => Promise.reject(new Error('Nobody asked for this.')),
};

test('what no rule keeps is removed once the lock is free, and the log and the summary say so', async () => {
  const { error, log, summary, removedOld, left } = await afterJob();
  expect(error).toBeUndefined();
  expect(removedOld).toEqual(OLD);
  expect(left).toHaveLength(2);
  expect(log.slice(1)).toEqual([
    `Released the lock ${LOCK_PATH}.`,
    expect.stringMatching(/^Retention of snapshots: 3 removed, 2 kept, the oldest of 2026-.* ago\.$/),
  ]);
  expect(summary).toContain('**Snapshots of this state:** 2 kept, 3 removed');
});

test('what this job stored and removed again is not told as if it were there', async () => {
  const retention: Retention = { rules: [{ kind: 'count', per: 'snapshot', count: 1 }], dryRun: false };
  const { summary, left } = await afterJob({ retention });
  expect(left).toHaveLength(1);
  expect(summary).toMatch(/Snapshot before:.* stored by this job, removed by the retention/);
  expect(summary).toMatch(/Snapshot after:.* stored by this job\n/);
});

test('a dry run removes nothing, and tells of each snapshot what would become of it and why', async () => {
  const { log, summary, removedOld } = await afterJob({ retention: { ...LAST_2, dryRun: true } });
  expect(removedOld).toEqual([]);
  expect(log.slice(2)).toEqual([
    expect.stringMatching(
      /^group: Retention of snapshots, dry run: 3 would be removed, 2 kept, the oldest of /,
    ),
    expect.stringMatching(
      /^ {2}keep {4}2026.*\.tfstate: keep_last 2; the newest; the newest verified one; the version that the state has now$/,
    ),
    expect.stringMatching(/^ {2}keep {4}2026.*\.tfstate: keep_last 2$/),
    ...[...OLD].reverse().map((key) => `  remove  ${key.slice(key.lastIndexOf('/') + 1)}`),
  ]);
  expect(summary).toContain('**Snapshots of this state:** 2 kept, 3 would be removed (dry run)');
});

describe('nothing is listed and nothing removed', () => {
  test('where nothing says what to keep', async () => {
    const { error, log } = await afterJob({ retention: undefined, catalogue: NOTHING_TOUCHED });
    expect(error).toBeUndefined();
    expect(log.join()).not.toContain('etention');
  });

  test.each<[string, (scene: CommandScene) => void]>([
    ['of a state that is gone', ({ state }) => Object.assign(state, { body: undefined })],
    ['where the lock was lost', ({ record }) => Object.assign(record, { text: undefined })],
  ])('%s', async (_, between) => {
    const { log, removedOld } = await afterJob({ between, catalogue: NOTHING_TOUCHED });
    expect(log.join()).not.toContain('etention');
    expect(log.join()).not.toContain('were not removed');
    expect(removedOld).toEqual([]);
  });

  test('where the snapshot after could not be stored', async () => {
    const add = () => Promise.reject(DENIED);
    const { error, log, removedOld } = await afterJob({ catalogue: { ...NOTHING_TOUCHED, add } });
    expect(error).toBeInstanceOf(AggregateError);
    expect(log.join()).not.toContain('were not removed');
    expect(removedOld).toEqual([]);
  });
});

test('without snapshots of its own, a job still removes old ones', async () => {
  const { removedOld } = await afterJob({ phases: [] as never });
  expect(removedOld).toEqual(OLD.slice(0, 1));
});

describe('what does not work is a warning, and the job stays green', () => {
  test('where the snapshots cannot be listed', async () => {
    const { error, log, summary } = await afterJob({
      catalogue: {
        list: async function* () {
          yield await Promise.reject(DENIED);
        },
      },
    });
    expect(error).toBeUndefined();
    expect(log.at(-1)).toMatch(
      /^warning: Snapshots not removed: Old snapshots were not removed: The permission/,
    );
    expect(summary).not.toContain('Snapshots of this state');
  });

  test('where they may not be removed', async () => {
    const { error, log, summary } = await afterJob({
      catalogue: whereRemoved((key) => ({ kind: 'refused', key, error: DENIED })),
    });
    expect(error).toBeUndefined();
    expect(log.at(-1)).toContain(
      'Not all old snapshots were removed, 3 are left: The permission s3:DeleteObject on',
    );
    expect(summary).toContain('**Snapshots of this state:** 2 kept, 0 removed, 3 not removed');
  });
});

test('of a catalogue that has nothing, that is said', async () => {
  const { log, summary } = await afterJob({ catalogue: { list: async function* () {} } });
  expect(log.at(-1)).toBe('Retention of snapshots: 0 removed, 0 kept.');
  expect(summary).toContain('**Snapshots of this state:** 0 kept, 0 removed');
});

const UNTIL = Date.parse('2027-01-01T00:00:00Z');

test.each<[string, (index: number) => { readonly until?: number }, string]>([
  [
    'by both kinds of locks',
    (index) => (index > 0 ? { until: UNTIL - index } : {}),
    ', until 2026-12-31T23:59:59.999Z at the latest, 1 by a legal hold',
  ],
  ['by retention', () => ({ until: UNTIL }), ', until 2027-01-01T00:00:00.000Z at the latest'],
  ['by legal holds', () => ({}), ', 3 by a legal hold'],
])('what is locked %s stays, and the log says until when', async (_, lockOf, until) => {
  const { log, summary } = await afterJob({
    catalogue: whereRemoved((key, index) => ({ kind: 'locked', key, ...lockOf(index) })),
  });
  expect(log.at(-1)).toBe(`Object Lock holds 3 of the snapshots that no rule keeps${until}. They stay.`);
  expect(summary).toContain('**Snapshots of this state:** 2 kept, 0 removed, 3 locked');
});
