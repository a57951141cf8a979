import { describe, expect, test } from '@jest/globals';
import { chooseSnapshots } from '../../../src/snapshots/verification/selection.js';
import { listed } from './listed.js';

const CATALOGUE = [...[1, 2, 3, 4].map((serial) => listed(serial, serial)), listed(5, 5, 'doubtful')];
const serials = (snapshots: readonly { readonly serial: number }[]) => snapshots.map(({ serial }) => serial);
/** What is drawn of a list: its first, its last. */
const FIRST = () => 0;
const LAST = () => 0.999;

describe('what is read', () => {
  test('newest: the newest verified one', () => {
    expect(serials(chooseSnapshots(CATALOGUE, { kind: 'newest' }, FIRST))).toEqual([4]);
  });

  test('newest, where none is verified: nothing', () => {
    expect(chooseSnapshots([listed(1, 1, 'doubtful')], { kind: 'newest' }, FIRST)).toEqual([]);
  });

  test.each<[others: number, random: () => number, expected: readonly number[]]>([
    [0, FIRST, [4]],
    [1, FIRST, [1, 4]],
    [2, LAST, [3, 4, 5]],
    [9, FIRST, [1, 2, 3, 4, 5]],
  ])('sample of %s others: the newest verified one and so many, each once', (others, random, expected) => {
    expect(serials(chooseSnapshots(CATALOGUE, { kind: 'sample', others }, random))).toEqual(expected);
  });

  test('sample: any of the others may come', () => {
    const drawn = new Set<number>();
    for (let at = 0; at < 4; at++) {
      for (const { serial } of chooseSnapshots(CATALOGUE, { kind: 'sample', others: 1 }, () => at / 4))
        drawn.add(serial);
    }
    expect([...drawn].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test('all: all', () => {
    expect(chooseSnapshots(CATALOGUE, { kind: 'all' }, FIRST)).toEqual(CATALOGUE);
  });

  test('whatever the depth, those of which the names raise a question', () => {
    const catalogue = [listed(0, 1), listed(1, 7), listed(2, 7), listed(3, 9), listed(4, 8), listed(5, 10)];
    expect(serials(chooseSnapshots(catalogue, { kind: 'newest' }, FIRST))).toEqual([7, 7, 9, 8, 10]);
  });
});
