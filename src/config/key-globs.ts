import { backupInputs } from './attributes/backup.js';
import type { Format } from './formats.js';
import { matchesGlob } from './globs.js';
import type { InputReader } from './input-reader.js';
import { quote } from './quoting.js';
import type { KeyGlobs } from './settings.js';

/** Which states of the bucket are meant. */
export function parseKeyGlobs(inputs: InputReader<typeof backupInputs>): KeyGlobs {
  return inputs.read('keys', keyGlobs);
}

/** Whether the state at this path is one of those that are meant. */
export function isMeant({ included, excluded }: KeyGlobs, path: string): boolean {
  const matches = (glob: string) => matchesGlob(glob, path);
  return included.some(matches) && !excluded.some(matches);
}

/** Lines of globs; those that begin with `!` exclude, wherever they stand, and alone they take away from all states. */
const keyGlobs: Format<KeyGlobs> = (text) => {
  const lines = text.split('\n').map((line) => line.trim());
  const given = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const wrong = given.find((line) => /^!?(?:\/|$)/.test(line) || /\p{Cc}/u.test(line));
  if (wrong !== undefined)
    return {
      expected: 'lines of keys, in which *, ? and ** may stand, none with "/" first',
      got: quote(wrong),
    };
  const excluded = given.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const included = given.filter((line) => !line.startsWith('!'));
  return { value: { included: included.length > 0 ? included : [backupInputs.keys.fallback], excluded } };
};
