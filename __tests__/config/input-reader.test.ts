import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import { boolean, type Format, word } from '../../src/config/formats.js';
import { InputReader, secretTexts } from '../../src/config/input-reader.js';

const DECLARATIONS = {
  plain: {},
  flag: { fallback: 'true' },
  place: { environment: ['FIRST', 'SECOND'] },
  secret: { environment: ['SECRET'], secret: true },
  name: { environment: ['NAME'], verbatim: true },
} as const;

function reader(env: Environment) {
  const problems: string[] = [];
  return { inputs: new InputReader(env, DECLARATIONS, problems), problems };
}

describe('what is given comes from the first place that has it', () => {
  test.each<[Environment, string | undefined, string | undefined]>([
    [{ INPUT_PLACE: 'a', FIRST: 'b', SECOND: 'c' }, 'a', 'input "place"'],
    [{ FIRST: 'b', SECOND: 'c' }, 'b', 'environment variable "FIRST"'],
    [{ INPUT_PLACE: '', FIRST: ' ', SECOND: 'c' }, 'c', 'environment variable "SECOND"'],
    [{ INPUT_PLACE: ' \n a b\t' }, 'a b', 'input "place"'],
    [{ place: 'a', PLACE: 'a' }, undefined, undefined],
    [{ INPUT_PLACE: undefined }, undefined, undefined],
  ])('%j', (env, text, place) => {
    const given = reader(env).inputs.given('place');
    expect([given?.text, given?.place]).toEqual([text, place]);
  });

  test('asks only where it is told to', () => {
    const { inputs } = reader({ INPUT_PLACE: 'a', FIRST: 'b' });
    expect(inputs.given('place', ['environment'])?.text).toBe('b');
    expect(inputs.given('place', ['input'])?.text).toBe('a');
  });
});

describe('what backend_config says', () => {
  const place = '"name" in line 2 of input "backend_config"';
  const elsewhere = (text: string) => ({
    values: new Map([['name', { text, place, origin: 'backend_config' as const }]]),
    problems: [],
  });
  const readerWith = (env: Environment, text: string) => {
    const problems: string[] = [];
    return {
      inputs: new InputReader(env, DECLARATIONS, problems, { backendConfig: elsewhere(text) }),
      problems,
    };
  };

  test('comes after an input, and before the environment', () => {
    expect(readerWith({ INPUT_NAME: 'a', NAME: 'c' }, 'b').inputs.given('name')?.text).toBe('a');
    expect(readerWith({ NAME: 'c' }, 'b').inputs.given('name')).toMatchObject({ text: 'b', place });
    expect(readerWith({ NAME: 'c' }, 'b').inputs.given('name', ['input', 'environment'])?.text).toBe('c');
    expect(readerWith({}, 'b').inputs.given('plain')).toBeUndefined();
  });

  test('is exact: white space around it is a part of it', () => {
    const { inputs, problems } = readerWith({}, ' b ');
    expect(inputs.read('name', (value) => ({ value }))).toBe(' b ');
    expect(problems).toEqual([]);
  });

  test('is refused by its place', () => {
    const { inputs, problems } = readerWith({}, 'a b');
    inputs.read('name', word);
    expect(problems).toEqual([`${place} must be one word without spaces and line breaks; got "a b".`]);
  });
});

describe('an input that is read', () => {
  test('gives the value, the fallback or nothing', () => {
    const { inputs, problems } = reader({ INPUT_PLAIN: 'x' });
    expect(inputs.read('plain', word)).toBe('x');
    expect(inputs.read('flag', boolean)).toBe(true);
    expect(inputs.read('place', word)).toBeUndefined();
    expect(problems).toEqual([]);
  });

  test('reports a bad value, its place, and never a secret', () => {
    const { inputs, problems } = reader({ INPUT_FLAG: 'no', SECOND: 'a b', SECRET: 'hush hush' });
    expect(inputs.read('flag', boolean)).toBe(true);
    expect(inputs.read('place', word)).toBeUndefined();
    expect(inputs.read('secret', word)).toBeUndefined();
    expect(problems).toEqual([
      'Input "flag" must be true or false; got "no".',
      'Environment variable "SECOND" must be one word without spaces and line breaks; got "a b".',
      'Environment variable "SECRET" must be one word without spaces and line breaks; got 9 characters.',
    ]);
  });

  test('shows only what the format allows to be shown', () => {
    const { inputs, problems } = reader({ INPUT_PLAIN: 'a:b@c' });
    inputs.read('plain', () => ({ expected: 'shorter', got: '***@c' }));
    expect(problems).toEqual(['Input "plain" must be shorter; got ***@c.']);
  });
});

describe('a name is never trimmed into another name', () => {
  const anything: Format<string> = (value) => ({ value });

  test.each<[string, Environment]>([
    ['Input "name"', { INPUT_NAME: ' a' }],
    ['Input "name"', { INPUT_NAME: 'a ' }],
    ['Input "name"', { INPUT_NAME: '\u00a0a' }],
    ['Environment variable "NAME"', { NAME: 'a\t' }],
  ])('%s is refused in %j', (place, env) => {
    const { inputs, problems } = reader(env);
    expect(inputs.require('name', anything)).toBe('');
    expect(problems).toEqual([
      expect.stringContaining(`${place} must be without white space at its beginning`),
    ]);
  });

  // `key: |` with one line under it. Every other action trims that away; but Terraform would not, in `key = <<EOT`, and
  // whoever means one line loses nothing by being told to write it as one.
  test('nor is the line feed of a YAML block left off', () => {
    const { inputs, problems } = reader({ INPUT_NAME: 'network/terraform.tfstate\n' });
    inputs.read('name', anything);
    expect(problems).toEqual([expect.stringContaining('got "network/terraform.tfstate\\n".')]);
  });

  test('white space inside is part of it, and white space alone is nothing', () => {
    expect(reader({ INPUT_NAME: 'a b' }).inputs.read('name', anything)).toBe('a b');
    const { inputs, problems } = reader({ INPUT_NAME: ' \n', NAME: 'b' });
    expect(inputs.read('name', anything)).toBe('b');
    expect(problems).toEqual([]);
  });
});

test('require reports what is missing, and every place where it may be set', () => {
  const { inputs, problems } = reader({});
  expect([inputs.require('plain', word), inputs.require('place', word)]).toEqual(['', '']);
  expect(problems).toEqual([
    'Input "plain" is required.',
    'Input "place" is required, or the environment variable FIRST or SECOND.',
  ]);
});

test('require reports a bad value once', () => {
  const { inputs, problems } = reader({ INPUT_PLAIN: 'a b' });
  expect(inputs.require('plain', word)).toBe('');
  expect(problems).toEqual(['Input "plain" must be one word without spaces and line breaks; got "a b".']);
});

test('secretTexts finds secrets in all their places, once each', () => {
  const env = { INPUT_SECRET: ' one ', SECRET: 'two', INPUT_PLAIN: 'three' };
  expect(secretTexts(env, DECLARATIONS)).toEqual(['one', 'two']);
  expect(secretTexts({ INPUT_SECRET: 'one', SECRET: 'one' }, DECLARATIONS)).toEqual(['one']);
  expect(secretTexts({ INPUT_SECRET: '', SECRET: ' ' }, DECLARATIONS)).toEqual([]);
});
