import type { Dirent } from 'node:fs';
import { constants, open, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { BackendSearch, InitialisedBackend, Unseen, Workspace } from '../job/workspace.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Far beyond any repository of Terraform, and walked in a second or two. */
const MOST = { depth: 16, folders: 10_000, bytes: 1_048_576 };

const BACKEND_FILE = 'terraform.tfstate';
const WORKSPACE_FILE = 'environment';
const DATA_FOLDER = '.terraform';
/** Large, and nothing is initialised in them. */
const PASSED_BY = new Set(['.git', 'node_modules']);
/** What `init` downloads into a data folder. */
const DOWNLOADS = new Set(['modules', 'providers', 'plugins']);

interface Folder {
  readonly path: string;
  readonly depth: number;
}

interface Search<B> {
  readonly read: (text: string) => B | undefined;
  /** Real paths. */
  readonly roots: readonly string[];
  readonly found: InitialisedBackend<B>[];
  readonly unseen: Unseen[];
}

/**
 * The workspace and the temporary folder of this job, as this process sees them: in a job container their paths are
 * others than outside.
 *
 * @param workingDirectory From the workspace; looked at before the rest, so that no bound leaves it out.
 */
export function jobWorkspace(env: Environment, workingDirectory?: string): Workspace {
  return {
    findBackends: async (read) => {
      const unseen: Unseen[] = [];
      const { workspace, roots } = await rootsOf(env, workingDirectory, unseen);
      const search = { read, roots, found: [], unseen };
      await walk(search);
      return named(search, workspace);
    },
  };
}

async function rootsOf(env: Environment, workingDirectory: string | undefined, unseen: Unseen[]) {
  const real = async (path: string) => {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined) unseen.push({ path, reason: 'missing' });
    return target;
  };
  const given = env['GITHUB_WORKSPACE'] || '.';
  const workspace = (await real(given)) ?? given;
  const first = workingDirectory === undefined ? undefined : await real(join(workspace, workingDirectory));
  const temp = env['RUNNER_TEMP'] ? await real(env['RUNNER_TEMP']) : undefined;
  // Relative, it is another folder for every step, and is found by the shape of what is in it.
  const dataFolder = env['TF_DATA_DIR'] ?? '';
  const data = isAbsolute(dataFolder) ? await realpath(dataFolder).catch(() => undefined) : undefined;
  // The walk tells of the link, if the working directory is one that leads out.
  const roots = [first !== undefined && isIn(workspace, first) ? first : undefined, workspace, temp, data];
  return { workspace, roots: roots.filter((root) => root !== undefined) };
}

/** Breadth first: what is near a root is seen, however much there is. */
async function walk<B>(search: Search<B>): Promise<void> {
  const seen = new Set<string>();
  const queue: Folder[] = search.roots.map((path) => ({ path, depth: 0 }));
  for (const folder of queue) {
    if (seen.has(folder.path)) continue;
    if (seen.size === MOST.folders) {
      search.unseen.push({ path: folder.path, reason: 'too-many' });
      return;
    }
    seen.add(folder.path);
    queue.push(...(await lookInto(folder, search)));
  }
}

/** @returns the folders in it, to be looked into next */
async function lookInto<B>({ path, depth }: Folder, search: Search<B>): Promise<Folder[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(path, { withFileTypes: true });
  } catch {
    search.unseen.push({ path, reason: 'unreadable' });
    return [];
  }
  const backend = entries.find((entry) => entry.name === BACKEND_FILE && entry.isFile());
  const isDataFolder = (backend && (await readBackend(path, search))) || path.endsWith(sep + DATA_FOLDER);
  for (const link of entries.filter((entry) => entry.isSymbolicLink())) {
    await noteLink(join(path, link.name), search);
  }
  const folders = entries
    .filter((entry) => entry.isDirectory() && !PASSED_BY.has(entry.name))
    .filter(({ name }) => !(isDataFolder && DOWNLOADS.has(name)))
    .map(({ name }) => ({ path: join(path, name), depth: depth + 1 }));
  if (depth < MOST.depth) return folders;
  search.unseen.push(...folders.map((folder) => ({ path: folder.path, reason: 'too-deep' }) as const));
  return [];
}

/** A link within a root leads to what is seen anyway. */
async function noteLink<B>(path: string, { roots, unseen }: Search<B>): Promise<void> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined || roots.some((root) => isIn(root, target))) return;
  const isFolder = (await stat(target).catch(() => undefined))?.isDirectory() ?? false;
  if (isFolder || path.endsWith(sep + BACKEND_FILE)) unseen.push({ path, reason: 'link' });
}

/** @returns whether the folder is what `init` made */
async function readBackend<B>(folder: string, { read, found, unseen }: Search<B>): Promise<boolean> {
  const path = join(folder, BACKEND_FILE);
  const file = await readSmall(path);
  if (typeof file === 'string') {
    unseen.push({ path, reason: file });
    return false;
  }
  const backend = read(file.text);
  if (backend === undefined) return false;
  const environment = await readSmall(join(folder, WORKSPACE_FILE));
  const workspace = typeof environment === 'string' ? '' : environment.text.trim();
  const selected = typeof environment !== 'string' &&
    workspace !== '' && { workspace, modifiedAt: environment.modifiedAt };
  found.push({ file: path, modifiedAt: file.modifiedAt, backend, ...(selected && { selected }) });
  return true;
}

/** A pipe that nobody writes to would be waited for without an end. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

type SmallFile = { readonly text: string; readonly modifiedAt: number } | 'unreadable' | 'too-large';

async function readSmall(path: string): Promise<SmallFile> {
  try {
    const file = await open(path, WITHOUT_WAITING);
    try {
      const stats = await file.stat();
      const { size, mtimeMs } = stats;
      if (!stats.isFile()) return 'unreadable';
      if (size > MOST.bytes) return 'too-large';
      return { text: await file.readFile('utf8'), modifiedAt: mtimeMs };
    } finally {
      await file.close();
    }
  } catch {
    return 'unreadable';
  }
}

/** The same with paths for people. */
function named<B>({ found, unseen }: Search<B>, workspace: string): BackendSearch<B> {
  const nameOf = (path: string) =>
    (isIn(workspace, path) ? relative(workspace, path) || '.' : path).replaceAll(sep, '/');
  return {
    found: found.map((each) => ({ ...each, file: nameOf(each.file) })),
    unseen: unseen.map((each) => ({ ...each, path: nameOf(each.path) })),
  };
}

function isIn(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
