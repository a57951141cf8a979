// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL has templates of its own.
import { describe, expect, test } from '@jest/globals';
import { readBlocks, readExpression } from '../../../src/config/hcl/hcl.js';
import { type HclValue, NO_SCOPE, type Scope, type TextFunction } from '../../../src/config/hcl/value.js';
import { plainArguments } from '../../../testing/hcl-forms.js';

const upper: TextFunction = (text) => ({ kind: 'returned', text: text.toUpperCase() });
const failing: TextFunction = () => ({ kind: 'failed', because: 'This cannot be.' });

const SCOPE: Scope = {
  references: new Map<string, HclValue>([['var.name', { kind: 'string', text: 'demo' }]]),
  functions: new Map([
    ['upper', upper],
    ['failing', failing],
  ]),
};

function refusal(text: string) {
  const reading = readExpression(text, SCOPE);
  return reading.kind === 'refused' ? [reading.position.column, reading.because] : reading.what;
}

describe('a function in scope', () => {
  test.each([
    ['upper("a")', 'A'],
    ['upper("a",)', 'A'],
    ['upper(\n  "a"\n)', 'A'],
    ['"${upper("a")}-b"', 'A-b'],
    ['upper("${var.name}/x")', 'DEMO/X'],
    ['upper(upper("a"))', 'A'],
    ['true ? upper("a") : "b"', 'A'],
    ['upper(<<EOT\na\nEOT\n)', 'A\n'],
  ])('returns a string: %s', (text, value) => {
    expect(readExpression(text, SCOPE)).toEqual({ kind: 'read', what: { kind: 'string', text: value } });
  });

  test.each([
    ['12.50', '12.5'],
    ['true', 'TRUE'],
  ])('is handed %s as a string', (argument, value) => {
    expect(refusal(`upper(${argument})`)).toEqual({ kind: 'string', text: value });
  });

  test('returns strings in normal form C', () => {
    const functions = new Map([['f', (() => ({ kind: 'returned', text: 'e\u0301' })) as TextFunction]]);
    const reading = readExpression('f("")', { ...NO_SCOPE, functions });
    expect(reading).toMatchObject({ what: { text: '\u00e9' } });
  });

  test.each([
    ['"a${failing("secret")}"', 5, 'This cannot be.'],
    ['upper()', 1, 'The function "upper" takes one argument.'],
    ['upper("a", "b")', 1, 'The function "upper" takes one argument.'],
    ['upper("a" "b")', 11, 'A comma must separate the arguments of a function.'],
    ['upper(null)', 7, 'This is null, which cannot become part of a string.'],
    ['upper(["a"])', 7, 'This is a list or an object, which cannot become part of a string.'],
    ['upper(', 6, 'This parenthesis is not closed before the end of the text.'],
  ])('refuses %s', (text, column, because) => {
    expect(refusal(text)).toEqual([column, because]);
  });

  test.each([
    ['upper(["a"]...)', 'function', 'upper'],
    ['lower("A")', 'function', 'lower'],
    ['upper(lower("A"))', 'function', 'lower'],
    ['upper::upper("a")', 'function', 'upper::upper'],
    ['upper(var.other)', 'variable', 'var.other'],
  ])('%s is not known', (text, needs, name) => {
    expect(refusal(text)).toMatchObject({ kind: 'unknown', needs, name });
  });
});

test('a function whose name is that of a reference is none', () => {
  expect(refusal('var.name("a")')).not.toMatchObject({ kind: 'string' });
  expect(refusal('upper')).toMatchObject({ kind: 'unknown', needs: 'variable' });
});

test('functions are called in what is read, and not in what is passed over', () => {
  const calls: string[] = [];
  const record: TextFunction = (text) => {
    calls.push(text);
    return { kind: 'returned', text };
  };
  const text = 'a {\n  x = f("read")\n}\nb {\n  x = f("not")\n}\n';
  const functions = new Map([['f', record]]);
  const reading = readBlocks(text, { a: 'whole' }, { ...NO_SCOPE, functions });
  if (reading.kind === 'refused') throw new Error(reading.because);
  expect(reading.what.blocks.map(plainArguments)).toEqual([{ x: 'read' }]);
  expect(calls).toEqual(['read']);
});
