import { expect, test } from '@jest/globals';
import { digestId, isDigest, md5Hex, parseDigest } from '../../src/state/digest.js';

const EMPTY = 'd41d8cd98f00b204e9800998ecf8427e';

test('the digest of a state is the hex MD5 of its bytes', () => {
  expect(md5Hex(Buffer.from(''))).toBe(EMPTY);
  expect(md5Hex(Buffer.from('{}'))).toBe('99914b932bd37a50b983c5e7c90ae93b');
});

test('the digest has an item beside the lock', () => {
  expect(digestId('states', 'network/terraform.tfstate')).toBe('states/network/terraform.tfstate-md5');
});

test.each([
  [EMPTY, true, EMPTY],
  [EMPTY.toUpperCase(), false, EMPTY],
  [EMPTY.slice(1), false, undefined],
  [`${EMPTY}0`, false, undefined],
  [`g${EMPTY.slice(1)}`, false, undefined],
  [`${EMPTY}\n`, false, undefined],
  ['', false, undefined],
])('%j', (text, canonical, parsed) => {
  expect(isDigest(text)).toBe(canonical);
  expect(parseDigest(text)).toBe(parsed);
});
