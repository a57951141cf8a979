import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleProblems } from '../../scripts/check-examples.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/check-examples.js', import.meta.url));
const ACTIONS = new Map([
  ['action.yml', { inputs: ['bucket', 'key'], outputs: ['locked'] }],
  ['inspect/action.yml', { inputs: ['bucket'], outputs: ['holder'] }],
]);

/** What the check says of a document of these lines, as `<line>: <problem>`. */
function problemsOf(...lines: readonly string[]): string[] {
  const problems = exampleProblems(lines.join('\n'), (manifest) => ACTIONS.get(manifest));
  return problems.map(({ line, problem }) => `${line}: ${problem}`);
}

/** A document of one YAML block, which begins in line 2. */
const yaml = (...lines: readonly string[]) => ['```yaml', ...lines, '```'];

describe('a block must parse', () => {
  test('YAML', () => {
    expect(problemsOf(...yaml('- run: echo', '- run: echo "Way back: $KEY"'))).toEqual([
      '3: The YAML does not parse: Nested mappings are not allowed in compact mappings',
    ]);
  });

  test('YAML in which a key comes twice', () => {
    expect(problemsOf(...yaml('with:', '  key: a', '  key: b'))).toEqual([
      '4: The YAML does not parse: Map keys must be unique',
    ]);
  });

  test('JSON', () => {
    expect(problemsOf('Text.', '```json', '{ "a": 1, }', '```')).toEqual([
      expect.stringMatching(/^3: The JSON does not parse: /),
    ]);
  });

  test('also one that the end of the document ends', () => {
    expect(problemsOf('```json', '{')).toEqual([expect.stringContaining('2: The JSON does not parse')]);
  });

  test('but not one of another language, or text between blocks', () => {
    expect(problemsOf('a: b: c', '```sh', 'a: b: c', '```', 'a: b: c', '```', 'a: b: c', '```')).toEqual([]);
  });

  test('in a list, where its indentation is that of the fence', () => {
    expect(
      problemsOf('1. Do:', '   ```yaml', '   - run: |', '       echo', '', '   - run: x', '   ```'),
    ).toEqual([]);
  });
});

describe("a step with somebody else's action is pinned by commit, because people copy it", () => {
  const COMMIT = '3d3c42e5aac5ba805825da76410c181273ba90b1';

  test.each(['actions/checkout@v7', 'actions/cache/save@main', 'actions/checkout', `a/b@${COMMIT.slice(1)}`])(
    '%s is not',
    (uses) => {
      expect(problemsOf(...yaml(`- uses: ${uses}`))).toEqual([`2: ${uses} is not pinned by a commit.`]);
    },
  );

  test.each([`actions/checkout@${COMMIT} # v7.0.1`, './.github/actions/own', 'lockkeeper/lockkeeper@v1'])(
    '%s is, or need not be',
    (uses) => {
      expect(problemsOf(...yaml(`- uses: ${uses}`))).toEqual([]);
    },
  );
});

describe('a step with an action of this project names inputs that the action has', () => {
  test('the root action', () => {
    const step = ['- uses: lockkeeper/lockkeeper@v1', '  with:', '    bucket: a', '    kye: b', '    key: c'];
    expect(problemsOf(...yaml(...step))).toEqual(['5: action.yml has no input "kye".']);
  });

  test('an action in a folder, deep in a workflow', () => {
    const job = [
      'jobs:',
      '  look:',
      '    steps:',
      '      - uses: lockkeeper/lockkeeper/inspect@1a2b3c # v1.2.0',
    ];
    expect(problemsOf(...yaml(...job, '        with: { bucket: a, key: b }'))).toEqual([
      '6: inspect/action.yml has no input "key".',
    ]);
  });

  test('an action that does not exist is told', () => {
    expect(problemsOf(...yaml('- uses: lockkeeper/lockkeeper/inspct@v1'))).toEqual([
      '2: There is no inspct/action.yml.',
    ]);
  });

  test('an action of somebody else takes what it takes', () => {
    expect(
      problemsOf(
        ...yaml('- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', '  with: { kye: b }'),
      ),
    ).toEqual([]);
  });
});

describe('outputs are of a step in the document, and of its action', () => {
  const step = ['- uses: lockkeeper/lockkeeper@v1', '  id: lock'];

  test('an output that exists', () => {
    expect(problemsOf(...yaml(...step, '- if: steps.lock.outputs.locked'))).toEqual([]);
  });

  test('an output that does not', () => {
    expect(problemsOf(...yaml(...step, "- if: steps.lock.outputs.lokced == 'true'", '  run: x'))).toEqual([
      '4: action.yml has no output "lokced".',
    ]);
  });

  test('from one block to the next', () => {
    const next = yaml('- if: steps.lock.outputs.holder');
    expect(problemsOf(...yaml(...step), ...next)).toEqual(['6: action.yml has no output "holder".']);
  });

  test('the step of the same block, where another block has one of the same ID', () => {
    const inspect = ['- uses: lockkeeper/lockkeeper/inspect@v1', '  id: lock'];
    const use = '- if: steps.lock.outputs.holder';
    expect(problemsOf(...yaml(...step), ...yaml(...inspect, use))).toEqual([]);
  });

  test('no such step', () => {
    expect(problemsOf(...yaml(...step, '- if: steps.lokc.outputs.locked'))).toEqual([
      '4: "steps.lokc.outputs.locked" is of no step in this document.',
    ]);
  });

  test('a step of somebody else gives what it gives', () => {
    const plan = ['- run: terraform plan', '  id: plan', '- if: steps.plan.outputs.exitcode'];
    expect(problemsOf(...yaml(...plan))).toEqual([]);
  });
});

describe('the command', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockkeeper-examples-'));
    mkdirSync(join(folder, 'docs'));
    mkdirSync(join(folder, 'inspect'));
    writeFileSync(join(folder, 'action.yml'), 'inputs: { bucket: {} }');
    writeFileSync(join(folder, 'inspect', 'action.yml'), 'outputs: { holder: {} }');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function check(files: Readonly<Record<string, readonly string[]>>) {
    for (const [file, lines] of Object.entries(files)) writeFileSync(join(folder, file), lines.join('\n'));
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT], { cwd: folder, encoding: 'utf8' });
    return { status, stderr };
  }

  test('fails with every problem of README.md and docs/, and where it is', () => {
    const wrong = yaml('- uses: lockkeeper/lockkeeper@v1', '  with: { key: a }');
    const alsoWrong = yaml('- { uses: lockkeeper/lockkeeper/inspect@v1, id: a }', '- if: steps.a.outputs.b');
    expect(check({ 'README.md': wrong, 'docs/recipes.md': ['Text.', ...alsoWrong] })).toEqual({
      status: 1,
      stderr: [
        'README.md:3: action.yml has no input "key".\n',
        `${join('docs', 'recipes.md')}:4: inspect/action.yml has no output "b".\n`,
      ].join(''),
    });
  });

  test('is silent where all is well', () => {
    const right = yaml('- uses: lockkeeper/lockkeeper@v1', '  with: { bucket: a }');
    expect(check({ 'README.md': right, 'docs/recipes.md': right })).toEqual({ status: 0, stderr: '' });
  });
});
