import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Far beyond any configuration of a backend. */
const MOST_BYTES = 1_048_576;

/** A pipe that nobody writes to would be waited for without an end. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Reads a file that the user has named, links followed; undefined if it is none, too large, or not to be read. */
export function readConfigFile(path: string): Uint8Array | undefined {
  try {
    const file = openSync(path, WITHOUT_WAITING);
    try {
      const stats = fstatSync(file);
      return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file) : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
