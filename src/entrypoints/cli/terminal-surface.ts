import { machineNames } from '../../actions/machine-names.js';
import { terminalQuestion } from '../../actions/terminal/question.js';
import type { TerminalRunner } from '../../actions/terminal/terminal-runner.js';
import { consentTo } from '../../commands/cli/consent.js';
import type { Environment } from '../../config/environment.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import type { Surface } from '../surface.js';

interface Terminal {
  /** As of a step. */
  readonly env: Environment;
  readonly report: Report;
  readonly runner: TerminalRunner;
  readonly yes: boolean;
}

/** A person in a terminal. */
export function terminalSurface(
  { env, report, runner, yes }: Terminal,
  signal: AbortSignal,
  over: AbortSignal,
): Surface {
  return {
    env,
    audience: 'terminal',
    job: personAsJob(env),
    report,
    runner,
    // A token that may ask GitHub is no flag, and GitHub may be what is down.
    liveness: { statusOf: async () => undefined },
    asker: {
      signal,
      over,
      // What fails so early is told as an error, and there is nothing else to show.
      report: { ...report, summary: async () => {} },
      // What "terraform init" recorded here, whenever that was, is what Terraform will use here.
      initialisedSince: 0,
    },
    confirm: (what) => consentTo(what, { yes, ask: terminalQuestion(), signal }),
  };
}

/** Who stands in the lock's record. */
function personAsJob(env: Environment): Job {
  const { users, host } = machineNames(env);
  return {
    actor: users[0] ?? '',
    runnerName: host,
    repository: '',
    workflow: '',
    runId: '',
    runAttempt: '',
    runNumber: '',
    name: '',
    commit: '',
    runUrl: '',
  };
}
