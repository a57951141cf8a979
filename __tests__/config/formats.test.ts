import { describe, expect, test } from '@jest/globals';
import {
  boolean,
  duration,
  endpoint,
  filePath,
  oneOf,
  textList,
  textMap,
  wholeNumber,
  word,
} from '../../src/config/formats.js';

describe('boolean', () => {
  test.each(['true', 'True', 'TRUE'])('%s is true', (text) => expect(boolean(text)).toEqual({ value: true }));
  test.each(['false', 'False', 'FALSE'])('%s is false', (text) =>
    expect(boolean(text)).toEqual({ value: false }),
  );
  test.each(['yes', 'no', 'on', '1', '0', 'tRUE', 'truee', 'y'])('%s is neither', (text) =>
    expect(boolean(text)).toEqual({ expected: 'true or false' }),
  );
});

describe('wholeNumber', () => {
  test.each([
    ['0', 0],
    ['5', 5],
    ['007', 7],
  ])('%s is %d', (text, value) => expect(wholeNumber(text)).toEqual({ value }));
  test.each(['-1', '1.5', '1e3', 'five', '0x10', '9'.repeat(20)])('%s is refused', (text) =>
    expect(wholeNumber(text)).toEqual({ expected: 'a whole number, 0 or more' }),
  );
});

describe('duration', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['1.h', 3_600_000],
    ['.5m', 30_000],
    ['500ms', 500],
    ['1m500ms', 60_500],
    ['1m1m', 120_000],
    ['1.0005s', 1001],
    ['120h', 432_000_000],
  ])('%s is %d ms', (text, value) => expect(duration(text)).toEqual({ value }));
  test.each(['ten', '10', '-5s', '+5s', '10 m', '10m ', 's', '1d', '5us', '1h-5m', '.s', '10M'])(
    '%s is refused',
    (text) => expect(duration(text)).toEqual({ expected: 'a duration such as 90s or 10m' }),
  );
  test('more than a job can last is refused', () => {
    expect(duration('120h1ms')).toEqual({ expected: 'at most 120h, the longest that a job can run' });
  });
});

describe('oneOf', () => {
  const format = oneOf({ both: 1, none: 2 });
  test('reads a key as its value', () => expect(format('none')).toEqual({ value: 2 }));
  test.each(['None', 'toString', ''])('refuses %j', (text) =>
    expect(format(text)).toEqual({ expected: 'both or none' }),
  );
});

describe('word', () => {
  test('takes anything without white space', () => expect(word('A+/=')).toEqual({ value: 'A+/=' }));
  test.each(['a b', 'a\nb', 'a\tb'])('refuses %j', (text) =>
    expect(word(text)).toEqual({ expected: 'one word without spaces and line breaks' }),
  );
});

describe('endpoint', () => {
  test.each([
    'https://s3.example.com',
    'http://127.0.0.1:9000',
    'HTTPS://S3.example.com/',
    'http://[::1]:9000/base/path@x',
  ])('takes %s as it is', (text) => expect(endpoint(text)).toEqual({ value: text }));

  test.each([
    ['s3.example.com', '"s3.example.com"'],
    ['ftp://s3.example.com', '"ftp://s3.example.com"'],
    ['https://', '"https://"'],
    ['https:///path', '"https:///path"'],
    ['https:s3.example.com', '"https:s3.example.com"'],
    ['https://host:port', '"https://host:port"'],
    ['https://s3.example.com?x=1', '"https://s3.example.com?x=1"'],
    ['https://s3.example.com#x', '"https://s3.example.com#x"'],
    ['https://s3.example\n.com', '"https://s3.example\\n.com"'],
    ['ftp://me:pass@s3.example.com', '"ftp://***@s3.example.com"'],
  ])('refuses %j', (text, got) =>
    expect(endpoint(text)).toEqual({ expected: 'a URL such as https://s3.example.com', got }),
  );

  test.each([
    ['https://me:pass@s3.example.com', '"https://***@s3.example.com"'],
    ['https://me@s3.example.com/x', '"https://***@s3.example.com/x"'],
    ['https://:p@ss@s3.example.com', '"https://***@s3.example.com"'],
  ])('refuses credentials in %s without repeating them', (text, got) =>
    expect(endpoint(text)).toEqual({ expected: 'a URL without a user name and a password', got }),
  );
});

describe('filePath', () => {
  const format = filePath({ homeDir: '/home/$1/me', env: { DIR: '/secrets', EMPTY: '' } });
  test.each([
    ['/etc/aws', '/etc/aws'],
    ['creds', 'creds'],
    ['~', '/home/$1/me'],
    ['~/.aws/credentials', '/home/$1/me/.aws/credentials'],
    ['~\\aws', '/home/$1/me\\aws'],
    ['a~/b', 'a~/b'],
    ['$DIR/aws', '/secrets/aws'],
    [`\${DIR}/aws`, '/secrets/aws'],
    ['/$', '/$'],
  ])('%s is %s', (text, value) => expect(format(text)).toEqual({ value }));

  test.each(['$NOT_SET/aws', `\${NOT_SET}/aws`])('%s is refused', (text) =>
    expect(format(text)).toEqual({ expected: 'a path of variables that are set, and "NOT_SET" is not' }),
  );
  test('an empty variable is not set', () =>
    expect(format('$EMPTY/aws')).toEqual({
      expected: 'a path of variables that are set, and "EMPTY" is not',
    }));
  test("another user's home is refused", () =>
    expect(format('~root/aws')).toEqual({
      expected: 'a path, where "~" stands for your own home directory only',
    }));
});

test('a list and a map are JSON of texts alone', () => {
  expect(textList('["a", "b"]')).toEqual({ value: ['a', 'b'] });
  expect(textMap('{"a": "b"}')).toEqual({ value: { a: 'b' } });
  for (const text of ['x', '[1]', '{"a": "b"}', 'null']) expect(textList(text)).toHaveProperty('expected');
  for (const text of ['x', '{"a": 1}', '["a"]', 'null']) expect(textMap(text)).toHaveProperty('expected');
});
