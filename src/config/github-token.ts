import { githubTokenInputs } from './attributes/job.js';
import type { Environment } from './environment.js';
import { InputReader } from './input-reader.js';

/** The token for GitHub's API. Not among the settings: those are saved for post, and it is not needed there. */
export function parseGithubToken(env: Environment): string | undefined {
  return new InputReader(env, githubTokenInputs, []).given('github_token')?.text;
}
