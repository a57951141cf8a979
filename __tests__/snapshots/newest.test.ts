import { expect, test } from '@jest/globals';
import { newestSnapshots } from '../../src/snapshots/newest.js';
import { memoryCatalogue } from '../../testing/memory-catalogue.js';
import { testSnapshot } from '../../testing/test-data.js';

const named = (stamp: string, serial: number) =>
  `${stamp}-${String(serial).padStart(10, '0')}-0123456789ab.tfstate`;
const NAMES = [
  named('20261122T011551Z', 7),
  named('20261121T235959Z', 99),
  // Two versions of one second.
  named('20261122T011552Z', 8),
  named('20261122T011552Z', 9),
];

async function newestNames(most: number): Promise<{ names: string[]; total: number }> {
  const catalogue = memoryCatalogue();
  for (const name of NAMES) await catalogue.add(testSnapshot({ key: catalogue.prefix + name }));
  const { newest, total } = await newestSnapshots(catalogue, most);
  return { names: newest.map(({ key }) => key.slice(catalogue.prefix.length)), total };
}

test('the newest come first, by the time of their state, then by its serial', async () => {
  expect(await newestNames(10)).toEqual({ names: [NAMES[3], NAMES[2], NAMES[0], NAMES[1]], total: 4 });
});

test('no more than wanted, and how many there are', async () => {
  expect(await newestNames(2)).toEqual({ names: [NAMES[3], NAMES[2]], total: 4 });
});

test('of a long catalogue, the newest are kept, wherever they stand in it', async () => {
  const catalogue = memoryCatalogue();
  const at = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString();
  const stampOf = (index: number) => at(index).replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
  // Neither ascending nor descending: 7 and 2,500 have no common divisor.
  const order = Array.from({ length: 2_500 }, (_, index) => (index * 7) % 2_500);
  const snapshot = testSnapshot();
  for (const index of order)
    await catalogue.add({ ...snapshot, key: catalogue.prefix + named(stampOf(index), index) });
  const { newest, total } = await newestSnapshots(catalogue, 3);
  expect({ serials: newest.map(({ serial }) => serial), total }).toEqual({
    serials: [2_499, 2_498, 2_497],
    total: 2_500,
  });
  expect((await newestSnapshots(catalogue, Number.POSITIVE_INFINITY)).newest).toHaveLength(2_500);
});
