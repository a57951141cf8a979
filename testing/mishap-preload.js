/** Lets what the variable MISHAP names happen to the process that preloads it, when it gets SIGUSR2 or from its start. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

process.once('SIGUSR2', () => {
  process.stdout.write('A mishap befalls the step.\n');
  mishaps[process.env['MISHAP'] ?? '']?.();
});

/** @type {Record<string, () => void>} */
const mishaps = {
  'uncaught exception': () => {
    throw new Error('Nobody expected this.');
  },
  'full disk': () => {
    for (const write of /** @type {const} */ (['appendFileSync', 'writeFileSync'])) fs[write] = noSpaceLeft;
    syncBuiltinESMExports();
  },
  'disk with room for five variables': () => {
    const append = fs.appendFileSync;
    let room = 5;
    fs.appendFileSync = (file, ...rest) => {
      if (file === process.env['GITHUB_ENV']) room--;
      return room < 0 ? noSpaceLeft() : append(file, ...rest);
    };
    syncBuiltinESMExports();
  },
};

function noSpaceLeft() {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
}

if (process.env['MISHAP'] === 'nameless user') {
  os.userInfo = () => {
    throw new Error('A system error occurred: uv_os_get_passwd returned ENOENT (no such file or directory)');
  };
  syncBuiltinESMExports();
}
