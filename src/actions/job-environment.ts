import type { Job } from '../job/job.js';

/**
 * The job that this process is a step of, from the runner's environment.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
export function jobFrom(env: Readonly<Record<string, string | undefined>>): Job {
  const of = (name: string) => env[name] ?? '';
  const run = `${of('GITHUB_SERVER_URL')}/${of('GITHUB_REPOSITORY')}/actions/runs/${of('GITHUB_RUN_ID')}`;
  const attempt = of('GITHUB_RUN_ATTEMPT');
  return {
    actor: of('GITHUB_ACTOR'),
    repository: of('GITHUB_REPOSITORY'),
    workflow: of('GITHUB_WORKFLOW'),
    runId: of('GITHUB_RUN_ID'),
    runAttempt: attempt,
    runNumber: of('GITHUB_RUN_NUMBER'),
    name: of('GITHUB_JOB'),
    runnerName: of('RUNNER_NAME'),
    commit: of('GITHUB_SHA'),
    runUrl: attempt ? `${run}/attempts/${attempt}` : run,
  };
}
