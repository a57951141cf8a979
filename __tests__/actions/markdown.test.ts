import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../src/actions/markdown.js';
import { type Block, code, link, onLines, plain, strong, type Text } from '../../src/job/blocks.js';

const paragraph = (text: Text): Block => ({ kind: 'paragraph', text });
const render = (...blocks: readonly Block[]) => renderMarkdown(blocks);

describe('every kind of block', () => {
  test.each<[string, Block, string]>([
    ['a heading', { kind: 'heading', text: ['Lock ', code('a/b')] }, '### Lock <code>a/b</code>\n'],
    ['a paragraph', paragraph('All is well.'), 'All is well.\n'],
    ['a list', { kind: 'list', items: ['One.', strong('Two')] }, '- One.\n- **Two**\n'],
    [
      'rows with a header',
      { kind: 'rows', header: ['Lock', 'ID'], rows: [['a', code('b')]] },
      '| Lock | ID |\n| :-- | :-- |\n| a | <code>b</code> |\n',
    ],
    [
      'a header alone',
      { kind: 'rows', header: ['Lock', 'none'], rows: [] },
      '| Lock | none |\n| :-- | :-- |\n',
    ],
    [
      'rows without a header',
      {
        kind: 'rows',
        rows: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      '|  |  |\n| :-- | :-- |\n| a | b |\n| c | d |\n',
    ],
    [
      'details',
      { kind: 'details', title: 'More', blocks: [paragraph('One.'), { kind: 'list', items: ['Two.'] }] },
      '<details><summary>More</summary>\n\nOne.\n\n- Two.\n\n</details>\n',
    ],
    [
      'code',
      { kind: 'code', language: 'diff', lines: [['+ ', plain('a["b"]')], '- c'] },
      '```diff\n+ a["b"]\n- c\n```\n',
    ],
    [
      'a chart',
      {
        kind: 'chart',
        bars: [
          { name: 'Waited', label: ['for ', 'alice'], tag: 'done', from: 1_000.7, to: 2_000.2 },
          { name: 'Held', label: '5 s', tag: 'active', from: 2_000, to: 7_000 },
        ],
      },
      [
        '```mermaid',
        'gantt',
        '    dateFormat x',
        '    axisFormat %H:%M:%S',
        '    tickInterval 2second',
        '    todayMarker off',
        '    section Waited',
        '    for alice :done, 1000, 2000',
        '    section Held',
        '    5 s :active, 2000, 7000',
        '```',
        '',
      ].join('\n'),
    ],
  ])('%s', (_, block, expected) => {
    expect(render(block)).toBe(expected);
  });

  test('blocks are apart by an empty line', () => {
    expect(render(paragraph('One.'), paragraph('Two.'))).toBe('One.\n\nTwo.\n');
  });

  test.each<[string, Block]>([
    ['an empty paragraph', paragraph('')],
    ['an empty list', { kind: 'list', items: [] }],
    ['no rows', { kind: 'rows', rows: [] }],
    ['no code', { kind: 'code', language: 'sh', lines: [] }],
    ['no bars', { kind: 'chart', bars: [] }],
    ['details of nothing', { kind: 'details', title: 'More', blocks: [{ kind: 'list', items: [] }] }],
  ])('%s is not shown', (_, block) => {
    expect(render(paragraph('One.'), block, paragraph('Two.'))).toBe('One.\n\nTwo.\n');
  });
});

describe('every kind of span', () => {
  test.each<[string, Text, string]>([
    ['plain', plain('a|b'), 'a&#124;b'],
    ['code', code('a|b'), '<code>a&#124;b</code>'],
    ['strong', strong('a|b'), '**a&#124;b**'],
    ['a link', link('run [1]', 'https://x.example/1'), '[run &#91;1&#93;](https://x.example/1)'],
    ['a link to what is not the web', link('run', 'javascript:alert(1)'), 'run'],
    ['several', ['a ', code('b'), ' c'], 'a <code>b</code> c'],
    ['texts on lines', onLines(['a', ['b ', code('c')], strong('d')]), 'a<br>b <code>c</code><br>**d**'],
    ['empty ones', ['', strong(''), code(''), link('', 'https://x.example/'), 'a'], 'a'],
  ])('%s', (_, text, expected) => {
    expect(render(paragraph(text))).toBe(`${expected}\n`);
  });

  test.each([
    ['plain', plain],
    ['code', code],
    ['strong', strong],
    ['link', (text: string, longest?: number) => link(text, 'no URL', longest)],
  ])('%s is cut where its story says, before it is escaped', (_, span) => {
    expect(render(paragraph(span('||||', 2)))).toContain('&#124;&#124;…');
    expect(render(paragraph(span('||||', 2)))).not.toContain('&#124;&#124;&#124;');
    expect(render(paragraph(span('||||', 4)))).not.toContain('…');
  });

  test('a label of a chart has room for 60 characters of each', () => {
    const bars = [
      { name: 'Waited', label: ['Waited for ', 'x'.repeat(61)], tag: 'done', from: 1, to: 2 },
    ] as const;
    expect(render({ kind: 'chart', bars })).toContain(` Waited for ${'x'.repeat(60)}… :`);
  });

  test('no span is endless', () => {
    expect(render(paragraph(plain('x'.repeat(5_000), 1_000_000)))).toBe(`${'x'.repeat(4_000)}…\n`);
  });
});

describe('a summary that is too large for GitHub', () => {
  const LEFT_OUT = 'The rest of this summary is left out: it is more than GitHub shows.';
  /** 4,003 bytes with the empty line behind it. */
  const large = (first: string) => paragraph(first + 'ü'.repeat(2_000));
  const blocks = Array.from({ length: 300 }, (_, index) => large(`${index}`.padStart(3, '0')));

  test('keeps its beginning, and says that the rest is left out', () => {
    const markdown = renderMarkdown([...blocks, paragraph('The end.')]);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(890_000);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(900_000);
    expect(markdown).toMatch(/^000ü/);
    expect(markdown.endsWith(`\n\n${LEFT_OUT}\n`)).toBe(true);
    expect(markdown).not.toContain('The end.');
  });

  test('is left out as a whole where its first block is too large', () => {
    const items = blocks.map((_, index) => plain(`${index}${'ü'.repeat(2_000)}`));
    expect(render({ kind: 'list', items }, paragraph('The end.'))).toBe(`${LEFT_OUT}\n`);
  });

  test('is shown whole up to that', () => {
    const markdown = renderMarkdown(blocks.slice(0, 220));
    expect(markdown).not.toContain(LEFT_OUT);
    expect(markdown.match(/^\d{3}ü/gm)).toHaveLength(220);
  });
});
