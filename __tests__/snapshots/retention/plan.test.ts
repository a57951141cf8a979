import { describe, expect, test } from '@jest/globals';
import type { RetentionRule } from '../../../src/config/settings.js';
import type { SnapshotKind } from '../../../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../../../src/snapshots/catalogue.js';
import { planRetention, type RetentionFacts } from '../../../src/snapshots/retention/plan.js';
import { listedSnapshot } from '../../../testing/retention-cases.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
const LAST_1: RetentionRule = { kind: 'count', per: 'snapshot', count: 1 };
const DAILY_2: RetentionRule = { kind: 'count', per: 'day', count: 2 };

/** A snapshot of so many days ago. */
const daysAgo = (days: number, parts: Parameters<typeof listedSnapshot>[1] = {}) =>
  listedSnapshot(NOW - days * DAY_MS, parts);

/** Newest first: the age of each in days, and its reasons; one without any is removed. */
function reasonsOf(snapshots: readonly ListedSnapshot[], facts: Partial<RetentionFacts> = {}) {
  const plan = planRetention({ snapshots, rules: [LAST_1], now: NOW, currentTag: 'another', ...facts });
  return [...plan.keep, ...plan.remove.map((snapshot) => ({ snapshot, reasons: [] }))]
    .sort((one, other) => other.snapshot.lastModified - one.snapshot.lastModified)
    .map(({ snapshot, reasons }) => [
      (NOW - snapshot.lastModified) / DAY_MS,
      ...reasons.map((reason) => (reason.kind === 'rule' ? reason.rule.per : reason.kind)),
    ]);
}

describe('what the rules keep is kept, each for all its reasons, and the rest goes', () => {
  test('by several rules', () => {
    const snapshots = [1, 1.25, 2, 3].map((days) => daysAgo(days));
    expect(reasonsOf(snapshots, { rules: [LAST_1, DAILY_2] })).toEqual([
      [1, 'snapshot', 'day', 'newest', 'newest-verified'],
      [1.25],
      [2, 'day'],
      [3],
    ]);
  });

  test('the oldest, while a rule asks for more days than there are', () => {
    const snapshots = [1, 1.125, 1.25].map((days) => daysAgo(days));
    const { keep } = planRetention({ snapshots, rules: [DAILY_2], now: NOW, currentTag: 'another' });
    expect(keep.map(({ reasons }) => reasons[0])).toEqual([
      { kind: 'rule', rule: DAILY_2, asOldest: false },
      { kind: 'rule', rule: DAILY_2, asOldest: true },
    ]);
  });

  test('within a time that is counted from the newest, however old that is', () => {
    const duration = { years: 0, months: 0, days: 7, hours: 0 };
    const rules = [{ kind: 'within', per: 'snapshot', duration } as const];
    const snapshots = [100, 106.75, 107].map((days) => daysAgo(days));
    expect(reasonsOf(snapshots, { rules })).toEqual([
      [100, 'snapshot', 'newest', 'newest-verified'],
      [106.75, 'snapshot'],
      [107],
    ]);
  });

  test('both lists are newest first', () => {
    const snapshots = [3, 1, 2].map((days) => daysAgo(days));
    const { keep, remove } = planRetention({ snapshots, rules: [LAST_1], now: NOW, currentTag: '' });
    expect(keep.map(({ snapshot }) => snapshot)).toEqual([snapshots[1]]);
    expect(remove).toEqual([snapshots[2], snapshots[0]]);
  });

  test('where nothing else tells two apart, their keys do', () => {
    const [one, other] = ['a', 'b'].map((key) => ({ ...daysAgo(1), key }));
    for (const snapshots of [
      [one, other],
      [other, one],
    ])
      expect(
        planRetention({ snapshots: snapshots as ListedSnapshot[], rules: [LAST_1], now: NOW, currentTag: '' })
          .remove,
      ).toEqual([one]);
  });

  test('each once, however often the store lists it', () => {
    const snapshots = [1, 2, 3].map((days) => daysAgo(days));
    const repeated = snapshots.flatMap((snapshot) => [snapshot, { ...snapshot }]);
    const facts = { rules: [DAILY_2], now: NOW, currentTag: 'another' };
    expect(planRetention({ ...facts, snapshots: repeated })).toEqual(planRetention({ ...facts, snapshots }));
  });

  test('of an empty catalogue, nothing', () => {
    expect(reasonsOf([])).toEqual([]);
  });
});

describe('whatever the rules say, there stays', () => {
  test('everything, without a rule', () => {
    expect(reasonsOf([daysAgo(1), daysAgo(2)], { rules: [] })).toEqual([
      [1, 'no-rule', 'newest', 'newest-verified'],
      [2, 'no-rule'],
    ]);
  });

  test('everything, once the state is gone', () => {
    expect(reasonsOf([daysAgo(1), daysAgo(2)], { currentTag: undefined })).toEqual([
      [1, 'snapshot', 'no-state', 'newest', 'newest-verified'],
      [2, 'no-state'],
    ]);
  });

  test('the newest real one, where another is of the future', () => {
    expect(reasonsOf([daysAgo(-1), daysAgo(1), daysAgo(2)])).toEqual([
      [-1, 'snapshot'],
      [1, 'newest', 'newest-verified'],
      [2],
    ]);
  });

  test('one, where all are of the future', () => {
    expect(reasonsOf([daysAgo(-1), daysAgo(-2)])).toEqual([[-2, 'snapshot', 'newest-verified'], [-1]]);
  });

  test('the newest verified one, and the newest', () => {
    expect(reasonsOf([daysAgo(1, { kind: 'doubtful' }), daysAgo(2), daysAgo(3)])).toEqual([
      [1, 'newest', 'beside'],
      [2, 'snapshot', 'newest-verified'],
      [3],
    ]);
  });

  test('that of the version which the state has now, however old', () => {
    const current = daysAgo(3);
    expect(reasonsOf([daysAgo(1), daysAgo(2), current], { currentTag: current.tag })).toEqual([
      [1, 'snapshot', 'newest', 'newest-verified'],
      [2],
      [3, 'current'],
    ]);
  });
});

describe.each<SnapshotKind>(['doubtful', 'errored', 'pre-restore'])('a copy that is %s', (kind) => {
  test('takes the place of no verified one', () => {
    const snapshots = [daysAgo(1), daysAgo(2, { kind }), daysAgo(3), daysAgo(4)];
    expect(reasonsOf(snapshots, { rules: [DAILY_2] })).toContainEqual([3, 'day']);
  });

  test('goes with the verified ones before and after it, and not without', () => {
    const snapshots = [1, 2, 3, 4].map((days) => daysAgo(days));
    const storedAt = NOW - 30 * DAY_MS;
    const copies = [0.5, 1.5, 2.5, 4.5].map((days) => daysAgo(days, { kind, storedAt }));
    expect(reasonsOf([...snapshots, ...copies])).toEqual([
      [0.5, 'newest', 'beside'],
      [1, 'snapshot', 'newest-verified'],
      [1.5, 'beside'],
      [2],
      [2.5],
      [3],
      [4],
      [4.5],
    ]);
  });

  test('stays where there is no verified one at all', () => {
    const storedAt = NOW - 30 * DAY_MS;
    const copies = [1, 20].map((days) => daysAgo(days, { kind, storedAt }));
    expect(reasonsOf(copies)).toEqual([
      [1, 'newest', 'beside'],
      [20, 'beside'],
    ]);
  });
});

test.each([
  [6.5, ['recent-restore']],
  [7, []],
])('a copy from before a restore that was stored %s days ago stays because of %j', (days, reasons) => {
  const copy = daysAgo(100, { kind: 'pre-restore', storedAt: NOW - days * DAY_MS });
  expect(reasonsOf([daysAgo(1), daysAgo(2), copy, daysAgo(200)])).toContainEqual([100, ...reasons]);
});
