import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { machineFiles } from '../../src/actions/config-files.js';

/** The largest file that is read, in bytes. */
const MOST = 16 * 1_048_576;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockkeeper-config-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (name: string) => {
  const bytes = machineFiles.read(join(folder, name));
  return bytes && Buffer.from(bytes).toString();
};

test('a file is read, also behind a link', () => {
  writeFileSync(join(folder, 'a'), 'key = "k"');
  symlinkSync(join(folder, 'a'), join(folder, 'link'));
  expect([textOf('a'), textOf('link')]).toEqual(['key = "k"', 'key = "k"']);
});

test('what is no file, or too large for one, is not', () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  writeFileSync(join(folder, 'large'), Buffer.alloc(MOST + 1));
  writeFileSync(join(folder, 'just'), Buffer.alloc(MOST));
  symlinkSync(join(folder, 'nothing'), join(folder, 'dangling'));
  expect(['none', '.', 'pipe', 'large', 'dangling'].map(textOf)).toEqual(Array(5).fill(undefined));
  expect(textOf('just')).toHaveLength(MOST);
});

test('a folder is listed, and what is none is not', () => {
  writeFileSync(join(folder, 'a'), '');
  expect(machineFiles.list(folder)).toEqual(['a']);
  expect([machineFiles.list(join(folder, 'a')), machineFiles.list(join(folder, 'none'))]).toEqual([
    undefined,
    undefined,
  ]);
});

test('the time of a file is when it was written, in milliseconds', () => {
  writeFileSync(join(folder, 'a'), '');
  utimesSync(join(folder, 'a'), 12, 34);
  expect([machineFiles.modifiedAt(join(folder, 'a')), machineFiles.modifiedAt(join(folder, 'none'))]).toEqual(
    [34_000, undefined],
  );
});

test('a path lies where its links lead', () => {
  mkdirSync(join(folder, 'inner'));
  mkdirSync(join(folder, 'inner-too'));
  writeFileSync(join(folder, 'a'), '');
  writeFileSync(join(folder, 'inner', 'b'), '');
  symlinkSync(join(folder, 'a'), join(folder, 'inner', 'out'));
  symlinkSync(join(folder, 'inner', 'b'), join(folder, 'inner', 'in'));
  symlinkSync(join(folder, 'inner'), join(folder, 'link'));
  const isWithin = (outer: string, path: string) =>
    machineFiles.isWithin(join(folder, outer), join(folder, path));
  expect([isWithin('inner', 'inner/b'), isWithin('inner', 'inner/in'), isWithin('link', 'link/b')]).toEqual([
    true,
    true,
    true,
  ]);
  expect(isWithin('inner', 'inner')).toBe(true);
  const real = (path: string) => machineFiles.realPath(join(folder, path));
  expect([real('link/in'), real('inner/none')]).toEqual([
    machineFiles.realPath(join(folder, 'inner/b')),
    undefined,
  ]);
  expect(['inner/out', 'a', 'inner-too', 'inner/none'].map((path) => isWithin('inner', path))).toEqual(
    Array(4).fill(false),
  );
});
