import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * When the job began, on the clock of this machine's files, in milliseconds since the Unix epoch.
 *
 * It is told by the folder of the event file, and not by the file: docs/decisions.md says why.
 *
 * @param ownStart When main began: the answer where the runner's folder is not to be found, and never exceeded.
 */
export async function jobStartedAt(
  env: Readonly<Record<string, string | undefined>>,
  ownStart: number,
): Promise<number> {
  const event = env['GITHUB_EVENT_PATH'];
  if (!event) return ownStart;
  const folder = await stat(dirname(event)).catch(() => undefined);
  return Math.min(folder?.mtimeMs ?? ownStart, ownStart);
}
