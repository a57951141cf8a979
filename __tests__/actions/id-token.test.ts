import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mintIdToken } from '../../src/actions/id-token.js';
import { withoutSecrets } from '../../src/actions/masking.js';
import { explain } from '../../src/words/explain.js';
import { type GithubTokens, startGithubTokens } from '../../testing/github-tokens.js';

let github: GithubTokens;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  environment = { ...process.env };
  github = await startGithubTokens();
  Object.assign(process.env, github.env);
});

afterEach(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  await github.close();
});

function newController() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

const failureOf = async () =>
  explain(await mintIdToken('sts.amazonaws.com').catch((error: unknown) => error));

describe('an ID token of the job', () => {
  test('is meant for whom was said, and is a secret', async () => {
    const token = await mintIdToken('sts.amazonaws.com');
    expect(github.minted).toEqual([{ token, audience: 'sts.amazonaws.com' }]);
    expect(withoutSecrets(`It is ${token}.`)).toBe('It is ***.');
  });

  test.each(['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'])(
    'is not asked for without %s: the permission is missing, and is named',
    async (name) => {
      delete process.env[name];
      expect(await failureOf()).toMatchObject({
        title: 'No ID token',
        message: expect.stringContaining('"permissions: { id-token: write, contents: read }"'),
      });
      expect(github.minted).toEqual([]);
    },
  );

  test('that GitHub refuses is told with what GitHub says, on one line', async () => {
    github.refuseWith = 403;
    const { title, message } = await failureOf();
    expect(title).toBe('No ID token');
    expect(message).toContain('(HTTP 403: This job gets no token.)');
  });

  test('that is none is told', async () => {
    github.mint = () => '';
    expect((await failureOf()).message).toContain('There is no token in its answer.');
  });

  test('is asked for again while the service is out of order', async () => {
    github.refuseWith = 503;
    let asked = 0;
    github.onRequest = () => {
      asked += 1;
      if (asked === 3) github.refuseWith = undefined;
    };
    expect(await mintIdToken('sts.amazonaws.com')).toBe(github.minted[0]?.token);
  });

  test('is not waited for once nobody needs it', async () => {
    github.refuseWith = 'silence';
    const { signal, abort } = newController();
    github.onRequest = abort;
    await expect(mintIdToken('sts.amazonaws.com', signal)).rejects.toHaveProperty(
      'problem.kind',
      'no-id-token',
    );
  });
});
