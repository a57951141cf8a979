import { createServer, type IncomingMessage } from 'node:http';
import { listen } from './http-server.js';

/** A GitHub API that steps are led to. */
export interface GithubApi {
  /** For the environment of a step. */
  readonly env: Readonly<Record<string, string>>;
  readonly requests: readonly IncomingMessage[];
  /** Resolves with the first request. */
  readonly asked: Promise<unknown>;
}

/** Runs a test with a GitHub API that gives one answer, or none at all, to everything. */
export async function withGithub(
  answer: { readonly status: number; readonly body: unknown } | 'none',
  run: (api: GithubApi) => Promise<void>,
): Promise<void> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    if (answer === 'none') return;
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  const asked = new Promise((resolve) => server.once('request', resolve));
  const { endpoint, close } = await listen(server);
  try {
    await run({ env: { GITHUB_API_URL: endpoint }, requests, asked });
  } finally {
    await close();
  }
}
