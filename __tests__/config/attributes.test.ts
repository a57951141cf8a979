import { describe, expect, test } from '@jest/globals';
import { INPUT_TYPES, type InputType } from '../../src/config/attributes/row.js';
import { actionDefault, inputsOf, TOPICS } from '../../src/config/attributes.js';
import { parseSettings } from '../../src/config/inputs.js';
import { inputs, problemsOf } from './environment.js';

const ROWS = Object.entries(inputsOf('root'));

/** For each type a text that is not of it, and what the error says; null where any text is. */
const WRONG: Readonly<Record<InputType, readonly [text: string, expected: string] | null>> = {
  age: ['2w', 'minutes, hours and days'],
  // Each of its lines has a sentence of its own: see sources/backend-config.test.ts.
  'backend config': null,
  boolean: ['yes', 'true or false'],
  'bucket name': ['a b', "a bucket's name"],
  'calendar duration': ['2w', 'years, months, days and hours'],
  'canned ACL': ['secret', 'bucket-owner-full-control'],
  choice: ['neither', ' or '],
  concurrency: ['65', 'a whole number from 1 to 64'],
  count: ['0', 'a whole number, 1 or more, or unlimited'],
  'customer key': ['short', '32 bytes in base64'],
  days: ['0', 'a number of days'],
  duration: ['ten', 'a duration such as'],
  'external ID': ['x', '2 to 1,224 letters'],
  'file path': ['$NOT_SET/f', 'a path of variables that are set'],
  folder: ['../elsewhere', 'a folder in the workspace'],
  globs: ['/x', 'lines of keys'],
  keys: ['/x', 'lines of keys'],
  'KMS key': ['x', 'the ID, alias or ARN of a KMS key'],
  list: ['x', 'a list of texts'],
  map: ['x', 'a map of texts'],
  policy: ['policy.json', 'an IAM policy'],
  prefix: ['/x', 'a path that does not start with "/"'],
  proxy: ['ftp://x', 'the address of an HTTP proxy'],
  programs: ['/bin/x', 'names of programs, one a line'],
  region: ['a b', 'a region such as'],
  'role ARN': ['deploy', 'the ARN of an IAM role'],
  'role duration': ['5m', 'a duration from 15m to 12h'],
  'session name': ['a b', '2 to 64 letters'],
  snapshot: ['newest', 'latest, latest-verified, serial:42'],
  'state key': ['/x', 'a path that does not start with "/"'],
  snapshots: ['latest', 'two snapshots, as <from>..<to>'],
  'table name': ['a b', "a DynamoDB table's name or ARN"],
  tags: ['x', 'lines of "name=value"'],
  text: null,
  unheld: ['s3', 'lines of "<bucket>/<state path>"'],
  url: ['x', 'a URL such as'],
  'web address': ['ftp://x', 'a web address'],
  'web identity token': ['x', 'a token of 4'],
  'whole number': ['-1', 'a whole number'],
  word: ['a b', 'one word'],
  'workspace name': ['a b', "a workspace's name"],
  'workspace prefix': ['/x', 'a path that does not start with "/"'],
};

/** What makes an input count that is not looked at alone. */
const TOGETHER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  access_key: { secret_key: 's' },
  secret_key: { access_key: 'a' },
  token: { access_key: 'a', secret_key: 's' },
  ...Object.fromEntries(
    ['role_session_name', 'role_duration', 'external_id'].map((name) => [
      name,
      { role_arn: 'arn:aws:iam::123456789012:role/deploy' },
    ]),
  ),
};

describe('an input is parsed as the type that the table says', () => {
  test.each(ROWS.filter(([, { type }]) => WRONG[type] !== null))('%s', (name, { type }) => {
    const [text, expected] = WRONG[type] ?? ['', ''];
    const problems = problemsOf({ ...TOGETHER[name], [name]: text });
    expect(problems).toEqual([expect.stringContaining(`Input "${name}" must be `)]);
    expect(problems[0]).toContain(expected);
  });

  test('and every type is that of some row', () => {
    const rows = TOPICS.flatMap(({ inputs }) => Object.values(inputs));
    const used = new Set(rows.map(({ type }) => type));
    expect(Object.keys(INPUT_TYPES).filter((type) => !used.has(type as InputType))).toEqual([]);
  });
});

test.each(ROWS.filter(([, { choices }]) => choices))(
  'the choices of %s are those that are taken',
  (name, { choices = [] }) => {
    expect(problemsOf({ [name]: 'neither' })[0]).toContain(
      `must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)};`,
    );
  },
);

test.each(ROWS.filter(([, { fallback }]) => fallback !== undefined))(
  'the default of %s is a value that it can be given',
  (name, { fallback = '' }) => expect(problemsOf({ [name]: fallback })).toEqual([]),
);

test('a bucket and a key are needed, and their descriptions say where', () => {
  const needed = ROWS.filter(([, { description }]) => description.includes('Needed, '));
  expect(problemsOf({ bucket: '', key: '' })).toEqual(needed.map(([name]) => `Input "${name}" is required.`));
});

describe('action.yml has a default only for what nothing else could say', () => {
  test.each(ROWS.filter(([, row]) => row.from !== 'ours' || row.environment))(
    '%s has none, for the runner would hand it over as if it had been given',
    (_, row) => expect(actionDefault(row)).toBeUndefined(),
  );

  test('one of our own that the environment can say has none either', () => {
    const row = {
      type: 'text',
      from: 'ours',
      actions: ['root'],
      fallback: 'a',
      description: 'What it is.',
    } as const;
    expect(actionDefault(row)).toBe('a');
    expect(actionDefault({ ...row, environment: ['OURS'] })).toBeUndefined();
  });

  test('so a workspace of the environment counts', () => {
    const defaults = ROWS.map(([name, row]) => [name, actionDefault(row) ?? '']);
    const env = inputs({ ...Object.fromEntries(defaults), bucket: 'b-1', key: 'k', region: 'r' });
    const { backend } = parseSettings({ ...env, TF_WORKSPACE: 'prod' }, { homeDir: '/' });
    expect(backend.workspace).toBe('prod');
  });

  test.each([
    ['lock_timeout', '10m'],
    ['backup_prefix', 'lockkeeper/'],
    ['github_token', '${' + '{ github.token }}'],
    ['unheld', undefined],
  ])('%s has %s', (name, value) => {
    const row = inputsOf('root')[name];
    expect(row && actionDefault(row)).toBe(value);
  });
});

describe('a description', () => {
  test.each(ROWS)('of %s names its environment variables in order', (name, { environment, description }) => {
    const places = (environment ?? []).map((variable) => description.indexOf(`\`${variable}\``));
    if (!['access_key', 'secret_key'].includes(name)) expect(places).not.toContain(-1);
    const named = places.filter((place) => place >= 0);
    expect(named).toEqual([...named].sort((a, b) => a - b));
  });

  test.each(ROWS)('of %s is whole sentences in one line', (_, { description }) => {
    expect(description).toMatch(/^\S.*\.$/);
    expect(description).not.toMatch(/ {2}/);
  });
});
