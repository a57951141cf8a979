import { describe, expect, test } from '@jest/globals';
import {
  hasEnded,
  parseArguments,
  parseEnvironment,
  parseStat,
  parseUser,
} from '../../../src/actions/processes/proc-files.js';

const REST =
  '17 4242 4200 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 9 0 123456 1000 200 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0';

describe('stat', () => {
  test.each(['terraform', 'a) S 1', '(((', 'two words', 'two\nlines'])('of a process called %j', (name) => {
    expect(parseStat(`4711 (${name}) S ${REST}\n`)).toEqual({
      state: 'S',
      parent: 17,
      session: 4200,
      startedAt: 1_234_560,
    });
  });
  test.each(['', '4711 (terraform) S 17'])('%j is none', (text) => expect(parseStat(text)).toBeUndefined());
});

test.each([
  ['R', false],
  ['S', false],
  ['D', false],
  ['T', false],
  ['Z', true],
  ['X', true],
])('in state %s, having ended is %s', (state, ended) => {
  expect(hasEnded({ state, parent: 1, session: 1, startedAt: 1 })).toBe(ended);
});

test('the user is the effective one', () => {
  expect(parseUser('Name:\tsudo\nUid:\t1001\t0\t0\t0\nGid:\t1001\t0\t0\t0\n')).toBe(0);
  expect(parseUser('')).toBeUndefined();
});

test('arguments may be empty, and hold spaces', () => {
  expect(parseArguments('terraform\0apply\0\0-var=a b\0')).toEqual(['terraform', 'apply', '', '-var=a b']);
});

describe('environment', () => {
  test('only what is asked for leaves it, with all its signs', () => {
    const environ = 'PATH=/bin\0AWS_SECRET_ACCESS_KEY=s\0HELD_a=both:1=2\0HELD_b=\0XHELD_c=3\0';
    expect(parseEnvironment(environ, 'HELD_')).toEqual({ HELD_a: 'both:1=2', HELD_b: '' });
  });
  test('without what is asked for, it tells that there is none', () => {
    expect(parseEnvironment('PATH=/bin\0', 'HELD_')).toEqual({});
  });
  test.each(['', '\0\0'])('an empty one tells nothing: %j', (environ) =>
    expect(parseEnvironment(environ, 'HELD_')).toBe('unknown'),
  );
});
