/**
 * Holds the house of docs/architecture.md: what each room of src/ may import, and that no file imports itself in a
 * circle. The table says what is allowed; whatever it does not name is refused.
 *
 * `npm run check:imports` looks at src/ below the working directory.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const PORTS = ['snapshots', 'lock', 'state', 'config', 'job', 'names'];

/**
 * Every room, and all that it may import: rooms, and packages by the beginning of their names.
 *
 * @type {Record<string, { rooms: string[], packages: string[] }>}
 */
export const ROOMS = {
  entrypoints: { rooms: ['actions', 'stores', 'commands', 'words', ...PORTS], packages: ['node:'] },
  commands: { rooms: ['words', ...PORTS], packages: ['node:'] },
  words: { rooms: PORTS, packages: [] },
  snapshots: { rooms: ['lock', 'state', 'config', 'job', 'names'], packages: ['node:'] },
  lock: { rooms: ['config', 'job', 'names'], packages: ['node:'] },
  state: { rooms: ['config', 'job', 'names'], packages: ['node:'] },
  config: { rooms: ['names'], packages: ['node:', 'picomatch/'] },
  job: { rooms: [], packages: [] },
  names: { rooms: [], packages: ['node:crypto', 'node:path'] },
  stores: {
    rooms: PORTS,
    packages: ['node:', '@aws-sdk/', '@smithy/', 'http-proxy-agent', 'https-proxy-agent'],
  },
  actions: { rooms: ['lock', 'config', 'job'], packages: ['node:', '@actions/'] },
};

const IMPORT = /(?:\bfrom|\bimport\()\s*'([^']+)'/g;

/**
 * What is wrong with the imports of the TypeScript below `folder`, a sentence each.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function importProblems(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll(sep, '/'))
    .sort();
  const imports = new Map(
    files.map((file) => [file, importsOf(file, readFileSync(join(folder, file), 'utf8'))]),
  );
  const refused = [...imports].flatMap(([file, targets]) =>
    targets.filter((target) => !isAllowed(file, target)).map((target) => `${file} may not import ${target}.`),
  );
  return [...refused, ...circles(imports)];
}

/** @param {string} file @param {string} source */
function importsOf(file, source) {
  const targets = [...source.matchAll(IMPORT)].map((match) => match[1] ?? '');
  return targets.map((target) =>
    target.startsWith('.') ? posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts') : target,
  );
}

/** @param {string} file @param {string} target */
function isAllowed(file, target) {
  const room = ROOMS[roomOf(file)];
  if (room === undefined) return false;
  if (!target.endsWith('.ts')) return room.packages.some((prefix) => target.startsWith(prefix));
  return roomOf(target) === roomOf(file) || room.rooms.includes(roomOf(target));
}

/** @param {string} file */
const roomOf = (file) => file.split('/')[0] ?? '';

/** @param {Map<string, string[]>} imports */
function circles(imports) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const found = [];
  /** @param {string} file @param {string[]} path */
  const follow = (file, path) => {
    if (path.includes(file))
      found.push(`${[...path.slice(path.indexOf(file)), file].join(' -> ')} is a circle.`);
    if (done.has(file) || path.includes(file)) return;
    for (const target of imports.get(file) ?? []) follow(target, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) follow(file, []);
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = importProblems('src');
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
