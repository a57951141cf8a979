import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { actionInputs } from '../../scripts/generate/action-yml.js';
import { generate } from '../../scripts/generate/main.js';
import { readmeInputs, readmeOutputs } from '../../scripts/generate/readme.js';
import { wrap } from '../../scripts/generate/text.js';
import { ACTIONS, type InputRow, type InputRows } from '../../src/config/attributes/row.js';
import { inputsOf } from '../../src/config/attributes.js';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const SUB_ACTIONS = ACTIONS.filter((action) => action !== 'root');
const GENERATED = [
  'action.yml',
  ...SUB_ACTIONS.map((action) => join(action, 'action.yml')),
  'README.md',
  join('docs', 'configuration.md'),
];

const row = (fields: Partial<InputRow>): InputRow => ({
  type: 'text',
  from: 'ours',
  actions: ['root'],
  description: 'What it is.',
  ...fields,
});

const ROWS: InputRows = {
  bucket: row({ from: 'backend' }),
  encrypt: row({ from: 'backend', fallback: 'false' }),
  workspace: row({ from: 'terraform', environment: ['TF_WORKSPACE'], fallback: 'default' }),
  lock_timeout: row({
    fallback: '10m',
    description:
      'How long to wait for a lock that somebody else holds, which goes on until the line is full and `code: stays whole`.',
  }),
  quotes: row({ fallback: "it's" }),
  github_token: row({ expression: 'github.token' }),
};
const TOKEN = ['${', '{ github.token }}'].join('');

describe('the inputs of action.yml', () => {
  test('are those of the table, with a default only where nothing else could say it', () => {
    expect(parse(actionInputs(ROWS).content).inputs).toEqual({
      bucket: { description: 'What it is.' },
      encrypt: { description: 'What it is. Default: `false`.' },
      workspace: { description: 'What it is.' },
      lock_timeout: { description: ROWS['lock_timeout']?.description, default: '10m' },
      quotes: { description: 'What it is.', default: "it's" },
      github_token: { description: 'What it is.', default: TOKEN },
    });
  });

  test('of the root action are descriptions word for word', () => {
    const { inputs } = parse(actionInputs(inputsOf('root')).content);
    for (const [name, { description }] of Object.entries(inputsOf('root'))) {
      expect(inputs[name].description.startsWith(description)).toBe(true);
    }
  });
});

describe('the block of README.md', () => {
  test('is YAML that gives every input what it is without it', () => {
    const block = readmeInputs(ROWS).content.replaceAll('```yaml', '').replaceAll('```', '');
    expect(parse(block)).toEqual([
      {
        uses: 'lockkeeper/lockkeeper@v1',
        with: {
          bucket: '',
          encrypt: 'false',
          workspace: '',
          lock_timeout: '10m',
          quotes: "it's",
          github_token: TOKEN,
        },
      },
    ]);
  });

  test('has the descriptions as comments that are not too wide', () => {
    expect(readmeInputs(ROWS).content).toContain(`
    # How long to wait for a lock that somebody else holds, which goes on until the line is full
    # and \`code: stays whole\`.
    lock_timeout: "10m"
`);
    expect(readmeInputs(ROWS).content).toContain('    # What it is.\n    bucket: ""\n');
  });
});

test('the outputs are a table, in which "|" breaks no cell', () => {
  expect(readmeOutputs({ outputs: { locked: { description: '`true` | `false`.' } } }).content).toBe(
    '| output | what it says |\n| --- | --- |\n| `locked` | `true` \\| `false`. |',
  );
});

test('a line is never broken inside of code, and a long word has a line of its own', () => {
  expect(wrap('a `b c` dddddddddd e', 6)).toEqual(['a', '`b c`', 'dddddddddd', 'e']);
});

describe('the files', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockkeeper-generate-'));
    for (const inside of ['docs', ...SUB_ACTIONS]) mkdirSync(join(folder, inside));
    for (const path of GENERATED) cpSync(join(PROJECT, path), join(folder, path));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const edit = (path: string, change: (text: string) => string) =>
    writeFileSync(join(folder, path), change(read(path)));
  const check = () => generate(folder, { check: true });

  test('of this project are what the table says', () => expect(check).not.toThrow());

  test.each([
    ['action.yml', 'Name of the S3 bucket', 'Name of a bucket'],
    ['README.md', 'Name of the S3 bucket', 'Name of a bucket'],
    ['README.md', 'Lineage of the state.', 'Lineage.'],
    ['docs/configuration.md', 'Name of the S3 bucket', 'Name of a bucket'],
  ])('are refused where they differ, left as they are, and then mended: %s', (path, text, other) => {
    const before = read(path);
    edit(path, (document) => document.replace(text, () => other));
    const edited = read(path);
    expect(check).toThrow(`Not what src/config/attributes.ts says: ${path}. Run "npm run generate".`);
    expect(read(path)).toBe(edited);
    generate(folder, { check: false });
    expect(read(path)).toBe(before);
  });

  test('are made where there is none, and what is around a section stays', () => {
    const page = read('docs/configuration.md');
    const whole = `${read('README.md')}It costs $1.\n`;
    rmSync(join(folder, 'docs/configuration.md'));
    edit('README.md', (text) => {
      const empty = text.replace(/(<!-- inputs:start -->)[\s\S]*(<!-- inputs:end -->)/, '$1$2');
      return `${empty}It costs $1.\n`;
    });
    expect(check).toThrow('README.md, docs/configuration.md');
    generate(folder, { check: false });
    expect(read('README.md')).toBe(whole);
    expect(read('docs/configuration.md')).toBe(page);
  });

  test.each([
    ['README.md', '<!-- outputs:end -->'],
    ['action.yml', '# inputs:end'],
  ])('need their markers: %s', (path, marker) => {
    edit(path, (text) => text.replace(marker, ''));
    expect(check).toThrow(`${path} must have a line `);
  });
});
