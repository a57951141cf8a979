import { describe, expect, test } from '@jest/globals';
import { problemsOf, settingsOf } from './environment.js';

const workspaceOf = (values: Readonly<Record<string, string>>, GITHUB_WORKSPACE = '/w/r') =>
  settingsOf(values, { GITHUB_WORKSPACE }).workspace;

test('nothing is said, nothing is meant', () => {
  expect(workspaceOf({})).toEqual({ unheld: [] });
  expect(workspaceOf({ working_directory: '', unheld: ' \n' })).toEqual({ unheld: [] });
});

describe('working_directory is a folder in the workspace, told from there', () => {
  test.each([
    ['infra', 'infra'],
    ['./infra/', 'infra'],
    ['infra/../live/prod', 'live/prod'],
    ['.', '.'],
    ['..infra', '..infra'],
    ['/w/r/infra', 'infra'],
    ['/w/r', '.'],
  ])('%s', (text, folder) => expect(workspaceOf({ working_directory: text }).workingDirectory).toBe(folder));

  test.each(['..', '../other', 'infra/../../x', '/w/r2', '/', 'a\u0000b'])('%j is refused', (text) => {
    expect(problemsOf({ working_directory: text }, { GITHUB_WORKSPACE: '/w/r' })).toEqual([
      `Input "working_directory" must be a folder in the workspace; got ${JSON.stringify(text)}.`,
    ]);
  });
});

describe('unheld', () => {
  test('is lines of states and of backend types', () => {
    expect(
      workspaceOf({ unheld: '\n states/bootstrap.tfstate\r\n# read only\nshared/**\nlocal\n' }).unheld,
    ).toEqual([
      { kind: 'state', glob: 'states/bootstrap.tfstate' },
      { kind: 'state', glob: 'shared/**' },
      { kind: 'backend-type', type: 'local' },
    ]);
  });

  // `s3` would excuse every state, the mistaken one with them.
  test.each(['s3', '**', 'Local', 'two words', '/a', 'bucket/'])('%j is refused', (line) => {
    expect(problemsOf({ unheld: `local\n${line}` })).toEqual([
      'Input "unheld" must be lines of "<bucket>/<state path>", in which * and ** may stand, or of a backend type other ' +
        `than s3; got "${line}".`,
    ]);
  });
});
