import { createServer } from 'node:http';
import { type Listening, listen } from './http-server.js';

/** GitHub's service that gives jobs their ID tokens. */
export interface GithubTokens extends Listening {
  /** What the runner exports to a job that has the permission `id-token: write`. */
  readonly env: Readonly<Record<string, string>>;
  readonly minted: readonly { readonly token: string; readonly audience: string | null }[];
  /** The status with which all requests are refused; none are unless set. With `silence` they are never answered. */
  refuseWith: number | 'silence' | undefined;
  /** Hears of each request. */
  onRequest: () => void;
  /** Makes the nth token. */
  mint: (number: number) => string;
}

const REQUEST_TOKEN = 'the-token-with-which-a-job-asks-for-tokens';

export async function startGithubTokens(): Promise<GithubTokens> {
  const minted: { token: string; audience: string | null }[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const isJob = request.headers.authorization === `Bearer ${REQUEST_TOKEN}`;
    tokens.onRequest();
    if (tokens.refuseWith === 'silence') return;
    const status = tokens.refuseWith ?? (isJob ? 200 : 401);
    response.writeHead(status, { 'content-type': 'application/json' });
    if (status !== 200) {
      response.end(JSON.stringify({ message: 'This job gets no token.' }));
      return;
    }
    const token = tokens.mint(minted.length + 1);
    minted.push({ token, audience: searchParams.get('audience') });
    response.end(JSON.stringify({ value: token, count: 1 }));
  });
  const listening = await listen(server);
  const tokens: GithubTokens = {
    ...listening,
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${listening.endpoint}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
    minted,
    refuseWith: undefined,
    onRequest: () => {},
    mint: (number) => `an-id-token-of-this-job-${number}`,
  };
  return tokens;
}
