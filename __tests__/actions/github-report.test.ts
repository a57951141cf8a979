import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Block } from '../../src/job/blocks.js';

const written: string[] = [];
const write = jest.fn<() => Promise<void>>();
const addRaw = jest.fn((text: string, _addEol: boolean) => {
  written.push(text);
  return { write };
});
const core = {
  info: jest.fn(),
  notice: jest.fn(),
  warning: jest.fn(),
  debug: jest.fn(),
  startGroup: jest.fn(),
  endGroup: jest.fn(),
  setSecret: jest.fn(),
  summary: { addRaw },
};
jest.unstable_mockModule('@actions/core', () => core);
const { githubReport, harmless } = await import('../../src/actions/github-report.js');
const { mask } = await import('../../src/actions/masking.js');

beforeEach(() => {
  jest.clearAllMocks();
  written.length = 0;
  write.mockResolvedValue();
});

test('lines, notices and warnings go to the runner, with their titles', () => {
  githubReport.info('A line.');
  githubReport.notice('State locked', 'By us.');
  githubReport.warning('No lock', 'None is set.');
  expect(core.info.mock.calls).toEqual([['A line.']]);
  expect(core.notice.mock.calls).toEqual([['By us.', { title: 'State locked' }]]);
  expect(core.warning.mock.calls).toEqual([['None is set.', { title: 'No lock' }]]);
});

test('lines that belong together are folded under their title', () => {
  const order: unknown[] = [];
  for (const name of ['startGroup', 'info', 'endGroup'] as const) {
    core[name].mockImplementation((text?: unknown) => order.push([name, text]));
  }
  githubReport.group('Lockkeeper', ['one', 'two']);
  expect(order).toEqual([
    ['startGroup', 'Lockkeeper'],
    ['info', 'one'],
    ['info', 'two'],
    ['endGroup', undefined],
  ]);
});

describe('text from outside cannot be a workflow command', () => {
  const evil = '::add-mask::x\n##[error]y';
  const told = harmless(evil);

  test('once it is through the sanitiser', () => {
    expect(told).not.toMatch(/^\s*::|##\[/m);
  });

  test('in the log', () => {
    githubReport.info(evil);
    githubReport.group(evil, [evil]);
    expect(core.info.mock.calls).toEqual([[told], [told]]);
    expect(core.startGroup.mock.calls).toEqual([[told]]);
  });

  test('in an annotation, and in its title', () => {
    githubReport.notice(evil, evil);
    githubReport.warning(evil, evil);
    expect(core.notice.mock.calls).toEqual([[told, { title: told }]]);
    expect(core.warning.mock.calls).toEqual([[told, { title: told }]]);
  });
});

test('no secret reaches the log, not even cut or escaped', () => {
  mask(['top\nsecret']);
  githubReport.info(`${'x'.repeat(1_995)}top\nsecret`);
  githubReport.warning('top\nsecret', 'It is top\nsecret.');
  expect(JSON.stringify([core.info.mock.calls, core.warning.mock.calls])).not.toMatch(/top|secret/);
});

describe('the job summary', () => {
  const blocks: readonly Block[] = [
    { kind: 'heading', text: 'Lock released' },
    { kind: 'paragraph', text: 'All is well.' },
  ];

  test('is written as Markdown', async () => {
    await githubReport.summary(blocks);
    expect(written).toEqual(['### Lock released\n\nAll is well.\n']);
    expect(write).toHaveBeenCalledTimes(1);
  });

  test('shows no secret, however Markdown would write it', async () => {
    mask(['s3cret*_*']);
    await githubReport.summary([{ kind: 'paragraph', text: 'AWS says: s3cret*_* is wrong.' }]);
    expect(written).toEqual(['AWS says: &#42;&#42;&#42; is wrong.\n']);
  });

  test('that cannot be written fails nothing: the work is done', async () => {
    write.mockRejectedValue(new Error('::error::No space left'));
    await githubReport.summary(blocks);
    expect(core.debug.mock.calls).toEqual([['No job summary: Error: ::error::No space left']]);
  });
});
