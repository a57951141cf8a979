import { expect, test } from '@jest/globals';
import { matchesGlob } from '../../src/config/globs.js';

test.each([
  ['states/a', 'states/a', true],
  ['states/*', 'states/a', true],
  ['states/*', 'states/.a', true],
  ['states/*', 'states/a/b', false],
  ['states/**', 'states/a/b', true],
  ['states/**', 'states/.terraform/b', true],
  ['states/**', 'stages/a', false],
  ['states/**/x', 'states/env:/prod/x', true],
  ['states/{a,b}', 'states/b', true],
  ['states/?', 'states/ab', false],
  ['*/a', 'states/a', true],
  ['states/A', 'states/a', false],
  ['states/a[1]', 'states/a[1]', true],
  ['states/a(b)+c', 'states/a(b)+c', true],
  ['!states/a', 'states/b', false],
  ['states/!(a)', 'states/b', false],
])('%s and %s: %s', (glob, path, matches) => expect(matchesGlob(glob, path)).toBe(matches));
