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
