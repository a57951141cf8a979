import { expect, test } from '@jest/globals';
import { compareResources } from '../../src/state/resources.js';

const resources = (text: string) =>
  new Map(text.split(' ').map((pair) => pair.split('=') as [string, string]));

test('two states are compared to additions, removals and changes, in natural order', () => {
  const before = resources('same=1 a.x[10]=1 a.x[9]=1 b.gone[10]=1 b.gone[2]=1');
  const after = resources('c.new[11]=1 c.new[3]=1 a.x[9]=2 a.x[10]=2 same=1');

  expect(compareResources(before, after)).toEqual({
    added: ['c.new[3]', 'c.new[11]'],
    removed: ['b.gone[2]', 'b.gone[10]'],
    changed: ['a.x[9]', 'a.x[10]'],
  });
});

test('two states of the same resources do not differ', () => {
  expect(compareResources(resources('a=1'), resources('a=1'))).toEqual({
    added: [],
    removed: [],
    changed: [],
  });
});
