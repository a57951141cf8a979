import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

/**
 * The import rules of docs/architecture.md are lint rules in biome.json. Here each is broken on purpose, in a
 * folder of its own, to see that the linter says so.
 */
const REFUSED: readonly (readonly [file: string, imported: string])[] = [
  ['commands/a.ts', '../aws/errors.js'],
  ['commands/b.ts', '../lock/s3.js'],
  ['commands/c.ts', '../state/dynamodb.js'],
  ['commands/d.ts', '../actions/report.js'],
  ['commands/e.ts', '../entrypoints/main.js'],
  ['commands/f.ts', '@aws-sdk/client-s3'],
  ['commands/g.ts', '@actions/core'],
  ['config/a.ts', '../aws/errors.js'],
  ['config/b.ts', '../commands/failure.js'],
  ['lock/a.ts', '../aws/errors.js'],
  ['lock/b.ts', './s3.js'],
  ['lock/c.ts', '../commands/failure.js'],
  ['lock/d.ts', '@actions/core'],
  ['lock/s3.ts', '../commands/failure.js'],
  ['state/s3.ts', '@actions/core'],
  ['snapshots/a.ts', './s3.js'],
  ['aws/a.ts', '../commands/failure.js'],
  ['aws/b.ts', '../lock/wait.js'],
  ['actions/a.ts', '../aws/errors.js'],
  ['actions/b.ts', '@aws-sdk/client-s3'],
];

const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ['entrypoints/a.ts', '../lock/s3.js'],
  ['commands/h.ts', '../lock/wait.js'],
  ['lock/dynamodb.ts', '../aws/clients.js'],
  ['snapshots/s3.ts', '@aws-sdk/client-s3'],
  ['aws/c.ts', '@aws-sdk/client-s3'],
  ['actions/c.ts', '@actions/core'],
];

describe('the import rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'lockkeeper-imports-'));
  let refused: Set<string>;

  beforeAll(() => {
    const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync('biome.json', 'utf8'));
    writeFileSync(join(root, 'biome.json'), JSON.stringify(config));
    for (const [file, imported] of [...REFUSED, ...ALLOWED]) {
      mkdirSync(dirname(join(root, 'src', file)), { recursive: true });
      writeFileSync(join(root, 'src', file), `import { x } from '${imported}';\n\nexport const y = x;\n`);
    }
    const biome = join(process.cwd(), 'node_modules/@biomejs/biome/bin/biome');
    const args = [
      biome,
      'lint',
      '--only=style/noRestrictedImports',
      '--reporter=github',
      '--max-diagnostics=none',
      '.',
    ];
    const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    refused = new Set(
      [...stdout.matchAll(/file=[^,]*?src[/\\]([^,]+),/g)].map(
        ([, file]) => file?.replaceAll('\\', '/') ?? '',
      ),
    );
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test.each(REFUSED)('%s may not import %s', (file) => {
    expect(refused).toContain(file);
  });

  test.each(ALLOWED)('%s may import %s', (file) => {
    expect(refused).not.toContain(file);
  });
});
