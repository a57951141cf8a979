import { expect, test } from '@jest/globals';
import { formatBytes, spellBytes } from '../../src/words/bytes.js';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_290, '1.2 kB'],
  [9_999, '9.9 kB'],
  [34_567, '34 kB'],
  [999_999, '999 kB'],
  [1_000_000, '1 MB'],
  [5_300_000_000, '5.3 GB'],
  [7e15, '7000 TB'],
])('%d bytes are %s to people', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test('in a summary the unit stays beside its number', () => expect(spellBytes(1_290)).toBe('1.2\u00a0kB'));
