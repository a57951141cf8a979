import { describe, expect, test } from '@jest/globals';
import { formatHeldMark, heldVariable, parseHeldMark } from '../../src/names/held-variable.js';

test('the variable is short, and of one lock only', () => {
  expect(heldVariable('states/network/terraform.tfstate')).toBe('LOCKKEEPER_HELD_a10c595bd9d0');
  expect(heldVariable('states/network/terrafrom.tfstate')).not.toBe(
    heldVariable('states/network/terraform.tfstate'),
  );
});

describe('its value is the kind and the ID', () => {
  test.each(['dynamodb', 'lockfile', 'both'] as const)('%s', (kind) => {
    const mark = { kind, id: '11111111-1111-4111-8111-111111111111' };
    expect(formatHeldMark(mark)).toBe(`${kind}:11111111-1111-4111-8111-111111111111`);
    expect(parseHeldMark(formatHeldMark(mark))).toEqual(mark);
  });
  test.each(['', 'dynamodb', 'dynamodb:', 'none:1', 'x', 'both:1 2', ' both:1'])(
    '%j says nothing',
    (text) => {
      expect(parseHeldMark(text)).toBeUndefined();
    },
  );
});
