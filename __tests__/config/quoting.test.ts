import { expect, test } from '@jest/globals';
import { orList, quote } from '../../src/config/quoting.js';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a or b'],
  [['a', 'b', 'c'], 'a, b or c'],
])('orList(%j) is %j', (words, text) => {
  expect(orList(words)).toBe(text);
});

test.each([
  ['plain', '"plain"'],
  ['two\nlines and "quotes"', '"two\\nlines and \\"quotes\\""'],
  ['x'.repeat(200), `"${'x'.repeat(200)}"`],
  ['x'.repeat(203), `"${'x'.repeat(200)}" and 3 more characters`],
])('quote keeps a message on one line and short: %j', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});
