import { describe, expect, test } from '@jest/globals';
import { mask, maskWithoutRunner } from '../../../src/actions/masking.js';
import { renderPlainText } from '../../../src/actions/terminal/plain-text.js';
import { type Style, styleFor } from '../../../src/actions/terminal/style.js';
import { type Block, code, link, onLines, plain, strong } from '../../../src/job/blocks.js';

const PLAIN: Style = (_, text) => text;
const text = (...blocks: Block[]) => renderPlainText(blocks, PLAIN).join('\n');

describe('blocks as text', () => {
  test('each after an empty line, and none for one that holds nothing', () => {
    expect(
      text(
        { kind: 'heading', text: ['✅ ', plain('a/b')] },
        { kind: 'list', items: [] },
        { kind: 'paragraph', text: [strong('2 added'), ' · held 3\u00a0s'] },
        { kind: 'paragraph', text: '' },
        { kind: 'rows', rows: [] },
        { kind: 'list', items: [onLines(['one', 'and more']), code('two')] },
      ),
    ).toBe('✅ a/b\n\n2 added · held 3 s\n\n- one\n  and more\n- two');
  });

  test('columns stand below each other, also of letters beyond the first plane', () => {
    const rows = [
      ['7', '2 h ago'],
      ['12345 (doubtful)', '🔒 x'],
    ];
    expect(text({ kind: 'rows', header: ['Serial', 'Written'], rows })).toBe(
      ['Serial            Written', '7                 2 h ago', '12345 (doubtful)  🔒 x'].join('\n'),
    );
  });

  test('what is folded in a summary is open, and stands below its title', () => {
    const inner: Block = { kind: 'code', language: 'diff', lines: ['+ a', '- b'] };
    expect(text({ kind: 'details', title: 'Changed', blocks: [inner] })).toBe('Changed\n    + a\n    - b');
    expect(text({ kind: 'details', title: 'Changed', blocks: [] })).toBe('');
  });

  test('a chart is its bars', () => {
    const bar = { name: 'Waiting', label: '16 s', tag: 'done', from: 0, to: 1 } as const;
    expect(text({ kind: 'chart', bars: [bar] })).toBe('Waiting  16 s');
  });

  test('a link has its address behind it, unless it is its own', () => {
    expect(
      text({
        kind: 'paragraph',
        text: [link('run', 'https://x.test/1'), ' ', link('https://x.test/1', 'https://x.test/1')],
      }),
    ).toBe('run <https://x.test/1> https://x.test/1');
  });
});

describe('text from outside', () => {
  test('moves no cursor, colours nothing and sets no title', () => {
    const evil = '\u001b[2J\u001b]0;x\u0007\u009b1m\u202e\r';
    const shown = text(
      { kind: 'paragraph', text: evil },
      { kind: 'rows', rows: [[evil]] },
      { kind: 'code', language: 'sh', lines: [evil] },
      {
        kind: 'details',
        title: evil,
        blocks: [{ kind: 'list', items: [link(evil, `https://x.test/${evil}`)] }],
      },
    );
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
  test('makes no line of its own', () => {
    expect(text({ kind: 'paragraph', text: plain('ada\nError: all is lost') })).toBe(
      'ada\n  Error: all is lost',
    );
    expect(text({ kind: 'rows', rows: [[plain('ada\nError: x'), 'y']] })).toBe('ada, Error: x  y');
  });
  test('shows no secret, also where it is cut', () => {
    maskWithoutRunner();
    mask(['hunter2hunter2']);
    expect(text({ kind: 'paragraph', text: plain('is hunter2hunter2', 8) })).toBe('is ***');
    expect(text({ kind: 'paragraph', text: link('x', 'https://x.test/hunter2hunter2') })).not.toContain(
      'hunter2',
    );
  });
});

describe('colours', () => {
  const styled = (isTTY: boolean, env: Record<string, string>) => styleFor({ isTTY }, env)('red', 'x');
  test('are where a person looks on', () => {
    expect(styled(true, {})).toBe('\u001b[31mx\u001b[39m');
  });
  test.each([
    [false, {}],
    [true, { NO_COLOR: '1' }],
    [true, { TERM: 'dumb' }],
  ])('are not, with a terminal: %j, and %j', (isTTY, env) => {
    expect(styled(isTTY, env as Record<string, string>)).toBe('x');
  });
  test('are around changes', () => {
    const block: Block = { kind: 'code', language: 'diff', lines: ['+ a', '  b'] };
    expect(renderPlainText([block], styleFor({ isTTY: true }, {}))).toEqual([
      '  \u001b[32m+ a\u001b[39m',
      '    b',
    ]);
  });
});
