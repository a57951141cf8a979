import { expect, test } from '@jest/globals';
import { jsonOf } from '../../../src/commands/cli/json.js';

test('the outputs are one JSON value', () => {
  expect(JSON.parse(jsonOf(new Map([['restored', 'true']])))).toEqual({ restored: 'true' });
});

test('nothing that others wrote has an effect in a terminal, and the value stays what it is', () => {
  const who = 'me\u007f\u009b2J\u202e\u2066\u2028\u200bü😀';
  const text = jsonOf(new Map([['report', JSON.stringify({ who })]]));
  expect(text).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u);
  expect(text).toContain('ü😀');
  expect(JSON.parse(text)).toEqual({ who });
});
