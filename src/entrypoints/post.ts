import { githubReport } from '../actions/github-report.js';
import { savedRunState } from '../actions/github-runner.js';
import { mask } from '../actions/masking.js';
import { run } from '../actions/run-step.js';
import { release } from '../commands/hold/release.js';
import { parseRunState } from '../commands/hold/run-state.js';
import { secretsOf } from '../config/secrets.js';
import { systemClock } from '../job/clock.js';
import { resumedIdentity } from '../stores/aws/identity.js';
import { openBackend } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';

/** The post step of the root action. It reads nothing but what main saved, and goes on when it is cancelled. */
export async function post(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(): Promise<void> {
  const runState = parseRunState(savedRunState());
  if (!runState) return;
  const { settings, credentials } = runState;
  mask(secretsOf(runState));
  const backend = await openBackend(settings, resumedIdentity(credentials, settings.credentials));
  await release({ ...backend, runState, report: githubReport, clock: systemClock });
}
