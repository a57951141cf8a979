import { expect, test } from '@jest/globals';
import { formatHeldMark, heldMarks, heldVariable, parseHeldMark } from '../../src/names/held-variable.js';
import { LOCK_PATH, OUR_ID } from '../../testing/test-data.js';

test('the name is short, and another one for another lock', () => {
  expect(heldVariable(LOCK_PATH)).toBe('LOCKKEEPER_HELD_a10c595bd9d0');
  expect(heldVariable(`${LOCK_PATH}.lockkeeper`)).not.toBe(heldVariable(LOCK_PATH));
});

test.each(['dynamodb', 'lockfile', 'both'] as const)('what is written of a lock %s is read again', (kind) => {
  expect(formatHeldMark({ kind, id: OUR_ID })).toBe(`${kind}:${OUR_ID}`);
  expect(parseHeldMark(`${kind}:${OUR_ID}`)).toEqual({ kind, id: OUR_ID });
});

test('a lock that was released is still known', () => {
  const mark = { kind: 'both', id: OUR_ID, released: true } as const;
  expect(formatHeldMark(mark)).toBe(`both:${OUR_ID}:released`);
  expect(parseHeldMark(formatHeldMark(mark))).toEqual(mark);
});

test.each([
  '',
  OUR_ID,
  `none:${OUR_ID}`,
  'dynamodb:',
  `both:${OUR_ID} `,
  'both:a"b',
  `both:${'a'.repeat(65)}`,
])('%j marks no lock', (text) => expect(parseHeldMark(text)).toBeUndefined());

test('the locks of an environment are those that are named, and not released', () => {
  const environment = {
    LOCKKEEPER_HELD_000000000001: 'both:a',
    LOCKKEEPER_HELD_000000000002: '',
    LOCKKEEPER_HELD_000000000003: undefined,
    LOCKKEEPER_HELD_000000000004: 'lockfile:b',
    LOCKKEEPER_HELD_000000000005: 'lockfile:d:released',
    SOMETHING_ELSE: 'both:c',
  };
  expect(heldMarks(environment).map(({ id }) => id)).toEqual(['a', 'b']);
});
