// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
import { describe, expect, test } from '@jest/globals';
import { readArguments, readBlocks, readExpression } from '../../../src/config/hcl/hcl.js';
import { readTerraformBackends } from '../../../src/config/hcl/terraform-backends.js';

const SECRET = 'wJalrXUtnFEMI';

/** In a body: the text, and the line, column and sentence of the refusal. */
const BODIES: readonly (readonly [text: string, line: number, column: number, because: string])[] = [
  ['a = 1\na = 2\n', 2, 1, 'The argument "a" is set already at line 1, column 1. Each may be set only once.'],
  ['a = 1 b = 2\n', 1, 7, 'A newline must follow the argument or block.'],
  ['a = 1, b = 2\n', 1, 6, 'Newlines must separate arguments, not commas.'],
  ['a "x"\n', 1, 6, 'The opening brace of the block must follow here, on the same line.'],
  ['a\n', 1, 1, 'An equals sign, or the brace or label of a block, must follow this name.'],
  ['"a" = 1\n', 1, 1, 'The name of an argument must not be in quotes.'],
  ['= 1\n', 1, 1, 'An argument or a block is required here.'],
  ['a =\nb = 1\n', 1, 4, 'A value is required here.'],
  ['a {\n  b = 1 }\n', 2, 9, 'A newline must follow the argument or block.'],
  ['a { b = 1\n}\n', 1, 10, 'A block on one line has a single argument, and its closing brace behind that.'],
  ['a { b {} }\n', 1, 5, 'A block inside of a block must begin on a line of its own.'],
  ['a {} b {}\n', 1, 6, 'A newline must follow the argument or block.'],
  ['a {\n  b = 1\n', 1, 3, 'This brace is not closed before the end of the text.'],
  ['a = 1\n}\n', 2, 1, 'Nothing is open that this bracket could close.'],
  ['a {\n  b = [1\n}\n', 3, 1, 'This bracket does not close the square bracket that is open here.'],
  ['a = 1 /* b\n', 1, 7, 'This comment is not closed before the end of the text.'],
  ['a "${b}" {}\n', 1, 4, 'A template sequence cannot stand in the label of a block.'],
  ['a "%{if b}" {}\n', 1, 4, 'A template sequence cannot stand in the label of a block.'],
  ['a "b\n" {}\n', 1, 5, 'A string in quotes must end on the line that it begins on.'],
  ["a = 'b'\n", 1, 5, 'Single quotes mean nothing in HCL. Put strings into double quotes.'],
  [
    'a = 1;\n',
    1,
    6,
    'Semicolons mean nothing in HCL. Arguments end with their line, and commas separate the items of a list.',
  ],
  ['a = \u201cb\u201d\n', 1, 5, 'Curly quotes mean nothing in HCL. Put strings into straight double quotes.'],
  ['a = 1 & 2\n', 1, 7, 'HCL has no operators on bits. "And" is &&, "or" is ||, and "not" is !.'],
  [
    'a = `b`\n',
    1,
    5,
    'Backticks mean nothing in HCL. For a string of many lines, use a heredoc such as <<EOT.',
  ],
  ['a\u200d = 1\n', 1, 2, 'HCL does not know this character outside of strings and comments.'],
  ['\u00a0a = 1\n', 1, 1, 'HCL does not know this character outside of strings and comments.'],
  ['\ufffd', 1, 1, 'Here are bytes that are not UTF-8, or their replacement character. HCL is always UTF-8.'],
  [`${'a {\n'.repeat(200)}${'}\n'.repeat(200)}`, 101, 1, 'Blocks are nested too deeply here.'],
];

const EXPRESSIONS: readonly (readonly [text: string, column: number, because: string])[] = [
  [`"${SECRET}`, 1, 'This string is not closed before the end of the text.'],
  [`"${SECRET}\n"`, 15, 'A string in quotes must end on the line that it begins on.'],
  [
    `"a\\${SECRET}"`,
    3,
    'After a backslash, HCL knows only \\n, \\r, \\t, \\", \\\\, \\u with four and \\U with eight hexadecimal digits.',
  ],
  [
    '"\\u12"',
    2,
    'After a backslash, HCL knows only \\n, \\r, \\t, \\", \\\\, \\u with four and \\U with eight hexadecimal digits.',
  ],
  ['"\\ud800"', 2, 'This escape sequence is no character of Unicode.'],
  ['"\\U00110000"', 2, 'This escape sequence is no character of Unicode.'],
  ['"a\ufffd"', 3, 'Here are bytes that are not UTF-8, or their replacement character. HCL is always UTF-8.'],
  [
    `<<EOT\n${SECRET}\nEOT`,
    1,
    'This heredoc has no line with its end marker alone before the end of the text.',
  ],
  [`<<EOT\na\r${SECRET}\nEOT\n`, 2, 'A carriage return must be followed by a line feed.'],
  [
    `"\${"${SECRET}" "b"}"`,
    20,
    'A closing brace must follow the expression in a template sequence. Write $${ for a literal ${.',
  ],
  ['"a${null}"', 5, 'This is null, which cannot become part of a string.'],
  ['"a${[1]}"', 5, 'This is a list or an object, which cannot become part of a string.'],
  ['{ null = 1, (null) = 2 }', 13, 'This is null, which cannot become part of a string.'],
  ['[1 2]', 4, 'A comma must separate the items of a list.'],
  ['[1,,2]', 4, 'A value is required here.'],
  ['{ a = 1 b = 2 }', 9, 'A comma or a newline must separate the items of an object.'],
  ['{ a 1 }', 5, 'An equals sign or a colon must stand between the key of an object and its value.'],
  ['(1 2)', 4, 'A closing parenthesis must follow the expression.'],
  ['true ? 1', 9, 'A conditional needs a colon, and the result for when its condition is false.'],
  ['1 2', 3, 'Nothing may follow the expression.'],
  ['', 1, 'A value is required here.'],
  ['1.2.3', 1, 'This is not a number.'],
  [`1 + "${SECRET}"`, 5, 'A number is required here.'],
  ['-true', 2, 'A number is required here.'],
  ['1 < null', 5, 'A number is required here.'],
  [`"${SECRET}" && true`, 1, 'True or false is required here.'],
  ['!1', 2, 'True or false is required here.'],
  ['null ? 1 : 2', 1, 'True or false is required here.'],
  ['true ? 1 : false', 8, 'Both results of a conditional must be of the same type.'],
  ['1 / 0', 5, 'This divides by zero.'],
  ['1 % 0', 5, 'This divides by zero.'],
  [`${'['.repeat(200)}${']'.repeat(200)}`, 101, 'Expressions are nested too deeply here.'],
];

describe('a text is refused with its place and the reason', () => {
  test.each(BODIES)('%j', (text, line, column, because) => {
    expect(readBlocks(text, 'whole')).toEqual({ kind: 'refused', position: { line, column }, because });
  });

  test.each(EXPRESSIONS)('%j', (text, column, because) => {
    const reading = readExpression(text);
    expect(reading).toMatchObject({ kind: 'refused', because, position: { column } });
    expect(JSON.stringify(reading)).not.toContain(SECRET);
  });
});

describe('in what is passed over, only what hides its end is refused', () => {
  const passed = (text: string) => readTerraformBackends(`${text}\nterraform {\n  backend "s3" {}\n}\n`);

  test.each([
    ['resource "x" "y" {\n  a = [1 2, = ]\n  a = 1\n  a = 2 3\n}'],
    ['a = 1 + + "\\q ${ 1 2 } %{ what }"'],
    ['a = 1.2.3 + <EOT'],
    ['a = "\ufffd"'],
    ['a { b { c = 1 } d = 2 }'],
  ])('%j', (text) => {
    expect(passed(text)).toMatchObject({ kind: 'read', what: { backends: [{ labels: ['s3'] }] } });
  });

  test.each([['a = "b'], ['a = ["b"'], ['a = "${b"'], ['a = <<EOT\nb'], ['a = (1]'], ['a {\n'], ['a = /*']])(
    '%j',
    (text) => {
      expect(passed(text)).toMatchObject({ kind: 'refused' });
    },
  );
});

test('more names in one place than any backend has are refused', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `a${index} = 1\n`).join('');
  const because = 'There are too many names in one place here.';
  expect(readArguments(lines(1_000)).kind).toBe('read');
  expect(readArguments(lines(1_001))).toMatchObject({ because, position: { line: 1_001, column: 1 } });
  expect(readExpression(`{\n${lines(1_001)}}`)).toMatchObject({ because, position: { line: 1_002 } });
});
