import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Block, code, link, plain, strong, type Text } from '../../src/job/blocks.js';

jest.unstable_mockModule('@actions/core', () => ({ setSecret: jest.fn() }));
const { renderMarkdown } = await import('../../src/actions/markdown.js');
const { mask } = await import('../../src/actions/masking.js');

const paragraph = (text: Text): Block => ({ kind: 'paragraph', text });
const render = (...blocks: readonly Block[]) => renderMarkdown(blocks);

/** All that would be structure if it came through, also at the beginning of a line. */
const HOSTILE = [
  '```',
  '::error::x',
  '##[error]x',
  '- a',
  '1. a',
  '# a',
  '> a',
  '===',
  '---',
  '    a',
  '| a | b |',
  '</summary></details><script>x</script>',
  '[a](https://evil.example) ![](https://evil.example)',
  '**a** _b_ `c` ~~~ $d$ @evil #1 www.evil.example',
  ':crit, 0, 1; %%{init: {}}%%',
  '\u202e\u001b[31m',
].join('\n');

describe('hostile text', () => {
  const starts = HOSTILE.split('\n').flatMap((line) => [line, `${line}\n${HOSTILE}`]);
  const blocks = (text: Text): readonly Block[] => [
    { kind: 'heading', text },
    paragraph(text),
    { kind: 'list', items: [text] },
    { kind: 'rows', header: [text, text], rows: [[text, text]] },
    { kind: 'rows', rows: [[text, text]] },
  ];
  /** All of it that has a meaning in Markdown, apart from what keeps characters from having one. */
  const structure = (block: Block) =>
    render(block)
      .replaceAll(/<br>|<!-- -->|<\/?span>/g, '')
      .match(/[\n|<>`*_~[\]\\]/g);

  describe.each<[string, (text: string) => Text]>([
    ['plain', plain],
    ['code', code],
    ['strong', strong],
    ['a link', (text) => link(text, 'https://x.example')],
    ['a link to anything', (text) => link(text, text)],
  ])('as %s', (_, span) => {
    test.each(starts)('adds nothing to the structure of any block: %j', (text) => {
      expect(blocks(span(text)).map(structure)).toEqual(blocks(span('x')).map(structure));
    });
  });

  test.each(starts)('does not begin a block: %j', (text) => {
    expect(render(paragraph(text))).not.toMatch(/^(\s|[-+=>*_~`|]|#+\s|\d+[.)])/);
  });

  test.each(starts)('is no mention, no issue, no URL and no formula: %j', (text) => {
    for (const span of [plain(text), code(text), strong(text)])
      expect(render(paragraph(span))).not.toMatch(/@\w|(?<!&)#\d|:\/\/|www\.|\$\w/i);
  });

  test('does not begin a block behind an empty span, nor put together from several', () => {
    expect(render(paragraph(['', strong(''), '- a']))).toBe('&#45; a\n');
    expect(render(paragraph(['1', '. a']))).toBe('1&#46; a\n');
    expect(render(paragraph(['see https:', '//evil.example']))).toBe('see https:<!-- -->//evil.example\n');
    expect(render(paragraph(['www', plain('.evil.example')]))).toBe('www<!-- -->.evil.example\n');
  });

  test.each(starts)('does not end details in their title: %j', (title) => {
    const [line, ...rest] = render({ kind: 'details', title, blocks: [paragraph('x')] }).split('\n');
    expect(line?.match(/<\/?(details|summary|script)>/g)).toEqual(['<details>', '<summary>', '</summary>']);
    expect(rest).toEqual(['', 'x', '', '</details>', '']);
  });

  test.each([...starts, '````', '  ```', '```` x'])('does not end code: %j', (line) => {
    const [fence = '', ...rest] = render({ kind: 'code', language: 'sh', lines: [line, 'x'] }).split('\n');
    expect(fence).toMatch(/^`{3,}sh$/);
    const end = fence.replace('sh', '');
    expect(rest).toHaveLength(4);
    expect(rest.slice(1)).toEqual(['x', end, '']);
    expect(rest[0]?.trimStart().startsWith(end)).toBe(false);
  });

  test.each(starts)('is one label of a chart: %j', (text) => {
    const bars = [
      { name: ['Waited for ', text], label: ['for ', text], tag: 'done', from: 1, to: 2 },
    ] as const;
    const lines = render({ kind: 'chart', bars }).split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[6]).toMatch(/^ {4}section Waited for [^:;#%{}`\\]*$/);
    expect(lines[7]).toMatch(/^ {4}for [^:;#%{}`\\]* :done, 1, 2$/);
  });
});

describe('no secret is shown', () => {
  const SECRET = 's3cret|*_*/x';
  beforeEach(() => mask([SECRET]));

  const text = `before ${SECRET} after`;
  test.each<[string, Block]>([
    ['a heading', { kind: 'heading', text }],
    ['a paragraph', paragraph(text)],
    ['a list', { kind: 'list', items: [text] }],
    ['a header', { kind: 'rows', header: [text], rows: [] }],
    ['a cell', { kind: 'rows', rows: [[text]] }],
    ['code', { kind: 'code', language: 'sh', lines: [text] }],
    ['a title', { kind: 'details', title: text, blocks: [paragraph('x')] }],
    ['details', { kind: 'details', title: 'x', blocks: [paragraph(text)] }],
    ['a bar', { kind: 'chart', bars: [{ name: 'x', label: text, tag: 'done', from: 1, to: 2 }] }],
    ['the name of a bar', { kind: 'chart', bars: [{ name: text, label: 'x', tag: 'done', from: 1, to: 2 }] }],
    ['a code span', paragraph(code(text))],
    ['a strong span', paragraph(strong(text))],
    ['the text of a link', paragraph(link(text, 'https://x.example'))],
    ['the URL of a link', paragraph(link('before after', `https://x.example/${SECRET}`))],
  ])('in %s', (_, block) => {
    expect(render(block)).not.toContain('cret');
    expect(render(block)).toMatch(/before.*after/);
  });

  test('not even in part, where text is cut', () => {
    expect(render(paragraph(plain(`x${SECRET}`, 5)))).toBe('x&#42;&#42;&#42;\n');
  });
});
