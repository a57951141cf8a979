import { describe, expect, test } from '@jest/globals';
import { readLines } from '../../../src/config/sources/lines.js';

/** The lines without their numbers, a file as its path alone. */
const read = (text: string) =>
  readLines(text).map(({ argument }) =>
    argument.kind === 'file' ? argument.path : [argument.name, argument.text],
  );

describe('a line is what one -backend-config gets', () => {
  test.each<[string, ReturnType<typeof read>]>([
    ['', []],
    [' \n\t\n', []],
    ['prod.tfbackend', ['prod.tfbackend']],
    ['prod.tfbackend\r\nkey=k\r\n', ['prod.tfbackend', ['key', 'k']]],
    ['key=a=b', [['key', 'a=b']]],
    ['dir/a=b.tfbackend', [['dir/a', 'b.tfbackend']]],
    ['key=', [['key', '']]],
    ['=x', [['', 'x']]],
    ['key = x ', [['key ', ' x ']]],
    ['key="x"', [['key', '"x"']]],
    ['endpoints={s3="http://x"}', [['endpoints', '{s3="http://x"}']]],
    [' a b.tfbackend ', [' a b.tfbackend ']],
    ['key=x \\', [['key', 'x \\']]],
    ['terraform init -backend-config=key=x', [['terraform init -backend-config', 'key=x']]],
  ])('%j', (text, lines) => {
    expect(read(text)).toEqual(lines);
    expect(readLines(text).some(({ cleaned }) => cleaned)).toBe(false);
  });
});

describe('what a shell and the command line would take off is taken off, and noted', () => {
  test.each<[string, ReturnType<typeof read>]>([
    ['"key=x"', [['key', 'x']]],
    ["'key=x'", [['key', 'x']]],
    [' "prod.tfbackend" ', ['prod.tfbackend']],
    ['"endpoints={s3=\\"http://x\\"}"', [['endpoints', '{s3="http://x"}']]],
    ['\'endpoints={s3="http://x"}\'', [['endpoints', '{s3="http://x"}']]],
    ['"key=a\\nb\\\\c"', [['key', 'a\\nb\\c']]],
    ['-backend-config=key=x', [['key', 'x']]],
    ['--backend-config="key=x"', [['key', 'x']]],
    ['-backend-config key=x', [['key', 'x']]],
    ['"-backend-config=key=x"', [['key', 'x']]],
    ['-backend-config=prod.tfbackend', ['prod.tfbackend']],
    ['-backend-config=', []],
    ['\t-backend-config="key=x" \\', [['key', 'x']]],
    ['-backend-config=key=x\\ \\ ', [['key', 'x\\']]],
    ['-backend-config prod.tfbackend \\', ['prod.tfbackend']],
    ['-backend-config="key=x \\\\"', [['key', 'x \\']]],
    [`'"key"=x'`, [['"key"', 'x']]],
    [`'"key=x"'`, [['"key', 'x"']]],
    ['""', []],
  ])('%j', (text, lines) => {
    expect(read(text)).toEqual(lines);
    expect(readLines(text).every(({ cleaned }) => cleaned)).toBe(true);
  });

  test('but not a quote that does not go around all of it', () => {
    for (const line of ['"key=x', 'key=x"', '"key"="x"', "'a'=b'"]) {
      expect(readLines(line)).toMatchObject([{ cleaned: false }]);
    }
  });
});

test('lines are counted as they stand, empty ones too', () => {
  expect(readLines('\na\n\nb=c\n').map(({ line }) => line)).toEqual([2, 4]);
});
