import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readConfigFile } from '../../src/actions/config-files.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockkeeper-config-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (name: string) => {
  const bytes = readConfigFile(join(folder, name));
  return bytes && Buffer.from(bytes).toString();
};

test('a file is read, also behind a link', () => {
  writeFileSync(join(folder, 'a'), 'key = "k"');
  symlinkSync(join(folder, 'a'), join(folder, 'link'));
  expect([textOf('a'), textOf('link')]).toEqual(['key = "k"', 'key = "k"']);
});

test('what is no file, or too large for one, is not', () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  writeFileSync(join(folder, 'large'), Buffer.alloc(1_048_577));
  writeFileSync(join(folder, 'just'), Buffer.alloc(1_048_576));
  symlinkSync(join(folder, 'nothing'), join(folder, 'dangling'));
  expect(['none', '.', 'pipe', 'large', 'dangling'].map(textOf)).toEqual(Array(5).fill(undefined));
  expect(textOf('just')).toHaveLength(1_048_576);
});
