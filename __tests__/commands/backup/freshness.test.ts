import { describe, expect, test } from '@jest/globals';
import { oldestSnapshotAge, staleStates } from '../../../src/commands/backup/freshness.js';
import type { Result } from '../../../src/commands/backup/outcomes.js';
import { Failure } from '../../../src/words/failure.js';
import { copied, listedState, outcome } from '../../../testing/backup-outcomes.js';
import { START } from '../../../testing/fake-clock.js';

const HOUR_MS = 3_600_000;
const FAILED: Result = { kind: 'failed', failure: new Failure('Access denied', 'No.') };
const { kind: _, ...COPY } = copied('a') as Extract<Result, { kind: 'copied' }>;

const changed = (hoursAgo: number, result: Result) =>
  outcome('a', result, { state: listedState('a', { lastModified: START - hoursAgo * HOUR_MS }) });

describe('a change is without a verified snapshot for too long', () => {
  test.each<[string, Result, number, boolean]>([
    ['where it could not be copied', FAILED, 25, true],
    ['where its copy is doubtful', { kind: 'doubtful', doubts: ['It is none.'], ...COPY }, 25, true],
    ['not before that', FAILED, 24, false],
    ['not where it was copied', copied('a'), 1_000, false],
    ['not where it had its snapshot', { kind: 'unchanged', found: false }, 1_000, false],
    ['not where the state is gone', { kind: 'gone' }, 1_000, false],
  ])('%s', (_name, result, hoursAgo, isStale) => {
    const rule = { now: START, maxAgeMs: 24 * HOUR_MS };
    expect(staleStates([changed(hoursAgo, result)], rule)).toHaveLength(isStale ? 1 : 0);
  });

  test('never where nobody says how long that is', () => {
    expect(staleStates([changed(10_000, FAILED)], { now: START })).toEqual([]);
  });
});

describe('the oldest of the newest verified snapshots', () => {
  const aged = (hoursAgo: number) => {
    const verified = { lastModified: START - hoursAgo * HOUR_MS, tag: 'a' };
    return outcome('a', FAILED, { entry: { newest: verified, verified, count: 1, bytes: 1 } });
  };
  test('counts, also where the state could not be copied this time', () => {
    expect(oldestSnapshotAge([aged(3), aged(7), aged(5)], START)).toBe(7 * HOUR_MS);
  });
  test('is unknown where there is none', () => {
    expect(oldestSnapshotAge([outcome('a', FAILED)], START)).toBeUndefined();
  });
  test('is never of the future', () => {
    expect(oldestSnapshotAge([aged(-3)], START)).toBe(0);
  });
});
