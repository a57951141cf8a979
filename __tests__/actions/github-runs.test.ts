import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { githubApiFrom, githubLiveness } from '../../src/actions/github-runs.js';
import type { HolderRun } from '../../src/lock/liveness.js';
import { type Listening, listen } from '../../testing/http-server.js';

const RUN: HolderRun = {
  repository: 'acme/infrastructure',
  runId: '4711',
  runAttempt: '2',
  runUrl: 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/2',
};

let server: Listening;
let answer: { status: number; body: unknown };
const asked: { url: string | undefined; authorization: string | undefined }[] = [];

beforeEach(async () => {
  asked.length = 0;
  const api = createServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer.body));
  });
  server = await listen(api);
});

afterEach(() => server.close());

const ask = (run: HolderRun, token: string | undefined = 'ghs_token') => {
  const env = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: server.endpoint };
  return githubLiveness(githubApiFrom(env, token)).statusOf(run, new AbortController().signal);
};

describe('what GitHub says of the run that holds a lock', () => {
  test.each([
    [
      { status: 'completed', conclusion: 'cancelled' },
      { ended: true, conclusion: 'cancelled' },
    ],
    [
      { status: 'completed', conclusion: null },
      { ended: true, conclusion: 'unknown' },
    ],
    [{ status: 'in_progress', conclusion: null }, { ended: false }],
    [{ status: 'queued', conclusion: null }, { ended: false }],
  ])('%o', async (body, status) => {
    answer = { status: 200, body };
    await expect(ask(RUN)).resolves.toEqual(status);
    expect(asked).toEqual([
      { url: '/repos/acme/infrastructure/actions/runs/4711/attempts/2', authorization: 'token ghs_token' },
    ]);
  });

  test.each([403, 404, 500])('%d tells nothing', async (status) => {
    answer = { status, body: { message: 'no' } };
    await expect(ask(RUN)).resolves.toBeUndefined();
  });

  test.each<[reason: string, run: HolderRun, token: string]>([
    ['there is no token', RUN, ''],
    ['the run is of another server', { ...RUN, runUrl: 'https://ghe.example/acme/infrastructure/x' }, 't'],
    ['the repository is no name', { ...RUN, repository: '../../user' }, 't'],
    ['the run is no number', { ...RUN, runId: '1/../../..' }, 't'],
    ['the attempt is no number', { ...RUN, runAttempt: '' }, 't'],
  ])('nothing is asked when %s', async (_, run, token) => {
    await expect(ask(run, token)).resolves.toBeUndefined();
    expect(asked).toEqual([]);
  });
});
