import { join } from 'node:path';
import { type Folder, readFolderBackend } from './folder-backend.js';

/** How much is looked at: it is for a hint in an error alone, and a workspace can be large. */
const MOST_ENTRIES = 2000;
const MOST_FOLDERS = 5;
/** No repository keeps the folder in which Terraform runs in these. */
const PASSED_OVER = /^\.|^node_modules$/;

/**
 * The other folders of a workspace that have a backend of S3, or a configuration of Lokomotive, as people are shown them: the
 * outer ones first. No link is followed out of the workspace.
 */
export function otherFolders(place: Folder): readonly string[] {
  const { workspace, files, shown } = place;
  const found: string[] = [];
  const waiting = [workspace];
  let left = MOST_ENTRIES;
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const names = files.list(folder);
    if (names === undefined || !files.isWithin(workspace, folder)) continue;
    left -= names.length;
    if (folder !== place.folder && hasBackend({ ...place, folder }, names)) found.push(shown(folder));
    if (found.length === MOST_FOLDERS || left < 0) break;
    const below = names.filter((name) => !PASSED_OVER.test(name) && !name.includes('.tf')).sort();
    for (const name of below) waiting.push(join(folder, name));
  }
  return found;
}

function hasBackend(place: Folder, names: readonly string[]): boolean {
  if (names.some((name) => name.endsWith('.lokocfg'))) return true;
  const backend = readFolderBackend(place);
  return backend.kind === 'backend' && backend.type === 's3';
}
