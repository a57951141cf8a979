import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { JobSummary } from '../../src/job/report.js';

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

  test('shows no secret, wherever it is and however Markdown would write it', async () => {
    mask(['s3cret*_*']);
    const problems = ['AWS says: s3cret*_* is wrong.'];
    const key = 'folder/s3cret*_*.tfstate';
    const snapshot = { phase: 'before', bucket: 'backups', key, created: true, doubts: [] } as const;
    await githubReport.summary({ ...summary, problems, snapshots: [snapshot] });
    expect(written.join()).not.toContain('s3cret');
    expect(written.join()).toContain('is wrong.');
  });

  test('that cannot be written fails nothing: the work is done', async () => {
    write.mockRejectedValue(new Error('::error::No space left'));
    await githubReport.summary(summary);
    expect(core.debug.mock.calls).toEqual([['No job summary: Error: ::error::No space left']]);
  });
});
