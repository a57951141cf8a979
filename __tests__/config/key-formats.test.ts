import { describe, expect, test } from '@jest/globals';
import { backupPrefix, workspaceKeyPrefix, workspaceName } from '../../src/config/key-formats.js';
import { problemsOf } from './environment.js';

describe('key', () => {
  test.each(['terraform.tfstate', 'a/b/c', './a', 'a b', 'ä/ö', 'env:/prod/x', 'x.tflock/y', 'a-md5'])(
    '%s is taken',
    (key) => expect(problemsOf({ key })).toEqual([]),
  );
  test.each([
    ['/a', 'a path that does not start with "/"'],
    ['a/', 'a path that does not end with "/"'],
    ['/', 'a path that does not start with "/"'],
    ['a//b', 'a path without "//"'],
    ['a.tflock', 'the path of a state, and a ".tflock" object is a lock'],
  ])('%s is refused', (key, expected) =>
    expect(problemsOf({ key })).toEqual([`Input "key" must be ${expected}; got "${key}".`]),
  );
  test('a line break is refused, and does not break the message', () =>
    expect(problemsOf({ key: 'a\n::error::b' })).toEqual([
      'Input "key" must be a path without control characters; got "a\\n::error::b".',
    ]));
});

describe('workspace_key_prefix', () => {
  test.each(['env:', 'a/b', 'a//b'])('%s is taken', (text) =>
    expect(workspaceKeyPrefix(text)).toEqual({ value: text }),
  );
  test.each([
    ['/a', 'a path that does not start with "/"'],
    ['a/', 'a path that does not end with "/"'],
    ['a\tb', 'a path without control characters'],
  ])('%j is refused', (text, expected) => expect(workspaceKeyPrefix(text)).toEqual({ expected }));
});

describe('backup_prefix', () => {
  test.each([
    ['lockkeeper', 'lockkeeper/'],
    ['lockkeeper/', 'lockkeeper/'],
    ['a/b', 'a/b/'],
    ['.snapshots', '.snapshots/'],
  ])('%s becomes %s', (text, value) => expect(backupPrefix(text)).toEqual({ value }));
  test.each([
    ['/a', 'a path that does not start with "/"'],
    ['/', 'a path that does not start with "/"'],
    ['a//', 'a path without "//"'],
    ['a//b', 'a path without "//"'],
    ['./a', 'a path without "." and ".." in it'],
    ['a/..', 'a path without "." and ".." in it'],
    ['a\u0000b', 'a path without control characters'],
    ['lockkeeper/.index', 'a path without ".index" in it, where the index of the backups has its place'],
  ])('%j is refused', (text, expected) => expect(backupPrefix(text)).toEqual({ expected }));
});

describe('workspace', () => {
  test.each(['default', 'prod', 'a-b_c.d~e', '$&+:=@', '..'])('%s is a name', (text) =>
    expect(workspaceName(text)).toEqual({ value: text }),
  );
  test.each(['a/b', 'a b', 'a%b', 'a;b', 'a,b', 'a?b', 'a#b', 'ä', "a'b", 'a!b', 'a*b', '(a)'])(
    '%s is none',
    (text) => expect(workspaceName(text)).toHaveProperty('expected'),
  );
});
