import { describe, expect, test } from '@jest/globals';
import { lockFlagVariables } from '../../../src/commands/hold/terraform-flag.js';

/** The commands that lock the state; to any other, -lock is an unknown flag. */
const COMMANDS = [
  'apply',
  'destroy',
  'import',
  'init',
  'plan',
  'refresh',
  'state_mv',
  'state_push',
  'state_replace_provider',
  'state_rm',
  'taint',
  'untaint',
  'workspace_delete',
  'workspace_new',
];

test('exactly the commands that lock the state get the flag', () => {
  const variables = lockFlagVariables({});
  expect(Object.keys(variables).sort()).toEqual(COMMANDS.map((command) => `TF_CLI_ARGS_${command}`));
  expect(new Set(Object.values(variables))).toEqual(new Set(['-lock=false']));
});

test('the bare TF_CLI_ARGS is left alone, for it would break every other command', () => {
  expect(lockFlagVariables({ TF_CLI_ARGS: '-no-color' })).not.toHaveProperty('TF_CLI_ARGS');
});

describe('the flag is appended, since the last one wins', () => {
  test.each([
    [undefined, '-lock=false'],
    ['', '-lock=false'],
    ['-parallelism=5', '-parallelism=5 -lock=false'],
    ['-lock=true', '-lock=true -lock=false'],
    ['-lock=false -lock=true', '-lock=false -lock=true -lock=false'],
    ['-lock=false', '-lock=false'],
    ['-no-color -lock=false', '-no-color -lock=false'],
    ['-var=x=-lock=false', '-var=x=-lock=false -lock=false'],
    ['-var="note=a b"', '-var="note=a b" -lock=false'],
  ])('%j becomes %j', (present, wanted) => {
    expect(lockFlagVariables({ TF_CLI_ARGS_plan: present })['TF_CLI_ARGS_plan']).toBe(wanted);
  });
});
