import { spawnSync } from 'node:child_process';
import { beforeEach, expect, jest, test } from '@jest/globals';

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

test('what main hands over is one text, and post finds the last one as it was', () => {
  githubRunner.saveRunState('{"run":1}');
  githubRunner.saveRunState('{"run":2}\n');
  expect([...saved]).toEqual([['run', '{"run":2}\n']]);
  expect(savedRunState()).toBe('{"run":2}\n');
});

test('what could not be handed to post is refused before anything needs post', () => {
  const longest = process.platform === 'win32' ? 32_000 : 130_000;
  githubRunner.saveRunState('x'.repeat(longest));
  expect(() => githubRunner.saveRunState(`${'x'.repeat(longest - 2)}é!`)).toThrow(
    new RegExp(`is ${longest + 1} bytes long, and ${longest} can be handed over`),
  );
  expect(saved.get('run')).toHaveLength(longest);
  // The reason: the system itself refuses to start such a process.
  const start = (text: string) =>
    spawnSync(process.execPath, ['--version'], { env: { STATE_run: text } }).error === undefined;
  expect(start('x'.repeat(longest))).toBe(true);
});

test('main that saved nothing leaves nothing to post', () => {
  expect(savedRunState()).toBe('');
});

test('outputs and variables go to the runner', () => {
  githubRunner.setOutput('locked', 'true');
  githubRunner.exportVariable('TF_CLI_ARGS_plan', '-lock=false');
  expect(core.setOutput.mock.calls).toEqual([['locked', 'true']]);
  expect(core.exportVariable.mock.calls).toEqual([['TF_CLI_ARGS_plan', '-lock=false']]);
});
