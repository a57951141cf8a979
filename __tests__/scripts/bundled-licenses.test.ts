import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { licensesText, packageFolders, readPackage } from '../../scripts/bundled-licenses.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RULE = `\n${'-'.repeat(80)}\n\n`;

describe('packages are found by the modules of the bundle', () => {
  test('also where they were joined into one, and in packages of packages', () => {
    const modules = [
      {
        nameForCondition: '/p/build/main.js',
        modules: [
          { nameForCondition: '/p/node_modules/undici/lib/a.js' },
          { nameForCondition: '/p/node_modules/@actions/core/lib/b.js' },
        ],
      },
      { nameForCondition: '/p/node_modules/@actions/github/node_modules/@actions/http-client/c.js' },
      { nameForCondition: 'C:\\p\\node_modules\\@actions\\io\\lib\\d.js' },
      { nameForCondition: '/p/node_modules/undici/index.js' },
    ];
    expect(packageFolders(modules)).toEqual([
      '/p/node_modules/undici',
      '/p/node_modules/@actions/core',
      '/p/node_modules/@actions/github/node_modules/@actions/http-client',
      'C:\\p\\node_modules\\@actions\\io',
    ]);
  });

  test('modules without a file, such as those of Node.js, are of none', () => {
    expect(packageFolders([{}, { nameForCondition: null }])).toEqual([]);
  });
});

describe('a package is read from its folder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lockkeeper-licenses-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function read(manifest: object, files: Readonly<Record<string, string>>) {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'a', version: '1.0.0', ...manifest }));
    mkdirSync(join(folder, 'lib'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return readPackage(folder);
  }

  test('with all files that say what is permitted, the same on every machine', () => {
    const files = {
      'NOTICE.txt': 'Noted.\r\n',
      'licence.md': '\r\nFree.  \r\nReally.\r\n',
      'licenses.js': '',
      'README.md': '',
    };
    const repository = { url: 'git+https://example.com/a.git' };
    expect(read({ license: 'MIT', repository }, files)).toEqual({
      name: 'a',
      version: '1.0.0',
      license: 'MIT',
      repository: 'git+https://example.com/a',
      text: 'Noted.\n\n\nFree.\nReally.',
    });
  });

  test('or without any', () => {
    expect(read({ license: 'MIT' }, {})).toEqual({
      name: 'a',
      version: '1.0.0',
      license: 'MIT',
      repository: '',
      text: undefined,
    });
  });
});

describe('the text', () => {
  const base = { version: '1.0.0', license: 'MIT', repository: 'r', text: 'Free.' };

  test('has every package in the order of names, each text once', () => {
    const packages = [
      { ...base, name: 'c' },
      { ...base, name: 'b', text: 'Free as well.' },
      { ...base, name: 'a' },
      { ...base, name: 'a', version: '2.0.0' },
    ];
    expect(licensesText(packages)).toBe(
      [
        'The packages whose code is in this folder, and their licences.\n',
        'a 1.0.0 (MIT)\na 2.0.0 (MIT)\nc 1.0.0 (MIT)\n\nFree.\n',
        'b 1.0.0 (MIT)\n\nFree as well.\n',
      ].join(RULE),
    );
    expect(licensesText(packages.toReversed())).toBe(licensesText(packages));
  });

  test('gives a package without a licence file the licence of its repository', () => {
    expect(
      licensesText([
        { ...base, name: 'a', text: undefined },
        { ...base, name: 'b' },
      ]),
    ).toContain('a 1.0.0 (MIT)\nb 1.0.0 (MIT)\n\nFree.\n');
  });

  test.each([
    ['of another repository', { repository: 'other' }],
    ['under another licence', { license: 'ISC' }],
    ['without a text either', { text: undefined }],
  ])('is refused if the only other package is one %s', (_, other) => {
    expect(() =>
      licensesText([
        { ...base, name: 'a', text: undefined },
        { ...base, name: 'b', ...other },
      ]),
    ).toThrow('a 1.0.0 (MIT) has no licence file, nor has another package of its repository.');
  });
});

describe('dist/licenses.txt', () => {
  const dist = join(ROOT, 'dist');
  const listed = [
    ...readFileSync(join(dist, 'licenses.txt'), 'utf8').matchAll(/^(@?[\w./-]+) (\d\S*) \(.+\)$/gm),
  ].map(([, name = '', version = '']) => ({ name, version }));
  const names = listed.map(({ name }) => name);

  test('has every package that the bundle names in a comment', () => {
    const bundle = readdirSync(dist)
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(dist, file), 'utf8'));
    const comments = bundle.flatMap((text) => [
      ...text.matchAll(/^;?\/\/.*\bnode_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm),
    ]);
    const named = comments.map(([, name = '']) => name);
    expect(named).toContain('@actions/core');
    expect(names).toEqual(expect.arrayContaining([...new Set(named)]));
  });

  test('has every dependency, and what it has is installed in that version', () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
    const installed = Object.entries<{ version: string }>(packages).map(
      ([path, { version }]) => `${path.replace(/^.*node_modules\//, '')} ${version}`,
    );
    expect(names).toEqual(expect.arrayContaining(Object.keys(packages[''].dependencies)));
    expect(installed).toEqual(
      expect.arrayContaining(listed.map(({ name, version }) => `${name} ${version}`)),
    );
  });
});
