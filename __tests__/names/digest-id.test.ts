import { expect, test } from '@jest/globals';
import { digestId } from '../../src/names/digest-id.js';

test('the digest has an item beside the lock', () => {
  expect(digestId('states', 'network/terraform.tfstate')).toBe('states/network/terraform.tfstate-md5');
});
