import { join, resolve } from 'node:path';
import type { TextFunction } from '../../hcl/value.js';
import type { ConfigFiles } from '../config-files.js';

/**
 * A path with `~` at its beginning expanded; undefined if that is the `~` of somebody else.
 *
 * @see https://github.com/mitchellh/go-homedir/blob/v1.1.0/homedir.go Expand
 */
export function expandHome(path: string, homeDir: string): string | undefined {
  if (!path.startsWith('~')) return path;
  return /^~[^/\\]/.test(path) ? undefined : resolve(join(homeDir, path.slice(1)));
}

/** The function `pathexpand`. */
export function pathExpander(homeDir: string): TextFunction {
  return (path) => {
    const text = expandHome(path, homeDir);
    if (text !== undefined) return { kind: 'returned', text };
    return { kind: 'failed', because: 'In a path, "~" stands for your own home directory only.' };
  };
}

const UNREADABLE =
  'There is no file of that path in the workspace that could be read. "~" is no home directory here without pathexpand().';

/** The function `file`. */
export function fileReader({
  folder,
  readFile,
}: {
  folder: string;
  readFile: ConfigFiles['read'];
}): TextFunction {
  return (path) => {
    const bytes = readFile(resolve(folder, path));
    if (bytes === undefined) return { kind: 'failed', because: UNREADABLE };
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      return { kind: 'returned', text };
    } catch {
      return { kind: 'failed', because: 'The file of that path is no text in UTF-8.' };
    }
  };
}
