import { join } from 'node:path';
import type { Folder } from './folder-backend.js';
import { type Lokocfg, readLokocfg } from './lokocfg/lokocfg.js';
import type { TextFile } from './lokocfg/lokocfg-block.js';

export interface LokomotiveFolder {
  readonly lokocfg: Lokocfg;
  /** What the function `file()` has read, for a file may hold a secret. */
  readonly fileTexts: readonly string[];
}

/**
 * Reads a folder that `lokoctl` may be started in; undefined if it has no configuration of Lokomotive. A file that cannot be
 * read, or is a link that leads out of the workspace, is a problem.
 */
export function readLokomotiveFolder(
  { folder, workspace, files, shown }: Folder,
  homeDir: string,
): LokomotiveFolder | undefined {
  const names = files.list(folder) ?? [];
  const configuration = names.filter((name) => name.endsWith('.lokocfg'));
  if (configuration.length === 0) return undefined;
  const fileTexts: string[] = [];
  const problems: string[] = [];
  const read = (path: string) => (files.isWithin(workspace, path) ? files.read(path) : undefined);
  const textFile = (name: string): TextFile => {
    const path = join(folder, name);
    const bytes = read(path);
    if (bytes === undefined) problems.push(unreadable(shown(path)));
    return { path: shown(path), text: Buffer.from(bytes ?? []).toString('utf8') };
  };
  const options = {
    folder,
    files: configuration.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map(textFile),
    vars: names.includes(VARS) ? textFile(VARS) : undefined,
    homeDir,
    readFile: (path: string) => {
      const bytes = read(path);
      if (bytes) fileTexts.push(Buffer.from(bytes).toString('utf8'));
      return bytes;
    },
  };
  const lokocfg: Lokocfg = problems.length > 0 ? { kind: 'refused', problems } : readLokocfg(options);
  return { lokocfg, fileTexts };
}

const VARS = 'lokocfg.vars';

const unreadable = (path: string) =>
  `The file ${path} cannot be read, or is a link that leads out of the workspace, where nothing is looked for.`;
