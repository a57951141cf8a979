import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutSecrets } from './masking.js';

/** What the runner says of its folder for files that end with the job. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Writes lines to a file of their own, where later steps of the job find it.
 *
 * @param id Makes the name another one for each use.
 * @returns Its path.
 */
export async function writeReportFile(
  env: Environment,
  { name, id }: { readonly name: string; readonly id: string },
  lines: readonly string[],
): Promise<string> {
  const path = join(env['RUNNER_TEMP'] ?? '.', `lockkeeper-${name}-${id}.ndjson`);
  await writeFile(path, lines.map((line) => `${withoutSecrets(line)}\n`).join(''), { flag: 'wx' });
  return path;
}
