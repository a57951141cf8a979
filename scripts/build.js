// Builds dist/: the sources compiled by tsc, bundled by ncc, a stub for each entry that an action.yml names and one for the
// command line, and the licences of all that is in it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { licensesText, packageFolders, readPackage } from './bundled-licenses.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

for (const folder of ['build', 'dist']) rmSync(join(root, folder), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'build/entrypoints/bundle.js',
  '-o',
  'dist',
  '--stats-out',
  'build/stats.json',
  '--quiet',
);
for (const entry of entries()) {
  mkdirSync(join(root, 'dist', entry));
  writeFileSync(join(root, 'dist', entry, 'index.js'), `(await import('../index.js')).${entry}();\n`);
}
const commandLine = join(root, 'dist', 'cli', 'index.js');
mkdirSync(dirname(commandLine));
writeFileSync(commandLine, "#!/usr/bin/env node\nawait (await import('../index.js')).cli();\n", {
  mode: 0o755,
});
const { modules } = JSON.parse(readFileSync(join(root, 'build', 'stats.json'), 'utf8'));
writeFileSync(join(root, 'dist', 'licenses.txt'), licensesText(packageFolders(modules).map(readPackage)));

/** The folders in dist/ that the scripts of every action.yml are in; two actions may share one. */
function entries() {
  const manifests = ['.', ...readdirSync(root)]
    .map((folder) => join(root, folder, 'action.yml'))
    .filter((path) => existsSync(path));
  const scripts = manifests.flatMap((path) => {
    const { runs } = parse(readFileSync(path, 'utf8'));
    return [runs.main, runs.post].filter((script) => script !== undefined);
  });
  return new Set(scripts.map((script) => basename(dirname(script))));
}

/**
 * Runs a tool of node_modules, on any platform.
 * @param {string} tool
 * @param {string[]} args
 */
function run(tool, ...args) {
  const script = join(root, 'node_modules', tool);
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
}
