import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { documentationUrl } from '../src/names/documentation.js';
import { VERSION } from '../src/names/version.js';

const textOf = (path: string) => readFileSync(path, 'utf8');
const filesBelow = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesBelow('docs', '.md')];

describe('what a document names is there', () => {
  const SOURCES = ['src', 'scripts', 'testing', '__tests__', '.ci'].flatMap((folder) =>
    filesBelow(folder, ''),
  );
  const isThere = (name: string) =>
    existsSync(name) || SOURCES.some((file) => `/${file}`.endsWith(`/${name.replace(/^(\.\.?\/)+/, '')}`));

  test.each(DOCUMENTS)('files of the code, in %s', (document) => {
    const named = [...textOf(document).matchAll(/`([\w./-]+\.(?:ts|js|sh))`/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !isThere(name))).toEqual([]);
  });

  test.each(DOCUMENTS)('files and headings that %s links to', (document) => {
    const links = [...textOf(document).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    const broken = links.filter(([, path = '', anchor]) => {
      const target = path === '' ? document : join(dirname(document), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

describe('a way out that is a page has its address', () => {
  const code = filesBelow('src', '.ts')
    .filter((file) => !file.endsWith('names/documentation.ts'))
    .map(textOf)
    .join('\n');

  test('that of the version which names it, and the page and its heading are there', () => {
    const named = [...code.matchAll(/documentationUrl\('([^#']+)(?:#([^']+))?'\)/g)];
    expect(named.map(([, page]) => page)).toContain('iam.md');
    const broken = named.filter(
      ([, page = '', anchor]) => anchor !== undefined && !anchorsOf(`docs/${page}`).includes(anchor),
    );
    expect(broken.map(([call]) => call)).toEqual([]);
    expect(named.filter(([, page = '']) => !existsSync(`docs/${page}`))).toEqual([]);
    expect(documentationUrl('iam.md')).toBe(
      `https://github.com/lockkeeper/lockkeeper/blob/v${VERSION}/docs/iam.md`,
    );
  });

  test('and none is named without it', () => {
    const sentences = code.split('\n').filter((line) => !/^\s*(\/\*\*|\*|\/\/)/.test(line));
    expect(sentences.filter((line) => /docs\/[\w-]+\.md/.test(line))).toEqual([]);
  });
});

test.each(DOCUMENTS)('every workflow in %s is YAML', (document) => {
  const blocks = [...textOf(document).matchAll(/^( *)```yaml\n([\s\S]*?)^\1```/gm)].map(
    ([, , text = '']) => text,
  );
  const errors = blocks.flatMap((text) => parseAllDocuments(text).flatMap((each) => each.errors));
  expect(errors.map(({ message }) => message)).toEqual([]);
});

test('every title of an error, a warning or a notice has its entry, and every entry its title', () => {
  const [entries, last = ''] = textOf('docs/troubleshooting.md').split('## What Terraform says\n');
  const headings = [...(entries ?? '').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
  expect(last).not.toBe('');
  expect([...headings, 'Configuration', 'Unexpected error'].sort()).toEqual(titlesInCode());
});

/** A title is the first argument of a failure, a warning or a notice, or the `title` that goes with a `message`. */
function titlesInCode(): string[] {
  const code = filesBelow('src/words', '.ts')
    .concat(filesBelow('src/commands', '.ts'))
    .map(textOf)
    .join('\n');
  const given = code.matchAll(/(?:new Failure|\.warning|\.notice)\(\s*(['"])(.+?)\1,/g);
  const fields = code.matchAll(/\btitle(?: =|:) (['"`])(.+?)\1[,;]\s+(?:message:|const )/g);
  const titles = [...given, ...fields].flatMap(([, , title = '']) =>
    title.includes('$' + '{service}')
      ? ['S3', 'DynamoDB'].map((service) => title.replace('$' + '{service}', service))
      : title,
  );
  return [...new Set(titles)].sort();
}

/** As GitHub makes them. */
function anchorsOf(document: string): string[] {
  const headings = [...textOf(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
