import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { importProblems, ROOMS } from '../scripts/check-imports.js';

let folder = '';

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the check says of a src/ of these files, each with what it imports. */
function problemsOf(files: Readonly<Record<string, readonly string[]>>): string[] {
  folder = mkdtempSync(join(tmpdir(), 'lockkeeper-imports-'));
  for (const [file, imports] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), imports.map((target) => `import { x } from '${target}';\n`).join(''));
  }
  return importProblems(folder);
}

test('the house keeps its own rules', () => {
  expect(importProblems('src')).toEqual([]);
});

describe('each room may import what its list names, and nothing else', () => {
  const rooms = Object.entries(ROOMS);

  test.each(rooms)('%s', (room, { rooms: allowed, packages }) => {
    const others = Object.keys(ROOMS).filter((other) => other !== room && !allowed.includes(other));
    const strangers = ['@aws-sdk/client-s3', '@smithy/types', '@actions/core', 'node:fs', 'yaml'];
    const foreign = strangers.filter((name) => !packages.some((prefix) => name.startsWith(prefix)));
    const imports = [...allowed, ...others].map((other) => `../${other}/b.js`);
    expect(problemsOf({ [`${room}/a.ts`]: [...imports, './b.js', ...strangers] })).toEqual([
      ...others.map((other) => `${room}/a.ts may not import ${other}/b.ts.`),
      ...foreign.map((name) => `${room}/a.ts may not import ${name}.`),
    ]);
  });

  test('a room that is not on the list may not be', () => {
    expect(problemsOf({ 'utils/a.ts': ['./b.js'] })).toEqual(['utils/a.ts may not import utils/b.ts.']);
  });
});

test('a circle is found, also one of types alone or of modules that are loaded late', () => {
  expect(problemsOf({ 'lock/a.ts': ['./b.js'], 'lock/b.ts': ['./c.js'], 'lock/c.ts': ['./a.js'] })).toEqual([
    'lock/a.ts -> lock/b.ts -> lock/c.ts -> lock/a.ts is a circle.',
  ]);
});
