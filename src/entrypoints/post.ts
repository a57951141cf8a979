import { githubReport } from '../actions/report.js';
import { run } from '../actions/run.js';
import { savedRunState } from '../actions/runner.js';
import { mask } from '../actions/secrets.js';
import { resumedIdentity } from '../aws/credentials.js';
import { systemClock } from '../clock.js';
import { failuresIn } from '../commands/explain.js';
import { release } from '../commands/release.js';
import { secretsOf } from '../config/secrets.js';
import { openBackend } from './backend.js';

/** The post step of the root action. It reads nothing but what main saved, and goes on when it is cancelled. */
export async function post(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(): Promise<void> {
  const runState = savedRunState();
  if (!runState) return;
  const { settings, credentials } = runState;
  mask(secretsOf(runState));
  const backend = await openBackend(settings, resumedIdentity(credentials, settings.credentials));
  await release({ ...backend, runState, report: githubReport, clock: systemClock });
}
