import type { Environment } from './environment.js';
import { type InputDeclarations, InputReader } from './input-reader.js';

/** Its default is an expression in action.yml, which the runner has evaluated. */
export const githubTokenInputs = { github_token: { secret: true } } as const satisfies InputDeclarations;

/** The token for GitHub's API. Not among the settings: those are saved for post, and it is not needed there. */
export function parseGithubToken(env: Environment): string | undefined {
  return new InputReader(env, githubTokenInputs, []).given('github_token')?.text;
}
