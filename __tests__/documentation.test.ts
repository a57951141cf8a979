import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { documentationUrl } from '../src/names/documentation.js';
import { VERSION } from '../src/names/version.js';
import { begins, saidIn, textsIn } from './said-in-code.js';

const textOf = (path: string) => readFileSync(path, 'utf8');
const filesBelow = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...filesBelow('docs', '.md')];

const ALL_TEXTS = filesBelow('src', '.ts').flatMap((file) => textsIn(textOf(file)));

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

describe('what is said under a title', () => {
  const SAID = ['src/words', 'src/commands']
    .flatMap((folder) => filesBelow(folder, '.ts'))
    .flatMap((file) => saidIn(textOf(file)));
  const [PAGE = '', TERRAFORM = ''] = textOf('docs/troubleshooting.md').split('## What Terraform says\n');
  const ENTRIES = PAGE.split(/^#{2,3} (?=.)/m)
    .slice(1)
    .map(entryOf);

  test('has an entry in docs/troubleshooting.md, and every entry has its title', () => {
    const titles = [...PAGE.matchAll(/^### (.+)$/gm)].map(([, title]) => title);
    expect(TERRAFORM).not.toBe('');
    expect([...titles, 'Configuration', 'Unexpected error'].sort()).toEqual(
      [...new Set(SAID.map(({ title }) => title))].sort(),
    );
  });

  test.each(ENTRIES.flatMap(({ title, quotes }) => quotes.map((quote) => [title, quote])))(
    '%s: the code says "%s"',
    (_, quote) => {
      expect(ALL_TEXTS.filter((text) => begins(quote, text))).not.toEqual([]);
    },
  );

  // A message that may be foreign as a whole, as that of an error that nobody foresaw, has no first words.
  const OWN = SAID.filter(({ messages }) => messages.every((message) => /\w/.test(message)));
  test.each(OWN.map(({ title, messages }) => [title, messages] as const))(
    '%s: the page has the first words of %j',
    (title, messages) => {
      const entry = ENTRIES.find((each) => each.title === title);
      const quotes = ENTRIES.find((each) => each.title === entry?.sameAs)?.quotes ?? entry?.quotes ?? [];
      expect(messages.filter((message) => quotes.some((quote) => begins(quote, message)))).not.toEqual([]);
    },
  );

  test('is what README.md has of it', () => {
    const rows = [...textOf('README.md').matchAll(/^\| ([A-Z][^|`]+) \| `([^`]+)` \|/gm)];
    expect(rows.length).toBeGreaterThan(3);
    const wrong = rows.filter(
      ([, title, words = '']) =>
        !SAID.some((said) => said.title === title && said.messages.some((message) => begins(words, message))),
    );
    expect(wrong.map(([row]) => row)).toEqual([]);
  });
});

/** A heading of the page, and what stands below it. */
function entryOf(text: string): { title: string; quotes: string[]; sameAs?: string } {
  const [title = ''] = text.split('\n', 1);
  const quoted = [...text.matchAll(/^> .*(?:\n> .*)*/gm)].map(([block]) =>
    block.replaceAll(/\n?> /g, ' ').trim(),
  );
  const quotes = quoted.flatMap((quote) => quote.split(/<br>| \/ /)).map((quote) => quote.trim());
  const [, sameAs] = /^See \[([^\]]+)\]/m.exec(text) ?? [];
  return { title, quotes: quotes.filter((quote) => /\w/.test(quote)), sameAs };
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
