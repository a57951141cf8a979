import { describe, expect, test } from '@jest/globals';
import { splitShellWords } from '../../src/config/shell-words.js';

describe('words are what go-shellwords, which Terraform uses, makes of a text', () => {
  test.each<[string, readonly string[]]>([
    ['', []],
    [' \t\r\n ', []],
    ['-no-color -parallelism=5', ['-no-color', '-parallelism=5']],
    [' a\tb\nc\r\nd ', ['a', 'b', 'c', 'd']],
    ['-var "note=a b"', ['-var', 'note=a b']],
    [`-var 'note=a b'`, ['-var', 'note=a b']],
    ['-lo"c"k=tr\'u\'e', ['-lock=true']],
    ['""', ['']],
    ["a ''", ['a', '']],
    ['a\\ b', ['a b']],
    ['\\"', ['"']],
    [`'a\\b'`, ['a\\b']],
    ['"a\\"b\\c"', ['a"bc']],
    ['"a;b|c&d<e>f`g(h)"', ['a;b|c&d<e>f`g(h)']],
    [`'"' "'"`, ['"', "'"]],
    ['a\\;b', ['a;b']],
    ['#a $HOME *', ['#a', '$HOME', '*']],
    ['ä\u00a0é', ['ä\u00a0é']],
  ])('%j', (text, words) => expect(splitShellWords(text)).toEqual({ kind: 'words', words }));
});

describe('what Terraform would not read as it is written is told with its reason', () => {
  test.each([
    ['-no-color; -lock=true', 'Terraform drops everything from an unquoted ";" on'],
    ['-var url=https://x/?a=1&b=2', 'Terraform drops everything from an unquoted "&" on'],
    ['a|b', 'Terraform drops everything from an unquoted "|" on'],
    ['a<b', 'Terraform drops everything from an unquoted "<" on'],
    ['a 2>b', 'Terraform drops everything from an unquoted ">" on'],
    ['"a', 'a quote (") is not closed'],
    ["a 'b", "a quote (') is not closed"],
    ['"a\\"', 'a quote (") is not closed'],
    ['a\\', 'it ends in a backslash'],
    ['`a`', 'Terraform is no shell, and runs nothing at an unquoted "`"'],
    ['$(a)', 'Terraform is no shell, and runs nothing at an unquoted "("'],
    ['a)', 'Terraform is no shell, and runs nothing at an unquoted ")"'],
  ])('%j', (text, because) => expect(splitShellWords(text)).toEqual({ kind: 'unreadable', because }));
});
