import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { sep } from 'node:path';
import type { ConfigFiles } from '../config/sources/config-files.js';

/** Far beyond any configuration. */
const MOST_BYTES = 16 * 1_048_576;

/** A pipe that nobody writes to would be waited for without an end. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The files of this machine. */
export const machineFiles: ConfigFiles = {
  read: (path) =>
    orNothing(() => {
      const file = openSync(path, WITHOUT_WAITING);
      try {
        const stats = fstatSync(file);
        return stats.isFile() && stats.size <= MOST_BYTES ? readFileSync(file) : undefined;
      } finally {
        closeSync(file);
      }
    }),
  list: (folder) => orNothing(() => readdirSync(folder)),
  modifiedAt: (path) => orNothing(() => statSync(path).mtimeMs),
  realPath: (path) => orNothing(() => realpathSync(path)),
  isWithin: (folder, path) =>
    orNothing(() => {
      const [outer, inner] = [realpathSync(folder), realpathSync(path)];
      return inner === outer || inner.startsWith(outer.endsWith(sep) ? outer : outer + sep);
    }) ?? false,
};

/** What is not there, and what may not be looked at, are the same here. */
function orNothing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
