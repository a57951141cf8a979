import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { terminalQuestion } from '../../../src/actions/terminal/question.js';

/** A person before a terminal, who has typed this; `closed` by Ctrl-D. */
function person(typed: string, { closed = false } = {}) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stderr = Object.assign(new PassThrough(), { isTTY: true });
  stdin.write(typed);
  if (closed) stdin.end();
  const ask = terminalQuestion({ stdin, stderr } as unknown as typeof process);
  if (!ask) throw new Error('Nobody can be asked.');
  const shown = () => String(stderr.read() ?? '');
  return { ask: (question: string) => ask(question, new AbortController().signal), shown };
}

describe('a question in a terminal', () => {
  test.each([
    ['yes\n', true],
    [' yes \n', true],
    ['y\n', false],
    ['YES\n', false],
    ['\n', false],
  ])('%j is %s', async (typed, answer) => {
    expect(await person(typed).ask('Go on? ')).toBe(answer);
  });

  test.each([[''], ['ye']])('Ctrl-D after %j is no yes, and an answer', async (typed) => {
    expect(await person(typed, { closed: true }).ask('Go on? ')).toBe(false);
  });

  test('shows what others wrote, and lets none of it have an effect', async () => {
    const { ask, shown } = person('no\n');
    await ask('This will put a\u001b[2Kb\u009b1mc\u202ed there.\nOnly "yes": ');
    expect(shown()).toBe('This will put a\\u001b[2Kb\\u009b1mc\\u202ed there.\n  Only "yes": ');
  });
});
