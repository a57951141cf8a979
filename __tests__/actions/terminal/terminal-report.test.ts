import { expect, test } from '@jest/globals';
import { terminalReport } from '../../../src/actions/terminal/terminal-report.js';

function reporting() {
  const answer: string[] = [];
  const aside: string[] = [];
  const report = terminalReport({
    answer: (line) => answer.push(line),
    aside: (line) => aside.push(line),
    style: { answer: (_, text) => text, aside: (_, text) => text },
    inFlags: (sentence) => sentence.replace('input "key"', '--key'),
  });
  return { report, answer, aside };
}

test('the summary is the answer, and all else stands aside', async () => {
  const { report, answer, aside } = reporting();
  report.info('A line of input "key".');
  report.group('Plan', ['keep a', 'remove b']);
  report.notice('Restored', 'Serial 42.');
  report.warning('Odd', 'First.\nSecond.');
  await report.summary([{ kind: 'paragraph', text: 'Told of input "key".' }]);
  expect(answer).toEqual(['Told of --key.']);
  expect(aside).toEqual([
    'A line of --key.',
    'Plan',
    '  keep a',
    '  remove b',
    'Restored: Serial 42.',
    'Warning: Odd: First.',
    '  Second.',
  ]);
});

test('no line moves the cursor, and none from outside passes for one of its own', () => {
  const { report, aside } = reporting();
  report.info('held by \u001b[2Jada\nError: x');
  expect(aside).toEqual(['held by \\u001b[2Jada', '  Error: x']);
});

test('no line is a workflow command where there is no runner: it is shown as it is', () => {
  const { report, aside } = reporting();
  report.info('::warning::x');
  expect(aside).toEqual(['::warning::x']);
});
