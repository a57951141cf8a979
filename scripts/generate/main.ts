/**
 * Writes what the table of inputs says into every action.yml, README.md and docs/configuration.md. With `--check`, writes
 * nothing and fails if a file says something else. Paths are relative to the working directory.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { ACTIONS } from '../../src/config/attributes/row.js';
import { inputsOf } from '../../src/config/attributes.js';
import { actionInputs } from './action-yml.js';
import { configurationPage } from './configuration-page.js';
import { readmeInputs, readmeOutputs } from './readme.js';
import { withSection } from './text.js';

const PAGE = 'docs/configuration.md';

interface GeneratedFile {
  readonly path: string;
  /** What is in the file, and what ought to be; undefined is no file. */
  readonly current: string | undefined;
  readonly generated: string;
}

/** Every generated file below `root`. */
function generatedFiles(root: string): GeneratedFile[] {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const actions = ACTIONS.map((action) => {
    const path = join(action === 'root' ? '.' : action, 'action.yml');
    const current = read(path);
    return { path, current, generated: withSection(path, current, actionInputs(inputsOf(action))) };
  });
  const readme = read('README.md');
  const sections = [readmeInputs(inputsOf('root')), readmeOutputs(parse(read('action.yml')))];
  return [
    ...actions,
    {
      path: 'README.md',
      current: readme,
      generated: sections.reduce((text, section) => withSection('README.md', text, section), readme),
    },
    {
      path: PAGE,
      current: existsSync(join(root, PAGE)) ? read(PAGE) : undefined,
      generated: configurationPage(),
    },
  ];
}

/**
 * Brings every generated file below `root` up to date.
 *
 * @param options.check writes nothing, and refuses files that are not up to date
 */
export function generate(root: string, { check }: { readonly check: boolean }): void {
  const stale = generatedFiles(root).filter(({ current, generated }) => current !== generated);
  if (!check) {
    for (const { path, generated } of stale) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), generated);
    }
  } else if (stale.length > 0) {
    const names = stale.map(({ path }) => path).join(', ');
    throw new Error(`Not what src/config/attributes.ts says: ${names}. Run "npm run generate".`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    generate('.', { check: process.argv.includes('--check') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
