import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { forLog } from '../../src/actions/sanitise.js';
import type { JobSummary } from '../../src/commands/report.js';

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
  summary: { addRaw },
};
jest.unstable_mockModule('@actions/core', () => core);
const { githubReport } = await import('../../src/actions/report.js');

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
  const harmless = forLog(evil);

  test('once it is through the sanitiser', () => {
    expect(harmless).not.toMatch(/^\s*::|##\[/m);
  });

  test('in the log', () => {
    githubReport.info(evil);
    githubReport.group(evil, [evil]);
    expect(core.info.mock.calls).toEqual([[harmless], [harmless]]);
    expect(core.startGroup.mock.calls).toEqual([[harmless]]);
  });

  test('in an annotation, and in its title', () => {
    githubReport.notice(evil, evil);
    githubReport.warning(evil, evil);
    expect(core.notice.mock.calls).toEqual([[harmless, { title: harmless }]]);
    expect(core.warning.mock.calls).toEqual([[harmless, { title: harmless }]]);
  });
});

describe('the job summary', () => {
  const summary: JobSummary = {
    bucket: 'states',
    statePath: 'network.tfstate',
    lock: { outcome: 'none' },
    snapshots: [],
    problems: [],
  };

  test('is written as Markdown', async () => {
    await githubReport.summary(summary);
    expect(written).toEqual([expect.stringMatching(/^### ✅ No lock taken: .*states\/network\.tfstate/)]);
    expect(write).toHaveBeenCalledTimes(1);
  });

  test('that cannot be written fails nothing: the work is done', async () => {
    write.mockRejectedValue(new Error('::error::No space left'));
    await githubReport.summary(summary);
    expect(core.debug.mock.calls).toEqual([['No job summary: Error: ::error::No space left']]);
  });
});
