import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../config/environment.js';
import type { LineFile } from '../job/line-file.js';

/** Makes a file in the folder that the runner empties after each job. It is there for the later steps of this one. */
export async function openLineFile(env: Environment, name: string): Promise<LineFile> {
  const folder = await mkdtemp(join(temporaryFolder(env), 'lockkeeper-'));
  const path = join(folder, name);
  const stream = createWriteStream(path);
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  return {
    path,
    write: (line) => {
      stream.write(`${line}\n`);
    },
    close: async () => {
      if (!failure) {
        stream.end();
        await once(stream, 'close').catch(() => {});
      }
      if (failure) throw new Error(`The report could not be written to ${path}.`, { cause: failure });
    },
  };
}

/** Where files of this job alone belong. */
export function temporaryFolder(env: Environment): string {
  return env['RUNNER_TEMP'] || tmpdir();
}
