// `npm run fix`: runs every part, also after one that fails, and fails if any did. What biome cannot mend is no reason
// to leave the documents stale.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PARTS = [['../node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'], ['generate-docs.js']];

for (const [script = '', ...args] of PARTS) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(process.execPath, [path, ...args], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
