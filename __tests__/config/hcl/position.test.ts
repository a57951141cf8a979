import { expect, test } from '@jest/globals';
import { readArguments } from '../../../src/config/hcl/hcl.js';
import { positionsIn } from '../../../src/config/hcl/position.js';

test.each([
  ['a', 0, 1, 1],
  ['a', 1, 1, 2],
  ['ab\ncd', 3, 2, 1],
  ['ab\r\ncd', 5, 2, 2],
  ['\n\n', 2, 3, 1],
  ['\ta', 1, 1, 2],
  ['é = x', 4, 1, 5],
  ['e\u0301 = x', 5, 1, 5],
  ['👩‍👩‍👧 x', 9, 1, 3],
  ['日本 x', 3, 1, 4],
])('in %j, offset %d is at line %d, column %d', (text, offset, line, column) => {
  expect(positionsIn(text)(offset)).toEqual({ line, column });
});

test('a byte order mark has no place', () => {
  const reading = readArguments('\ufeffa = 1\n');
  expect(reading.kind === 'read' && reading.what.get('a')?.position).toEqual({ line: 1, column: 1 });
});

test('far behind in a line, code points are counted', () => {
  const text = `${'e\u0301'.repeat(1000)}x`;
  expect(positionsIn(text)(2000)).toEqual({ line: 1, column: 2001 });
});
