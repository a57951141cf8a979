import { describe, expect, test } from '@jest/globals';
import {
  flagAdded,
  flagTakenOff,
  lockFlagProblems,
  lockFlagVariables,
} from '../../../src/commands/hold/terraform-flag.js';

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

describe('the flag comes first, since behind a plan file it would be one argument too many', () => {
  test.each([
    [undefined, '-lock=false'],
    ['', '-lock=false'],
    [' ', '-lock=false'],
    ['plan.out', '-lock=false plan.out'],
    ['-parallelism=5', '-lock=false -parallelism=5'],
    ['-lock=false', '-lock=false'],
    ['-lock=false -no-color', '-lock=false -no-color'],
    [' -lock=false ', '-lock=false'],
    ['-lock=falsehood', '-lock=false -lock=falsehood'],
    ['-no-color -lock=false', '-lock=false -no-color -lock=false'],
    ['-var="note=a b"', '-lock=false -var="note=a b"'],
  ])('%j becomes %j', (present, wanted) => {
    expect(lockFlagVariables({ TF_CLI_ARGS_plan: present })['TF_CLI_ARGS_plan']).toBe(wanted);
  });
});

describe('after the lock, the flag is taken off again', () => {
  test.each([undefined, '', 'plan.out', '-parallelism=5', '-no-color -lock=false', '-lock=falsehood'])(
    'and what was there before is there again: %j',
    (present) => {
      const names = flagAdded({ TF_CLI_ARGS_plan: present });
      expect(names).toHaveLength(COMMANDS.length);
      const taken = flagTakenOff(lockFlagVariables({ TF_CLI_ARGS_plan: present }), names);
      expect(taken['TF_CLI_ARGS_plan']).toBe(present ?? '');
      expect(taken['TF_CLI_ARGS_apply']).toBe('');
    },
  );

  test.each(['-lock=false', '-lock=false -no-color', ' -lock=false '])(
    'but not where it was before: %j',
    (present) => {
      expect(flagAdded({ TF_CLI_ARGS_plan: present })).not.toContain('TF_CLI_ARGS_plan');
    },
  );

  test('and what another step has put in its place is left alone', () => {
    const now = {
      TF_CLI_ARGS_plan: '-no-color',
      TF_CLI_ARGS_apply: '-lock=false -no-color',
      TF_CLI_ARGS_destroy: '-lock=falsehood',
    };
    expect(flagTakenOff(now, [...Object.keys(now), 'TF_CLI_ARGS_init'])).toEqual({
      TF_CLI_ARGS_apply: '-no-color',
    });
  });
});

describe('what leaves the flag as it is, is let alone', () => {
  test.each([
    '',
    '-no-color',
    '-lock=false',
    '--lock=0',
    '-lock=true -lock=false',
    '-lock-timeout=5m',
    '-var=x=-lock=true',
    '"-var=note=a; -lock=true"',
  ])('%j', (text) => {
    expect(lockFlagProblems({ TF_CLI_ARGS: text, TF_CLI_ARGS_plan: text })).toEqual([]);
  });
  test('also a -lock for a command that does not lock', () => {
    expect(lockFlagProblems({ TF_CLI_ARGS_output: '-lock=true' })).toEqual([]);
  });
});

describe('what defeats the flag is refused, naming the variable and the reason', () => {
  test.each([
    ['-lock', '"-lock"'],
    ['--lock', '"--lock"'],
    ['-lock=true', '"-lock=true"'],
    ['-no-color -lock=true plan.out', '"-lock=true"'],
    ['-lock=false -lock=true', '"-lock=true"'],
    ['-lo"ck"=T', '"-lock=T"'],
    ['-lock=', '"-lock="'],
    ['-no-color; -lock=false', 'from an unquoted ";" on'],
    ['-var "a=b', 'is not closed'],
  ])('%j', (text, reason) => {
    for (const name of ['TF_CLI_ARGS', 'TF_CLI_ARGS_plan', 'TF_CLI_ARGS_workspace_new']) {
      const problems = lockFlagProblems({ [name]: text });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`"${name}"`);
      expect(problems[0]).toContain(reason);
    }
  });
  test('each variable has a sentence of its own', () => {
    expect(lockFlagProblems({ TF_CLI_ARGS: '-lock', TF_CLI_ARGS_apply: '-lock' })).toHaveLength(2);
  });
});
