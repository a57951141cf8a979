import { expect, test } from '@jest/globals';
import { md5Hex, parseDigest } from '../../src/state/digest.js';

const EMPTY = 'd41d8cd98f00b204e9800998ecf8427e';

test('the digest of a state is the hex MD5 of its bytes', () => {
  expect(md5Hex(Buffer.from(''))).toBe(EMPTY);
  expect(md5Hex(Buffer.from('{}'))).toBe('99914b932bd37a50b983c5e7c90ae93b');
});

test.each([
  [EMPTY, EMPTY],
  [EMPTY.toUpperCase(), EMPTY],
  [EMPTY.slice(1), undefined],
  [`${EMPTY}0`, undefined],
  [`g${EMPTY.slice(1)}`, undefined],
  [`${EMPTY}\n`, undefined],
  ['', undefined],
])('of a stored digest, %j, what counts is %j', (text, parsed) => {
  expect(parseDigest(text)).toBe(parsed);
});
