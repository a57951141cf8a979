// `npm run generate`: compiles scripts/generate/, and runs it in the working directory. With `--check`, it only compares.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OUT = join(root, 'build', 'generate');

process.exitCode =
  node(
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    join(root, 'tsconfig.scripts.json'),
    '--outDir',
    OUT,
  ) || node(join(OUT, 'scripts/generate/main.js'), ...process.argv.slice(2));

/** @param {string[]} args */
function node(...args) {
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
