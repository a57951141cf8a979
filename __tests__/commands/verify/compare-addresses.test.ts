import { expect, test } from '@jest/globals';
import { differenceOfAddresses } from '../../../src/commands/verify/drill/compare-addresses.js';

const resources = (...addresses: readonly string[]) => new Map(addresses.map((address) => [address, '']));

test.each([
  ['the same, in another order', ['a.b', 'c.d[0]'], ['c.d[0]', 'a.b'], undefined],
  ['nothing at all', [], [], undefined],
  ['a deposed object beside the current one', ['a.b', 'a.b (deposed 1a2b3c4d)'], ['a.b'], undefined],
  ['an instance that has a deposed object alone', ['a.b (deposed 1a2b3c4d)'], ['a.b'], undefined],
  [
    'a key that only looks like a deposed object',
    ['a.b["x (deposed 1)"]'],
    ['a.b["x (deposed 1)"]'],
    undefined,
  ],
  ['one is not listed', ['a.b', 'c.d'], ['a.b'], { missing: ['c.d'], unexpected: [] }],
  ['one is listed that is not in it', ['a.b'], ['a.b', 'c.d'], { missing: [], unexpected: ['c.d'] }],
])('%s', (_, inSnapshot, listed, difference) => {
  expect(differenceOfAddresses(resources(...inSnapshot), listed)).toEqual(difference);
});
