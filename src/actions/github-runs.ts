import * as core from '@actions/core';
import type { HolderRun, Liveness, RunStatus } from '../lock/liveness.js';
import { harmless } from './github-report.js';

/** Whom to ask, and as whom. */
export interface GithubApi {
  readonly token?: string;
  /** The server whose runs the API knows, as `https://github.com`. */
  readonly serverUrl: string;
  readonly apiUrl: string;
}

/** The API of the GitHub that this job runs on. */
export function githubApiFrom(env: Readonly<Record<string, string | undefined>>, token?: string): GithubApi {
  const { GITHUB_SERVER_URL: serverUrl = '', GITHUB_API_URL: apiUrl = '' } = env;
  return { token, serverUrl, apiUrl };
}

/**
 * Asks GitHub's API. It is loaded when it is first asked, and never fails: an answer helps, and none is no harm.
 *
 * @see https://docs.github.com/en/rest/actions/workflow-runs#get-a-workflow-run-attempt
 */
export function githubLiveness({ token, serverUrl, apiUrl }: GithubApi): Liveness {
  return {
    async statusOf(run, signal) {
      const route = attemptRoute(run, serverUrl);
      if (!token || !route) return undefined;
      try {
        const { getOctokit } = await import('@actions/github');
        const octokit = getOctokit(token, { baseUrl: apiUrl });
        const { data } = await octokit.request(`GET ${route}`, { request: { signal } });
        return statusFrom(data as RunAttempt);
      } catch (error) {
        core.debug(`GitHub does not tell of ${harmless(run.runUrl)}: ${harmless(String(error))}`);
        return undefined;
      }
    },
  };
}

/** The part of GitHub's answer that is read. */
interface RunAttempt {
  readonly status?: string | null;
  readonly conclusion?: string | null;
}

function statusFrom({ status, conclusion }: RunAttempt): RunStatus {
  return status === 'completed' ? { ended: true, conclusion: conclusion ?? 'unknown' } : { ended: false };
}

/** The record comes from outside, so nothing of it reaches the API but names and numbers. */
function attemptRoute(
  { repository, runId, runAttempt, runUrl }: HolderRun,
  serverUrl: string,
): string | undefined {
  const named =
    /^(?!\.)[\w.-]+\/(?!\.{1,2}$)[\w.-]+$/.test(repository) &&
    /^\d+$/.test(runId) &&
    /^\d+$/.test(runAttempt);
  if (!named || !runUrl.startsWith(`${serverUrl}/${repository}/`)) return undefined;
  return `/repos/${repository}/actions/runs/${runId}/attempts/${runAttempt}`;
}
