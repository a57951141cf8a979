import { describe, expect, test } from '@jest/globals';
import {
  type CataloguedSnapshot,
  entryOf,
  type IndexEntry,
} from '../../../src/snapshots/index/catalogue-index.js';
import {
  differencesBetween,
  type KeyRange,
  listEntries,
  nextInRotation,
  rangesOf,
} from '../../../src/snapshots/index/reconcile.js';

const PATHS = Array.from({ length: 2_000 }, (_, number) => `${String(number).padStart(4, '0')}.tfstate`);

const version = (seconds: number) => ({ lastModified: seconds * 1_000, tag: `${seconds}`.padStart(12, '0') });

function snapshotsOf(statePath: string, count: number): CataloguedSnapshot[] {
  return Array.from({ length: count }, (_, index) => {
    const { lastModified, tag } = version(index + 1);
    const key = `${statePath}/2026010${index}T000000Z`;
    return { statePath, key, kind: 'verified', lastModified, tag, serial: 1, bytes: 10, storedAt: 0 };
  });
}

/** Keys as a store orders and cuts them. */
function listingOf(snapshots: readonly CataloguedSnapshot[]) {
  const asked: KeyRange[] = [];
  const sorted = snapshots.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const list = async function* (range: KeyRange) {
    asked.push(range);
    yield* sorted.filter(
      ({ key }) => key > (range.after ?? '') && (range.upTo === undefined || key <= range.upTo),
    );
  };
  return { list, asked };
}

describe('all catalogues', () => {
  test('are listed in parts that leave nothing out, states included that nobody asked for', async () => {
    const gone = ['!first', '0999.tfstate.gone', 'zz/last'];
    const all = [...PATHS, ...gone].flatMap((path) => snapshotsOf(path, 2));
    const { list, asked } = listingOf(all);
    const entries = await listEntries(list, PATHS);
    expect(entries.size).toBe(2_003);
    expect(asked).toHaveLength(8);
    expect([...entries.values()].filter(({ count }) => count !== 2)).toEqual([]);
    expect(entries.get('zz/last')).toEqual({ newest: version(2), verified: version(2), count: 2, bytes: 20 });
  });

  test('are whole where a state path cuts one in two', async () => {
    // `0250.tfstate/20260101T` sorts between two snapshots of `0250.tfstate`.
    const cutting = PATHS.map((path, index) => (index === 250 ? '0250.tfstate/20260101T' : path));
    const { list, asked } = listingOf([...PATHS].flatMap((path) => snapshotsOf(path, 3)));
    const entries = await listEntries(list, cutting);
    expect(asked.map(({ upTo }) => upTo)).toContain('0250.tfstate/20260101T');
    expect(entries.get('0250.tfstate')).toEqual(entryOf(snapshotsOf('0250.tfstate', 3)));
  });
});

test.each([
  [0, 1],
  [250, 1],
  [251, 2],
  [1_000_000, 16],
])('%d states are listed in %d parts, one behind the other', (states, parts) => {
  const ranges = rangesOf(Array.from({ length: states }, (_, number) => `${number}`.padStart(7, '0')));
  expect(ranges).toHaveLength(parts);
  expect(ranges[0]?.after).toBeUndefined();
  expect(ranges.at(-1)?.upTo).toBeUndefined();
  expect(ranges.slice(1).map(({ after }) => after)).toEqual(ranges.slice(0, -1).map(({ upTo }) => upTo));
});

describe('what an index said, and what there is', () => {
  const entry = (newest: number, verified?: number, count = 1): IndexEntry => ({
    newest: version(newest),
    ...(verified !== undefined && { verified: version(verified) }),
    count,
    bytes: 10,
  });
  const compared = (known: IndexEntry | undefined, listed: IndexEntry | undefined) =>
    differencesBetween(new Map(known && [['a', known]]), new Map(listed && [['a', listed]])).map(
      ({ kind }) => kind,
    );

  test.each<[string, IndexEntry | undefined, IndexEntry | undefined, string[]]>([
    ['are the same', entry(2, 2), entry(2, 2), []],
    ['differ by a later snapshot', entry(2, 2), entry(3, 3, 2), ['behind']],
    ['differ by a catalogue that is new', undefined, entry(1, 1), ['behind']],
    ['differ by old snapshots that went', entry(2, 2, 5), entry(2, 2, 1), ['behind']],
    ['differ by the newest verified one, which is gone', entry(2, 2, 2), entry(1, 1), ['missing']],
    [
      'differ by another of the same second',
      entry(2, 2),
      { ...entry(2), verified: { ...version(2), tag: 'x' } },
      ['missing'],
    ],
    ['differ by a whole catalogue, which is gone', entry(2, 2), undefined, ['missing']],
    ['differ by the newest one, which was doubtful', entry(2, 1, 2), entry(1, 1), ['behind']],
  ])('%s', (_, known, listed, kinds) => {
    expect(compared(known, listed)).toEqual(kinds);
  });
});

describe('the rotation', () => {
  const entries = new Map(['d', 'a', 'c', 'b'].map((path) => [path, { count: 1, bytes: 1 }]));

  test.each<[string | undefined, string[]]>([
    [undefined, ['a', 'b', 'c']],
    ['a', ['b', 'c', 'd']],
    ['c', ['d', 'a', 'b']],
    ['d', ['a', 'b', 'c']],
    ['bb', ['c', 'd', 'a']],
  ])('after %s goes on with %j', (last, next) => {
    expect(nextInRotation(entries, last, 3)).toEqual(next);
  });

  test('takes no state twice', () => {
    expect(nextInRotation(entries, 'b', 8)).toEqual(['c', 'd', 'a', 'b']);
  });
});
