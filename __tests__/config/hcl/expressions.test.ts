// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
import { describe, expect, test } from '@jest/globals';
import { readExpression } from '../../../src/config/hcl/hcl.js';
import { oracleForm } from '../../../testing/hcl-forms.js';

/** The value of an expression, with its type. */
function worth(text: string): unknown {
  const reading = readExpression(text);
  return reading.kind === 'read' ? oracleForm(reading.what) : reading.because;
}

const TABLES: Record<string, readonly (readonly [text: string, value: unknown])[]> = {
  literals: [
    ['true', { bool: true }],
    ['false', { bool: false }],
    ['null', { null: true }],
    ['"text"', { string: 'text' }],
    ['""', { string: '' }],
  ],
  'numbers keep every digit, as Terraform writes them': [
    ['12.50', { number: '12.5' }],
    ['007', { number: '7' }],
    ['0', { number: '0' }],
    ['1e3', { number: '1000' }],
    ['1.e3', { number: '1000' }],
    ['1.5E-3', { number: '0.0015' }],
    ['120e-1', { number: '12' }],
    ['123456789012345678901234567890.5', { number: '123456789012345678901234567890.5' }],
    ['-12', { number: '-12' }],
    ['- -1', { number: '1' }],
  ],
  'escape sequences': [
    [String.raw`"\n\r\t\"\\"`, { string: '\n\r\t"\\' }],
    [String.raw`"\u00e9\U0001F600"`, { string: 'é😀' }],
    ['"$${a} %%{b}"', { string: '${a} %{b}' }],
    ['"$$${a} $ % $$ %%"', { string: '$${a} $ % $$ %%' }],
    ['"a # b // c /* d */"', { string: 'a # b // c /* d */' }],
  ],
  'strings are in normal form C': [
    ['"e\u0301"', { string: '\u00e9' }],
    ['"e${"\u0301"}"', { string: '\u00e9' }],
    ['{ "e\u0301" = 1 }', { object: { '\u00e9': { number: '1' } } }],
  ],
  templates: [
    ['"a${"b"}c"', { string: 'abc' }],
    ['"${1.50}${true}"', { string: '1.5true' }],
    ['"${"}"}"', { string: '}' }],
    ['"${"a${"b"}"}c"', { string: 'abc' }],
    ['"${ { a = "}" } == null ? 1 : 2 }!"', { string: '2!' }],
  ],
  'a string that is nothing but a sequence keeps its type': [
    ['"${1}"', { number: '1' }],
    ['"${null}"', { null: true }],
    ['"${[]}"', { tuple: [] }],
  ],
  heredocs: [
    ['<<EOT\na\n  b "quoted" \\n\nEOT\n', { string: 'a\n  b "quoted" \\n\n' }],
    ['<<EOT\nEOT\n', { string: '' }],
    ['<<EOT\n  EOT  \n', { string: '' }],
    ['<<E-T\nEOT\nE-T x\n E-T\n', { string: 'EOT\nE-T x\n' }],
    ['<<EOT\na ${"b"}\n$${c}\nEOT\n', { string: 'a b\n${c}\n' }],
    ['<<EOT\r\na\r\nEOT\r\n', { string: 'a\r\n' }],
    ['<<EOT\n${1}\nEOT\n', { string: '1\n' }],
    ['<<EOT\n${1}EOT\nEOT\n', { string: '1EOT\n' }],
    ['<<EOT\n\ufeffEOT\n\u0085EOT\u3000\n', { string: '\ufeffEOT\n' }],
  ],
  'heredocs without their common indentation': [
    ['<<-EOT\n    a\n      b\n    EOT\n', { string: 'a\n  b\n' }],
    ['<<-EOT\n\ta\n\t\tb\nEOT\n', { string: 'a\n\tb\n' }],
    ['<<-EOT\n  a\n \n\n  b\n EOT\n', { string: 'a\n \n\nb\n' }],
    ['<<-EOT\n  a\n${"b"}\nEOT\n', { string: '  a\nb\n' }],
    ['<<-EOT\n  ${"b"}\n   c\nEOT\n', { string: 'b\n c\n' }],
  ],
  'lists and objects': [
    ['[]', { tuple: [] }],
    ['[1, "a", [true],]', { tuple: [{ number: '1' }, { string: 'a' }, { tuple: [{ bool: true }] }] }],
    ['[\n1,\n2\n]', { tuple: [{ number: '1' }, { number: '2' }] }],
    ['{}', { object: {} }],
    ['{ a = 1, b : 2 }', { object: { a: { number: '1' }, b: { number: '2' } } }],
    ['{\n\n a = 1 # one\n "b" = 2\n}', { object: { a: { number: '1' }, b: { number: '2' } } }],
    ['{ a = 1, a = 2 }', { object: { a: { number: '2' } } }],
    [
      '{ true = 1, 2 = 3, ("x") = 4 }',
      { object: { true: { number: '1' }, 2: { number: '3' }, x: { number: '4' } } },
    ],
    ['{ __proto__ = 1 }', { object: Object.fromEntries([['__proto__', { number: '1' }]]) }],
  ],
  'operators, by what binds most': [
    ['1 + 2 * 3', { number: '7' }],
    ['(1 + 2) * 3', { number: '9' }],
    ['10 - 3 - 2', { number: '5' }],
    ['-2 * 3 + 10 % 4', { number: '-4' }],
    ['6 / 3', { number: '2' }],
    ['-7 % 4', { number: '-3' }],
    ['1 + 1 == 2 && 2 < 3 || false', { bool: true }],
    ['true || false && false', { bool: true }],
    ['!true == false', { bool: true }],
    ['1.5 < 1.50001 && -1 < 0 && 2 >= 2.0', { bool: true }],
    ['1 +\n2', { number: '3' }],
  ],
  'equality knows types': [
    ['1 == 1.0', { bool: true }],
    ['1 == "1"', { bool: false }],
    ['true == "true"', { bool: false }],
    ['"a" != "b"', { bool: true }],
    ['null == null', { bool: true }],
    ['[] == null', { bool: false }],
  ],
  'operands of another type are converted': [
    ['"1" + 1', { number: '2' }],
    ['-"1.50"', { number: '-1.5' }],
    ['"true" && "1"', { bool: true }],
    ['!"0"', { bool: true }],
  ],
  conditionals: [
    ['true ? "a" : "b"', { string: 'a' }],
    ['false ? 1 : true ? 2 : 3', { number: '2' }],
    ['true ? 5 : "a"', { string: '5' }],
    ['false ? "a" : true', { string: 'true' }],
    ['true ? null : { a = 1 }', { null: true }],
    ['false ? null : { a = 1 }', { object: { a: { number: '1' } } }],
  ],
  'comments and white space': [
    [' /* a */ 1 /* b\n */ + # c\n 2 // d', { number: '3' }],
    ['(\r\n1\r\n)', { number: '1' }],
  ],
};

describe.each(Object.entries(TABLES))('%s', (_, table) => {
  test.each(table)('%j', (text, value) => {
    expect(worth(text)).toEqual(value);
  });
});
