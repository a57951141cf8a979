import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '../../../src/config/attributes/row.js';
import { inputsOf } from '../../../src/config/attributes.js';
import { flagsOf, inFlags, secretFlagsOf, valueWords } from '../../../src/config/command-line/flags.js';

const COMMANDS = ACTIONS.filter((action) => action !== 'root');

test.each(COMMANDS)('%s: every input is a flag, a variable or of a job alone', (command) => {
  const flags = flagsOf(command).map(({ name }) => name);
  const secrets = secretFlagsOf(command).map(({ name }) => name);
  const others = Object.keys(inputsOf(command)).filter((name) => ![...flags, ...secrets].includes(name));
  expect(
    others.filter((name) => !['oidc_role_arn', 'github_token', 'job_id', 'job_status'].includes(name)),
  ).toEqual([]);
  expect(flags.filter((name) => secrets.includes(name))).toEqual([]);
});

test.each(COMMANDS)('%s: no secret is without a variable', (command) => {
  expect(secretFlagsOf(command).filter(({ variables }) => variables.length === 0)).toEqual([]);
});

test('what follows a flag is named', () => {
  const words = Object.fromEntries(flagsOf('inspect').map((flag) => [flag.flag, valueWords(flag)]));
  expect(words).toMatchObject({
    '--bucket': 'bucket name',
    '--use-lockfile': undefined,
    '--lock-scope': 'state|pipeline',
    '--compare': 'from..to',
  });
});

describe('a sentence about inputs is one about flags', () => {
  const flags = flagsOf('inspect');
  test.each([
    ['Input "use_lockfile" must be true.', '--use-lockfile must be true.'],
    ['Line 2 of input "backend_config" is odd.', 'Line 2 of --backend-config is odd.'],
    // No flag of this command.
    ['Input "lock_timeout" is odd.', 'Input "lock_timeout" is odd.'],
    ['Environment variable "AWS_REGION" is odd.', 'Environment variable "AWS_REGION" is odd.'],
    // A value, quoted.
    ['got "input \\"key\\"".', 'got "input \\"key\\"".'],
    ['Run it again with "key: a/b.tfstate".', 'Run it again with --key a/b.tfstate.'],
    ['Run it again with "key: a b".', 'Run it again with "key: a b".'],
    ['Set "use_lockfile: true".', 'Set --use-lockfile.'],
    ['Set "use_lockfile: false".', 'Set --no-use-lockfile.'],
    ['Set "terraform_lock_flag: false".', 'Set "terraform_lock_flag: false".'],
    ['got "\\"key: a".', 'got "\\"key: a".'],
  ])('%s', (sentence, expected) => {
    expect(inFlags(sentence, flags)).toBe(expected);
  });
});
