import { expect, test } from '@jest/globals';
import { jobFrom } from '../../src/actions/job-environment.js';
import { testJob } from '../../testing/test-data.js';

/** As the runner sets them. */
const ENVIRONMENT = {
  GITHUB_ACTOR: 'octocat',
  GITHUB_JOB: 'apply',
  GITHUB_REPOSITORY: 'acme/infrastructure',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: '4711',
  GITHUB_RUN_NUMBER: '17',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
  GITHUB_WORKFLOW: 'Deploy',
  RUNNER_NAME: 'runner-1',
};

test('the runner says which job this is, and where its run is to be seen', () => {
  expect(jobFrom(ENVIRONMENT)).toEqual(testJob());
});

test('a run on another server has its page there', () => {
  const job = jobFrom({
    ...ENVIRONMENT,
    GITHUB_SERVER_URL: 'https://ghe.example.com',
    GITHUB_RUN_ATTEMPT: '3',
  });
  expect(job.runUrl).toBe('https://ghe.example.com/acme/infrastructure/actions/runs/4711/attempts/3');
});

test('a runner that tells no attempt has the page of the run', () => {
  const { GITHUB_RUN_ATTEMPT: _, ...environment } = ENVIRONMENT;
  expect(jobFrom(environment)).toMatchObject({
    runAttempt: '',
    runUrl: 'https://github.com/acme/infrastructure/actions/runs/4711',
  });
});

test('what is not told is empty', () => {
  expect(jobFrom({})).toMatchObject({ actor: '', repository: '', commit: '', runnerName: '' });
});
