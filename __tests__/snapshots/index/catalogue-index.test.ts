import { describe, expect, test } from '@jest/globals';
import { entryOf, isSameVersion, withSnapshot } from '../../../src/snapshots/index/catalogue-index.js';
import { seededRandom } from '../../../testing/hcl-mutations.js';

const random = seededRandom(7);
const pick = <T>(all: readonly [T, ...T[]]) => all[Math.floor(random() * all.length)] ?? all[0];

/** Few times and tags, so that many are equal. */
const randomSnapshots = () =>
  Array.from({ length: Math.floor(random() * 12) }, () => ({
    kind: pick(['verified', 'doubtful', 'errored', 'pre-restore'] as const),
    lastModified: pick([1_000, 2_000, 3_000]),
    tag: pick(['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc']),
    bytes: Math.floor(random() * 100),
  }));

test('an entry does not depend on the order in which snapshots are seen', () => {
  const cases = Array.from({ length: 1_000 }, randomSnapshots);
  const differing = cases.filter(
    (snapshots) => JSON.stringify(entryOf(snapshots.toReversed())) !== JSON.stringify(entryOf(snapshots)),
  );
  expect(differing).toEqual([]);
});

describe('an entry', () => {
  const at = (seconds: number, kind: 'verified' | 'doubtful' | 'errored' | 'pre-restore') => ({
    kind,
    lastModified: seconds * 1_000,
    tag: `${seconds}`.padStart(12, '0'),
    bytes: 10,
  });
  const mark = (seconds: number) => ({ lastModified: seconds * 1_000, tag: `${seconds}`.padStart(12, '0') });

  test('of an empty catalogue is none', () => {
    expect(entryOf([])).toBeUndefined();
  });

  test('has the newest version, and the newest that is verified', () => {
    const entry = entryOf([at(1, 'verified'), at(3, 'doubtful'), at(2, 'verified')]);
    expect(entry).toEqual({ newest: mark(3), verified: mark(2), count: 3, bytes: 30 });
  });

  test('counts copies of another kind, which are no version', () => {
    expect(entryOf([at(9, 'pre-restore'), at(8, 'errored')])).toEqual({ count: 2, bytes: 20 });
  });

  test('grows by a snapshot', () => {
    const entry = withSnapshot(
      { newest: mark(1), verified: mark(1), count: 5, bytes: 50 },
      at(2, 'verified'),
    );
    expect(entry).toEqual({ newest: mark(2), verified: mark(2), count: 6, bytes: 60 });
  });

  test('keeps the newer one where an older version comes later, as after a rollback', () => {
    const entry = withSnapshot({ newest: mark(3), verified: mark(3), count: 1, bytes: 1 }, at(2, 'verified'));
    expect(entry).toMatchObject({ newest: mark(3), verified: mark(3), count: 2 });
  });
});

test('a version is the same by its time and its tag', () => {
  const mark = { lastModified: 1_000, tag: 'a' };
  expect(isSameVersion(mark, { ...mark })).toBe(true);
  expect(isSameVersion(undefined, undefined)).toBe(true);
  expect(isSameVersion(mark, undefined)).toBe(false);
  expect(isSameVersion(mark, { ...mark, tag: 'b' })).toBe(false);
  expect(isSameVersion(mark, { ...mark, lastModified: 2_000 })).toBe(false);
});
