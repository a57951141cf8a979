import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const SCRIPT = fileURLToPath(new URL('../../scripts/generate-docs.js', import.meta.url));
const ACTION = `
inputs:
  bucket:
    description: Name of the bucket.
    required: true
  lock_timeout:
    description: >-
      How long to wait for a lock that somebody else holds, which goes on until the line is full and \`code: stays whole\`.
    default: 10m
outputs:
  locked:
    description: '\`true\` | \`false\`.'
`;
const EMPTY = `# Title

<!-- inputs:start -->
old
<!-- inputs:end -->

Between.

<!-- outputs:start -->
<!-- outputs:end -->

The end costs $1.
`;
const FULL = `# Title

<!-- inputs:start -->
\`\`\`yaml
- uses: lockkeeper/lockkeeper@v1
  with:
    # Name of the bucket. Required.
    bucket: ""

    # How long to wait for a lock that somebody else holds, which goes on until the line is full
    # and \`code: stays whole\`.
    lock_timeout: "10m"
\`\`\`
<!-- inputs:end -->

Between.

<!-- outputs:start -->
| output | what it says |
| --- | --- |
| \`locked\` | \`true\` \\| \`false\`. |
<!-- outputs:end -->

The end costs $1.
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lockkeeper-docs-'));
  writeFileSync(join(directory, 'action.yml'), ACTION);
});

afterEach(() => rmSync(directory, { recursive: true }));

function generate(...args: string[]) {
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { status, stderr };
}

const readme = () => readFileSync(join(directory, 'README.md'), 'utf8');
const write = (text: string) => writeFileSync(join(directory, 'README.md'), text);

test('fills the sections, and leaves the rest alone', () => {
  write(EMPTY);
  expect(generate()).toEqual({ status: 0, stderr: '' });
  expect(readme()).toBe(FULL);
  expect(generate()).toEqual({ status: 0, stderr: '' });
  expect(readme()).toBe(FULL);
});

test('the block is YAML that gives every input its default', () => {
  write(EMPTY);
  generate();
  const block = readme().split('```yaml\n')[1]?.split('```')[0] ?? '';
  expect(parse(block)).toEqual([
    { uses: 'lockkeeper/lockkeeper@v1', with: { bucket: '', lock_timeout: '10m' } },
  ]);
});

test('--check accepts what was generated', () => {
  write(FULL);
  expect(generate('--check')).toEqual({ status: 0, stderr: '' });
});

test('--check refuses anything else, and changes nothing', () => {
  write(EMPTY);
  expect(generate('--check')).toEqual({
    status: 1,
    stderr: 'README.md does not say what action.yml says: run "node scripts/generate-docs.js".\n',
  });
  expect(readme()).toBe(EMPTY);
});

test.each([[[]], [['--check']]])('a missing marker is an error (%j)', (args) => {
  const text = FULL.replace('<!-- outputs:end -->', '');
  write(text);
  expect(generate(...args)).toEqual({
    status: 1,
    stderr: 'README.md must have a line <!-- outputs:start --> and, after it, a line <!-- outputs:end -->.\n',
  });
  expect(readme()).toBe(text);
});

test('no README.md is an error', () => {
  const { status, stderr } = generate('--check');
  expect(status).toBe(1);
  expect(stderr).toContain("no such file or directory, open 'README.md'");
});
