import { describe, expect, test } from '@jest/globals';
import {
  codeForMarkdown,
  forLog,
  forMarkdown,
  forMermaid,
  inlineForMarkdown,
  MAX_TEXT_LENGTH,
  urlForMarkdown,
  visible,
} from '../../src/actions/sanitise.js';
import { parseCommand } from '../../testing/workflow-commands.js';

describe('text can do no harm in the log', () => {
  test.each<[string, string, string]>([
    ['plain text', 'Released the lock a/b.', 'Released the lock a/b.'],
    ['an ARN', 'arn:aws:iam::123456789012:role/x', 'arn:aws:iam::123456789012:role/x'],
    ['a command', '::error::boom', '\\::error::boom'],
    ['an indented command', ' \u00a0\u3000::set-output name=x::y', ' \u00a0\u3000\\::set-output name=x::y'],
    ['the first half of a command', ':', '\\:'],
    ['the older form', 'x ##[error]boom', 'x ##\\[error]boom'],
    ['the older form behind a hash', '###[add-mask]x', '###\\[add-mask]x'],
    ['a line feed', 'x\n::error::boom', 'x\n  \\::error::boom'],
    ['a Windows line end', 'x\r\n##[error]boom', 'x\n  ##\\[error]boom'],
    ['a carriage return', 'x\r::error::boom', 'x\\r::error::boom'],
    ['a tab, which the runner trims', '\t::error::boom', '\\t::error::boom'],
    ['other line ends', 'a\u000bb\u000cc\u0085d\u2028e\u2029f', 'a\\u000bb\\u000cc\\u0085d\\u2028e\\u2029f'],
    ['colours', '\u001b[31mred\u009b0m', '\\u001b[31mred\\u009b0m'],
    ['a terminal title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['bidirectional overrides', 'user\u202etxt.exe\u2066x\u2069', 'user\\u202etxt.exe\\u2066x\\u2069'],
    ['what cannot be seen', 'a\u200bb\u00adc\ufeffd\u{e0041}', 'a\\u200bb\\u00adc\\ufeffd\\u{e0041}'],
    ['half a surrogate pair', 'a\ud83d', 'a\\ud83d'],
    ['letters of the world', 'ünï 日本 😀', 'ünï 日本 😀'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    expect(forLog(text)).toBe(expected);
  });

  test('long text is cut, at a whole character', () => {
    expect(forLog('x'.repeat(MAX_TEXT_LENGTH))).toHaveLength(MAX_TEXT_LENGTH);
    expect(forLog('x'.repeat(MAX_TEXT_LENGTH + 1))).toBe(`${'x'.repeat(MAX_TEXT_LENGTH)}…`);
    expect(forLog(`${'x'.repeat(MAX_TEXT_LENGTH - 1)}😀`)).toBe(`${'x'.repeat(MAX_TEXT_LENGTH - 1)}…`);
  });
});

describe('text can do no harm in Markdown', () => {
  test.each<[string, string, string]>([
    ['plain text', 'All is well: 2 of 3 (so far).', 'All is well: 2 of 3 (so far).'],
    ['HTML', '<img src=x onerror="y">', '&#60;img src=x onerror="y"&#62;'],
    ['an entity', '&lt;b&#62;', '&#38;lt;b&#38;#<!-- -->62;'],
    ['a table', 'a|b\\|c', 'a&#124;b&#92;&#124;c'],
    ['code', '`x` ```', '&#96;x&#96; &#96;&#96;&#96;'],
    ['emphasis', '*a* _b_ ~~c~~', '&#42;a&#42; &#95;b&#95; &#126;&#126;c&#126;&#126;'],
    ['a link and an image', '![a](b)', '&#33;&#91;a&#93;(b)'],
    ['a URL', 'see https://evil.example', 'see https:<!-- -->//evil.example'],
    ['a URL without a scheme', 'see WWW.evil.example', 'see WWW<!-- -->.evil.example'],
    ['a mention', '@octocat', '@<!-- -->octocat'],
    ['an e-mail address', 'a@b.example', 'a@<!-- -->b.example'],
    ['an issue', 'see #12', 'see #<!-- -->12'],
    ['a heading', '# big', '#<!-- --> big'],
    ['mathematics', '$x$', '<span>$</span>x<span>$</span>'],
    ['a list', '- a', '&#45; a'],
    ['a list with pluses', '+ a', '&#43; a'],
    ['a numbered list', '12. a', '12&#46; a'],
    ['another', '1) a', '1&#41; a'],
    ['a number that counts', '2 added', '2 added'],
    ['a date', '2026-11-22', '2026-11-22'],
    ['an underlined heading', 'a\n===', 'a<br>==='],
    ['an underline', '===', '&#61;=='],
    ['indented code', '    a', '&#32;   a'],
    ['line feeds', 'a\nb\r\nc', 'a<br>b<br>c'],
    ['unseen characters', 'a\r\u202e', 'a&#92;r&#92;u202e'],
    ['a comment', '<!-- -->', '&#60;&#33;-- --&#62;'],
  ])('%s', (_, text, expected) => {
    expect(forMarkdown(text)).toBe(expected);
  });

  test('nor as code', () => {
    expect(codeForMarkdown('a`b|c</code>\n@x')).toBe(
      '<code>a&#96;b&#124;c&#60;/code&#62;&#92;n@<!-- -->x</code>',
    );
  });

  test('inside a line nothing begins a block', () => {
    expect(inlineForMarkdown(' - 1. a|b\n=')).toBe(' - 1. a&#124;b<br>=');
  });

  test('long text is cut before it is escaped', () => {
    expect(forMarkdown('||||', 2)).toBe('&#124;&#124;…');
    expect(codeForMarkdown('||||', 2)).toBe('<code>&#124;&#124;…</code>');
  });
});

describe('the target of a link can do no harm', () => {
  test.each<[string, string, string | undefined]>([
    ['a run', 'https://github.com/a/b/actions/runs/1#step', 'https://github.com/a/b/actions/runs/1#step'],
    ['a query', 'http://x.example/?a=1&b=2', 'http://x.example/?a=1&amp;b=2'],
    ['the end of a target', 'https://x.example/a)b(c', 'https://x.example/a%29b%28c'],
    ['a table', 'https://x.example/a|b', 'https://x.example/a%7Cb'],
    ['a line feed', 'https://x.example/a\nb', 'https://x.example/ab'],
    ['quotes and HTML', 'https://x.example/"\'<b>`', 'https://x.example/%22%27%3Cb%3E%60'],
    ['an entity', 'https://x.example/&#41;', 'https://x.example/&amp;#41;'],
    ['mathematics', 'https://x.example/$a$', 'https://x.example/%24a%24'],
    ['a backslash and a blank', 'https://x.example/a\\b c', 'https://x.example/a/b%20c'],
    ['a script', 'javascript:alert(1)', undefined],
    ['a script between blanks', ' \u0001javascript:alert(1)', undefined],
    ['data', 'data:text/html,x', undefined],
    ['another site behind credentials', 'https://github.com@evil.example/', undefined],
    ['a password', 'https://:x@evil.example/', undefined],
    ['no URL', 'see there', undefined],
    ['an endless one', `https://x.example/${'a'.repeat(MAX_TEXT_LENGTH)}`, undefined],
  ])('%s', (_, text, expected) => {
    expect(urlForMarkdown(text)).toBe(expected);
  });
});

describe('text can do no harm in Mermaid', () => {
  test.each<[string, string, string]>([
    ['plain text', 'alice@laptop (run 7/1)', 'alice@laptop (run 7/1)'],
    ['the end of a label', 'a :crit, 1, 2', 'a ∶crit‚ 1‚ 2'],
    ['the end of a statement', 'a;b#c', 'a⁏b＃c'],
    ['a comment', '%% x', '％％ x'],
    ['a directive', '%%{init: {}}%%', '％％❴init∶ ❴❵❵％％'],
    ['quotes and HTML', '"`<b>`"&amp;', '″ˋ‹b›ˋ″＆amp⁏'],
    ['a line feed', 'a\nsection b', 'a∖nsection b'],
    ['long text', 'x'.repeat(61), `${'x'.repeat(60)}…`],
  ])('%s', (_, text, expected) => {
    expect(forMermaid(text)).toBe(expected);
  });
});

test('no mixture of attacks gets through to the log or into Markdown', () => {
  const parts = [
    '::',
    ':',
    '##',
    '[',
    ']',
    'error',
    ' ',
    '\t',
    '\n',
    '\r',
    '\u0085',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '@',
    '|',
    '`',
    'x',
  ];
  let state = 1;
  const below = (limit: number) => {
    state = (state * 48_271) % 0x7fffffff;
    return state % limit;
  };

  for (let round = 0; round < 3_000; round++) {
    const text = Array.from({ length: 1 + below(8) }, () => parts[below(parts.length)]).join('');
    for (const line of forLog(text).split('\n')) {
      expect(line).not.toMatch(/^\s*::|##\[|[^\P{C}\n]/u);
      expect(parseCommand(line)).toBeUndefined();
    }
    for (const markdown of [forMarkdown(text), inlineForMarkdown(text), codeForMarkdown(text)])
      expect(markdown).not.toMatch(/[|`\n]/);
    expect(visible(text)).not.toMatch(/\p{C}/u);
  }
});
