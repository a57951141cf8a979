import { describe, expect, test } from '@jest/globals';
import { commandHelp, programHelp } from '../../../src/commands/cli/help.js';
import { ACTIONS } from '../../../src/config/attributes/row.js';
import { flagsOf } from '../../../src/config/command-line/flags.js';

const COMMANDS = ACTIONS.filter((action) => action !== 'root');
const linesOf = (text: string) => text.split('\n');
/** An address, or a name, is not broken. */
const isWide = (line: string) => line.length > 80 && line.trim().includes(' ');

test('of the program: its commands, and no others', () => {
  const text = programHelp(['inspect']);
  expect(text).toContain('  inspect\n      who holds the lock');
  expect(text).not.toContain('restore');
  expect(linesOf(text).filter(isWide)).toEqual([]);
});

describe.each(COMMANDS)('of %s', (command) => {
  const text = commandHelp(command);
  test('every flag has an entry', () => {
    const missing = flagsOf(command).filter(({ flag }) => !new RegExp(`^  ${flag}( <.*>)?$`, 'm').test(text));
    expect(missing).toEqual([]);
  });
  test('no line is wider than a terminal, and none has Markdown or an input in it', () => {
    expect(linesOf(text).filter(isWide)).toEqual([]);
    expect(text).not.toContain('`');
  });
  test('secrets are variables', () => {
    expect(text).not.toContain('--secret-key <');
    expect(text).toContain('AWS_SECRET_ACCESS_KEY');
  });
});

test('of a flag: what it takes, what it means, and what holds without it', () => {
  const text = commandHelp('inspect');
  const inOneLine = text.replaceAll(/\s+/g, ' ');
  expect(text).toContain('\n  --max-retries <number>\n      How often a request to AWS is sent in all');
  expect(inOneLine).toContain('three times. Default: 5.');
  expect(inOneLine).toContain('On by default: --no-discover switches it off.');
  expect(text).toContain('Without it and\n      without --use-lockfile, no lock is taken.');
});
