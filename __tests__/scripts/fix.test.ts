import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { actionInputs } from '../../scripts/generate/action-yml.js';
import { ACTIONS } from '../../src/config/attributes/row.js';

const SCRIPT = fileURLToPath(new URL('../../scripts/fix.js', import.meta.url));
const MARKERS = ['inputs', 'outputs']
  .map((name) => `<!-- ${name}:start -->\n<!-- ${name}:end -->\n`)
  .join('');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockkeeper-fix-'));
  for (const action of ACTIONS) {
    const inside = action === 'root' ? '.' : action;
    mkdirSync(join(folder, inside), { recursive: true });
    write(join(inside, 'action.yml'), `${actionInputs({}).start}\n${actionInputs({}).end}\noutputs: {}\n`);
  }
  write('README.md', MARKERS);
});

afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const fix = () => spawnSync(process.execPath, [SCRIPT], { cwd: folder }).status;

test('formats, and writes the documents', () => {
  write('a.js', 'export  const a=1');
  expect(fix()).toBe(0);
  expect(read('a.js')).toBe('export const a = 1;\n');
  expect(read('README.md')).toContain('# Name of the S3 bucket');
});

test('writes the documents although a file cannot be formatted, and fails', () => {
  write('a.js', 'export const = ;');
  expect(fix()).toBe(1);
  expect(read('README.md')).toContain('# Name of the S3 bucket');
});

test('formats although the documents cannot be written, and fails', () => {
  write('a.js', 'export  const a=1');
  write('README.md', 'No markers.');
  expect(fix()).toBe(1);
  expect(read('a.js')).toBe('export const a = 1;\n');
});
