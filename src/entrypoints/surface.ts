import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { githubApiFrom, githubLiveness } from '../actions/github-runs.js';
import { jobFrom } from '../actions/job-environment.js';
import type { Environment } from '../config/environment.js';
import { parseGithubToken } from '../config/github-token.js';
import type { Job } from '../job/job.js';
import type { Report } from '../job/report.js';
import type { Runner } from '../job/runner.js';
import type { Liveness } from '../lock/liveness.js';
import type { Asker } from './configured.js';

/** Where a story is told, and who asked for it: a step of a job, or a person in a terminal. */
export interface Surface {
  /** As of a step, `INPUT_*` included. */
  readonly env: Environment;
  readonly audience: 'job' | 'terminal';
  readonly job: Job;
  readonly report: Report;
  readonly runner: Runner;
  readonly liveness: Liveness;
  /** For `configured`, beside what the story says. */
  readonly asker: Pick<Asker, 'signal' | 'over' | 'report' | 'initialisedSince'>;
  /**
   * Has a person agree to what cannot be undone. A job has agreed by its workflow.
   *
   * @param what Completes the sentence: This will …
   */
  readonly confirm: (what: string) => Promise<void>;
}

/** A step of a job. */
export function jobSurface(signal: AbortSignal, over: AbortSignal): Surface {
  const { env } = process;
  return {
    env,
    audience: 'job',
    job: jobFrom(env),
    report: githubReport,
    runner: githubRunner,
    liveness: githubLiveness(githubApiFrom(env, parseGithubToken(env))),
    asker: { signal, over },
    confirm: async () => {},
  };
}
