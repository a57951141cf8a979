import { describe, expect, test } from '@jest/globals';
import { parseCommandLine, stepEnvironment } from '../../../src/config/command-line/command-line.js';
import type { CommandName } from '../../../src/config/command-line/flags.js';

const COMMANDS: readonly CommandName[] = ['inspect', 'restore'];
const parse = (...args: string[]) => parseCommandLine(args, COMMANDS);
const inputsOf = (...args: string[]) => {
  const line = parse('inspect', ...args);
  return line.kind === 'command' ? line.inputs : line;
};
const problemsOf = (...args: string[]) => {
  const line = parse(...args);
  return line.kind === 'wrong' ? line.problems : line;
};

describe('which command', () => {
  test.each([['--help'], ['-h'], ['help']])('%s asks for help with the program', (...args) => {
    expect(parse(...args)).toEqual({ kind: 'help', command: undefined });
  });
  test.each([
    ['inspect', '--help'],
    ['inspect', '-h'],
    ['inspect', '--bukcet', 'x', '--help'],
    ['help', 'inspect'],
    ['--help', 'inspect'],
  ])('%s %s asks for help with the command', (...args) => {
    expect(parse(...args)).toEqual({ kind: 'help', command: 'inspect' });
  });
  test('the version', () => {
    expect(parse('--version')).toEqual({ kind: 'version' });
  });
  test.each([
    [[], 'Say what to do: inspect or restore.'],
    [['inspct'], 'There is no command "inspct". Did you mean "inspect"?'],
    [['help', 'inspct'], 'There is no command "inspct". Did you mean "inspect"?'],
    [['frobnicate'], 'There is no command "frobnicate". There is inspect or restore.'],
    // An action, but none that is a command here.
    [['verify'], 'There is no command "verify". There is inspect or restore.'],
    [['--bucket', 'b', 'inspect'], 'The command comes first, before "--bucket": inspect or restore.'],
  ])('%j is wrong', (args, problem) => {
    expect(problemsOf(...args)).toEqual([problem]);
  });
});

describe('flags are the inputs of the action', () => {
  test('under their names, with dashes', () => {
    expect(inputsOf('--bucket', 'b', '--dynamodb-table=locks', '--lock-scope', 'pipeline')).toEqual({
      bucket: 'b',
      dynamodb_table: 'locks',
      lock_scope: 'pipeline',
    });
  });
  test.each([
    [['--use-lockfile'], { use_lockfile: 'true' }],
    [['--use-lockfile=false'], { use_lockfile: 'false' }],
    [['--no-discover'], { discover: 'false' }],
    // What is no boolean is told with all else that is wrong.
    [['--use-lockfile=maybe'], { use_lockfile: 'maybe' }],
  ])('%j', (args, inputs) => {
    expect(inputsOf(...args)).toEqual(inputs);
  });
  test('those that are lines may be given more than once', () => {
    expect(inputsOf('--backend-config', 'a.tfbackend', '--backend-config', 'key=b')).toEqual({
      backend_config: 'a.tfbackend\nkey=b',
    });
    expect(inputsOf('--compare', 'latest', '--compare', 'current')).toEqual({ compare: 'latest\ncurrent' });
  });
  test('a value that looks like a flag is one behind "="', () => {
    expect(inputsOf('--key=--x')).toEqual({ key: '--x' });
  });
  test('--json and --yes are of every command', () => {
    expect(parse('restore', '--yes', '--json')).toMatchObject({ json: true, yes: true });
    expect(parse('restore')).toMatchObject({ json: false, yes: false });
  });
});

describe('what is wrong with flags', () => {
  test.each([
    [['--bukcet', 'x'], '"inspect" has no flag "--bukcet". Did you mean --bucket?'],
    [['--use_lockfile'], '"inspect" has no flag "--use_lockfile". Did you mean --use-lockfile?'],
    [['--frobnicate'], '"inspect" has no flag "--frobnicate". "inspect --help" lists those that there are.'],
    // An input of another action.
    [['--lock-timeout', '1m'], expect.stringContaining('"inspect" has no flag "--lock-timeout".')],
    // What only a job has.
    [['--github-token', 'x'], expect.stringContaining('"inspect" has no flag "--github-token".')],
    [['--oidc-role-arn', 'x'], expect.stringContaining('"inspect" has no flag "--oidc-role-arn".')],
    [['-x'], '"inspect" has no flag "-x". "inspect --help" lists those that there are.'],
    [['--key'], '--key needs a value.'],
    [['--key='], '--key needs a value.'],
    [
      ['--use-lockfile='],
      '--use-lockfile= has no value: write true or false behind it, or --use-lockfile alone.',
    ],
    [
      ['--key', '--use-lockfile'],
      '--key needs a value, and "--use-lockfile" looks like a flag: if it is the value, write --key=--use-lockfile.',
    ],
    [['--no-key'], '--no-key is not taken: --key has a value.'],
    [['--no-discover=true'], '--no-discover takes no value.'],
    [['--json=1'], '--json takes no value.'],
    [['--key', 'a', '--key', 'b'], '--key is given more than once.'],
    [['extra'], 'Nothing is known to do with "extra": a value follows its flag.'],
  ])('%j', (args, problem) => {
    expect(problemsOf('inspect', ...args)).toEqual([problem]);
  });
  test('is told at once', () => {
    expect(problemsOf('inspect', '--bukcet', 'x', '--key')).toHaveLength(2);
  });
  test.each([
    ['--secret-key', 'AWS_SECRET_ACCESS_KEY'],
    ['--access-key', 'AWS_ACCESS_KEY_ID'],
    ['--token', 'AWS_SESSION_TOKEN'],
    ['--sse-customer-key', 'AWS_SSE_CUSTOMER_KEY'],
  ])('%s is a secret: the variable is named, and the value is not repeated', (flag, variable) => {
    const problems = problemsOf('inspect', `${flag}=hunter2`);
    expect(problems).toEqual([expect.stringMatching(`^${flag} is a secret, .*${variable}`)]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(JSON.stringify(problemsOf('inspect', flag, 'hunter2'))).not.toContain('hunter2');
  });
});

describe('the environment of the command', () => {
  const command = { command: 'inspect', inputs: { bucket: 'b' } } as const;
  const place = { folder: '/home/ada/infra', temp: '/tmp' };

  test('has the flags as inputs', () => {
    expect(stepEnvironment({ AWS_REGION: 'r' }, command, place)).toEqual({
      AWS_REGION: 'r',
      GITHUB_WORKSPACE: '/home/ada/infra',
      RUNNER_TEMP: '/tmp',
      INPUT_BUCKET: 'b',
    });
  });
  test('has nothing of a job around it', () => {
    const job = {
      INPUT_KEY: 'k',
      GITHUB_RUN_ID: '1',
      RUNNER_NAME: 'x',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'u',
      STATE_run: '{}',
    };
    expect(Object.keys(stepEnvironment(job, command, place))).toEqual([
      'GITHUB_WORKSPACE',
      'RUNNER_TEMP',
      'INPUT_BUCKET',
    ]);
  });
  test('leaves secrets to the variables that the inputs fall back on', () => {
    const env = stepEnvironment({ AWS_SECRET_ACCESS_KEY: 's' }, command, place);
    expect(env).not.toHaveProperty('INPUT_SECRET_KEY');
  });
  test('has what is ours alone and a secret by a variable of its own', () => {
    const env = stepEnvironment({ LOCKKEEPER_BACKUP_SECRET_KEY: 's' }, command, place);
    expect(env['INPUT_BACKUP_SECRET_KEY']).toBe('s');
  });
  test('has its folder as the workspace, and says that it was named', () => {
    const named = { ...command, inputs: { working_directory: 'infra' } };
    expect(stepEnvironment({}, named, place)).toEqual({
      GITHUB_WORKSPACE: '/home/ada/infra',
      RUNNER_TEMP: '/tmp',
      INPUT_WORKING_DIRECTORY: '.',
    });
  });
});
