import { describe, expect, test } from '@jest/globals';
import { fallsByName, type ReadSnapshot, serialDoubts } from '../../../src/snapshots/verification/serials.js';
import { listed, read } from './listed.js';

/** What is said of each, by serial and kind. */
const doubted = (snapshots: readonly ReadSnapshot[], others: readonly ReturnType<typeof listed>[] = []) => {
  const all = [...snapshots.map(({ snapshot }) => snapshot), ...others];
  return serialDoubts(snapshots, all).map(({ snapshot: { serial }, doubt }) => `${doubt.kind} ${serial}`);
};

describe('a serial that falls in time', () => {
  test.each([
    ['rises', [1, 2, 3], []],
    ['rises with gaps', [1, 40, 9_000], []],
    ['stays, with the same content', [1, 1], []],
    ['falls', [5, 3], ['falling-serial 3']],
    ['falls, and goes on from there', [5, 3, 4, 6], ['falling-serial 3']],
    ['falls twice', [5, 3, 1], ['falling-serial 3', 'falling-serial 1']],
  ])('%s', (_, serials, doubts) => {
    expect(doubted(serials.map((serial, day) => read(listed(day, serial))))).toEqual(doubts);
  });

  test('counts within one lineage: a state that was made anew begins again', () => {
    const snapshots = [read(listed(0, 9)), read(listed(1, 1), { lineage: 'two' }), read(listed(2, 8))];
    expect(doubted(snapshots)).toEqual(['falling-serial 8']);
  });

  test('names the snapshot before it', () => {
    const [high, low] = [listed(0, 5), listed(1, 3)];
    expect(
      serialDoubts(
        [high, low].map((each) => read(each)),
        [high, low],
      ),
    ).toEqual([
      { snapshot: low, doubt: { kind: 'falling-serial', serial: 3, other: high.key, otherSerial: 5 } },
    ]);
  });

  const ENCRYPTED = { encrypted: true };
  test.each([
    ['an encrypted state that a restore put back', ENCRYPTED, 'pre-restore', []],
    ['a state in clear, which a restore always raises', {}, 'pre-restore', ['falling-serial 3']],
    ['an encrypted state beside a doubtful copy', ENCRYPTED, 'doubtful', ['falling-serial 3']],
  ] as const)('%s', (_, differences, kind, doubts) => {
    const snapshots = [read(listed(0, 5), differences), read(listed(1, 3), differences)];
    expect(doubted(snapshots, [listed(0, 5, kind)])).toEqual(doubts);
  });

  test('a restore that lies elsewhere explains nothing', () => {
    const snapshots = [read(listed(3, 5), ENCRYPTED), read(listed(4, 3), ENCRYPTED)];
    for (const day of [1, 4])
      expect(doubted(snapshots, [listed(day, 5, 'pre-restore')])).toEqual(['falling-serial 3']);
  });
});

describe('two contents under one serial', () => {
  const other = { sha256: 'other' };
  test.each([
    ['of one lineage are a doubt', {}, other, ['same-serial 2']],
    ['of two lineages are none', {}, { ...other, lineage: 'two' }, []],
    [
      'that OpenTofu has encrypted cannot be compared',
      { encrypted: true },
      { ...other, encrypted: true },
      [],
    ],
  ])('%s', (_, first, second, doubts) => {
    expect(doubted([read(listed(0, 2), first), read(listed(1, 2), second)])).toEqual(doubts);
  });

  test('are told of each that is not as the first', () => {
    const snapshots = [
      read(listed(0, 2)),
      read(listed(1, 2), other),
      read(listed(2, 2)),
      read(listed(3, 2), other),
    ];
    expect(doubted(snapshots)).toEqual(['same-serial 2', 'same-serial 2']);
  });
});

test('falls are found by names, between verified snapshots alone', () => {
  const [high, low] = [listed(0, 5), listed(3, 3)];
  const between = [listed(1, 1, 'doubtful'), listed(2, 1, 'errored')];
  expect(fallsByName([high, ...between, low])).toEqual([[high, low]]);
  expect(fallsByName([low, high])).toEqual([]);
});
