/**
 * Which packages a bundle is made of, and their licences as one text. ncc's own `--license` leaves out the packages
 * whose modules webpack joins into one, so the list is made from the bundler's account of all modules.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A module as in webpack's stats: the path of its file, and the modules that were joined into it.
 * @typedef {{ nameForCondition?: string | null, modules?: Module[] }} Module
 *
 * @typedef {{ name: string, version: string, license: string, repository: string, text: string | undefined }} Package
 */

const PACKAGE_FOLDER = /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/;
const LICENSE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const RULE = '-'.repeat(80);

/**
 * The folders of all packages that modules come from, each once.
 * @param {readonly Module[]} modules
 * @returns {string[]}
 */
export function packageFolders(modules) {
  const folders = modules.flatMap(({ nameForCondition, modules: joined = [] }) => [
    ...(PACKAGE_FOLDER.exec(nameForCondition ?? '') ?? []),
    ...packageFolders(joined),
  ]);
  return [...new Set(folders)];
}

/**
 * What a package says of itself. Line ends and spaces before them are made equal, so that the result is the same on
 * every machine.
 * @param {string} folder
 * @returns {Package}
 */
export function readPackage(folder) {
  const { name, version, license, repository } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8'));
  return {
    name,
    version,
    license,
    repository: (repository?.url ?? repository ?? '').replace(/(\.git)?$/, ''),
    text:
      texts.length === 0
        ? undefined
        : texts
            .join('\n')
            .replaceAll(/[^\S\n]*\n/g, '\n')
            .trim(),
  };
}

/**
 * Every package with its version, above the text of its licence; packages of one text are above it together.
 * @param {readonly Package[]} packages
 * @throws if a package has no licence file, and no other one of its repository has the text
 */
export function licensesText(packages) {
  const sorted = [...packages].sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1));
  const texts = [...new Set(sorted.map((one) => textOf(one, sorted)))];
  const parts = texts.map((text) => {
    const under = sorted.filter((one) => textOf(one, sorted) === text);
    return `${under.map(titleOf).join('\n')}\n\n${text}\n`;
  });
  return [`The packages whose code is in this folder, and their licences.\n`, ...parts].join(`\n${RULE}\n\n`);
}

/** @param {Package} one */
const titleOf = ({ name, version, license }) => `${name} ${version} (${license})`;

/**
 * The text of a package's licence. A package without a licence file has that of its repository: packages of one
 * repository are published from folders of it, and some leave the file behind.
 * @param {Package} one
 * @param {readonly Package[]} all
 */
function textOf(one, all) {
  const siblings = all.filter(
    ({ repository, license }) =>
      repository !== '' && repository === one.repository && license === one.license,
  );
  const text = one.text ?? siblings.find((sibling) => sibling.text !== undefined)?.text;
  if (text === undefined)
    throw new Error(`${titleOf(one)} has no licence file, nor has another package of its repository.`);
  return text;
}
