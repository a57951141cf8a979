import { expect, test } from '@jest/globals';
import { initArguments } from '../../../src/config/sources/init-arguments.js';

const given = (text: string) => initArguments({ TF_CLI_ARGS_init: text }).given;

test('flags of the environment are those of -backend-config', () => {
  expect(
    given(
      `-upgrade -backend-config=a.hcl --backend-config='key=x y' -backend-config "acl=private" -lock=false`,
    ),
  ).toEqual([
    { kind: 'file', path: 'a.hcl' },
    { kind: 'assignment', name: 'key', text: 'x y' },
    { kind: 'assignment', name: 'acl', text: 'private' },
  ]);
});

test('what says nothing is none', () => {
  expect([given(''), given('-backend=false'), given('-backend-config='), given('-backend-config')]).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(initArguments({})).toEqual({ given: [], problems: [] });
});
