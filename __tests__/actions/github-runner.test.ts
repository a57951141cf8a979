import { beforeEach, expect, jest, test } from '@jest/globals';
import { formatRunState, newRunState } from '../../src/commands/hold/run-state.js';
import { CREDENTIALS, testJob, testSettings } from '../../testing/test-data.js';

/** What the runner keeps between main and post. */
const saved = new Map<string, string>();
const core = {
  saveState: jest.fn((name: string, value: string) => saved.set(name, value)),
  getState: jest.fn((name: string) => saved.get(name) ?? ''),
  setOutput: jest.fn(),
  exportVariable: jest.fn(),
  setSecret: jest.fn(),
};
jest.unstable_mockModule('@actions/core', () => core);
const { githubRunner, savedRunState } = await import('../../src/actions/github-runner.js');

beforeEach(() => {
  jest.clearAllMocks();
  saved.clear();
});

const stateWith = (runId: string) =>
  newRunState({
    settings: testSettings(),
    credentials: CREDENTIALS,
    job: testJob({ runId }),
    progress: { phase: 'ready', before: { state: { exists: false } } },
  });

test('what main hands over is one value, and post finds the last one', () => {
  githubRunner.saveRunState(stateWith('1'));
  githubRunner.saveRunState(stateWith('2'));
  expect([...saved]).toEqual([['run', formatRunState(stateWith('2'))]]);
  expect(savedRunState()).toEqual(stateWith('2'));
});

test('main that saved nothing leaves nothing to post', () => {
  expect(savedRunState()).toBeUndefined();
});

test('outputs and variables go to the runner', () => {
  githubRunner.setOutput('locked', 'true');
  githubRunner.exportVariable('TF_CLI_ARGS_plan', '-lock=false');
  expect(core.setOutput.mock.calls).toEqual([['locked', 'true']]);
  expect(core.exportVariable.mock.calls).toEqual([['TF_CLI_ARGS_plan', '-lock=false']]);
});
