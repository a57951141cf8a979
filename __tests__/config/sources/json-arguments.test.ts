import { describe, expect, test } from '@jest/globals';
import type { KnownValue } from '../../../src/config/hcl/value.js';
import { readJsonArguments } from '../../../src/config/sources/json-arguments.js';

/** What JavaScript has for the values; numbers as their digits. */
function plain(value: KnownValue): unknown {
  switch (value.kind) {
    case 'string':
      return value.text;
    case 'number':
      return { digits: value.text };
    case 'bool':
      return value.value;
    case 'null':
      return null;
    case 'tuple':
      return value.items.map(plain);
    case 'object':
      return Object.fromEntries([...value.entries].map(([name, entry]) => [name, plain(entry)]));
  }
}

test('an object is arguments, each with its place', () => {
  const reading = readJsonArguments('{\n  "key": "k",\n  "//": "a comment", "//": 1, "max_retries": 3\n}\n');
  if (reading.kind === 'refused') throw new Error(reading.because);
  expect([...reading.what].map(([name, { position }]) => [name, position])).toEqual([
    ['key', { line: 2, column: 3 }],
    ['max_retries', { line: 3, column: 31 }],
  ]);
});

describe('values are those of HCL', () => {
  test.each<[string, unknown]>([
    ['"a\\u00e9\\ud83d\\ude00\\/\\n"', 'aé😀/\n'],
    ['"e\\u0301"', 'é'],
    ['12.50', { digits: '12.5' }],
    ['-1e2', { digits: '-100' }],
    ['true', true],
    ['false', false],
    ['null', null],
    ['[]', []],
    ['[1, "a"]', [{ digits: '1' }, 'a']],
    ['{"a": {"b": null}}', { a: { b: null } }],
    ['{}', {}],
  ])('%s', (text, value) => {
    const reading = readJsonArguments(`{"x": ${text}}`);
    const argument = reading.kind === 'read' ? reading.what.get('x') : undefined;
    expect(plain(argument?.value as KnownValue)).toEqual(value);
  });
});

describe('what is no such object is refused at its place', () => {
  test.each<[string, string, string]>([
    ['', '1:1', 'A JSON file must be one object'],
    ['[]', '1:1', 'A JSON file must be one object'],
    ['bucket = "x"', '1:1', 'A JSON file must be one object'],
    ['{"a": 1} x', '1:10', 'Nothing may follow the object.'],
    ['{"a": 1,}', '1:9', 'A name in double quotes is required here.'],
    ['{a: 1}', '1:2', 'A name in double quotes is required here.'],
    ['{"a" 1}', '1:6', 'A colon must follow the name.'],
    ['{"a": 1 "b": 2}', '1:9', 'A comma must separate the items.'],
    ['{"a": [1 2]}', '1:10', 'A comma must separate the items.'],
    ['{"a":\n  }', '2:3', 'A value of JSON is required here.'],
    ['{"a": 01}', '1:8', 'A comma must separate the items.'],
    ['{"a": +1}', '1:7', 'A value of JSON is required here.'],
    ['{"a": "x\n"}', '1:7', 'This is no string of JSON that is closed on its line.'],
    ['{"a": "\\x"}', '1:7', 'This is no string of JSON that is closed on its line.'],
    ['{"a": "x', '1:7', 'This is no string of JSON that is closed on its line.'],
    ['{"a": "\u0024{x}"}', '1:7', 'Terraform and OpenTofu read'],
    ['{"a": "%{ if x }"}', '1:7', 'Terraform and OpenTofu read'],
    ['{"a": "\ufffd"}', '1:7', 'Here are bytes that are not UTF-8'],
    ['{"a": 1, "a": 2}', '1:10', 'This name is set already.'],
    ['{"a": {"b": 1, "b": 2}}', '1:16', 'This name is set already.'],
    [`{"a": 1e${'9'.repeat(9)}}`, '1:7', 'This number has too many digits.'],
    [`{"a": ${'['.repeat(200)}}`, '1:107', 'This is nested too deeply.'],
  ])('%j', (text, place, because) => {
    const reading = readJsonArguments(text);
    if (reading.kind === 'read') throw new Error('It was read.');
    expect(`${reading.position.line}:${reading.position.column}`).toBe(place);
    expect(reading.because).toMatch(because);
  });
});

test('more names in one place than any backend has are refused', () => {
  const names = Array.from({ length: 1_001 }, (_, index) => `\n"a${index}": 1`);
  expect(readJsonArguments(`{${names.slice(1).join()}}`).kind).toBe('read');
  expect(readJsonArguments(`{${names.join()}}`)).toMatchObject({
    because: 'There are too many names in one place here.',
    position: { line: 1_002 },
  });
});
