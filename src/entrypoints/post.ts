import { githubReport } from '../actions/github-report.js';
import { savedRunState } from '../actions/github-runner.js';
import { mask, maskCredentials } from '../actions/masking.js';
import { run } from '../actions/run-step.js';
import { type OpenedState, release } from '../commands/hold/release.js';
import { parseRunState, type StateRun } from '../commands/hold/run-state.js';
import { secretsOf } from '../config/secrets.js';
import { systemClock } from '../job/clock.js';
import { persistentLock } from '../lock/persistent.js';
import { listenedTo, resumedIdentity } from '../stores/aws/identity.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';

/** The post step of the root action. It reads nothing but what main saved, and goes on when it is cancelled. */
export async function post(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(): Promise<void> {
  const runState = parseRunState(savedRunState());
  if (!runState) return;
  mask(runState.states.flatMap(secretsOf));
  await release({ runState, open, report: githubReport, clock: systemClock, random: Math.random });
}

/** Main had answers from these places, so whatever goes wrong now is worth a wait. */
const PERSISTENCE = { clock: systemClock, random: Math.random, reached: true };

async function open({ settings, credentials }: StateRun): Promise<OpenedState> {
  const { statePath } = settings.backend;
  const identity = listenedTo(resumedIdentity(credentials, settings.credentials), maskCredentials);
  const stores = openStores(settings, identity);
  return {
    lock: await stores.openLock(statePath, (record) => persistentLock(record, PERSISTENCE)),
    openState: () => stores.openState(statePath),
    isAnother: () => identity.isAnother?.() ?? false,
  };
}
