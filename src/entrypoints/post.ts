import { machineFiles } from '../actions/config-files.js';
import { githubReport } from '../actions/github-report.js';
import { githubRunner, savedRunState } from '../actions/github-runner.js';
import { jobWorkspace } from '../actions/initialised-backends.js';
import { machineNames } from '../actions/machine-names.js';
import { mask } from '../actions/masking.js';
import { machineProcesses } from '../actions/processes/machine.js';
import { run } from '../actions/run-step.js';
import { tellingFailures } from '../commands/hold/not-started.js';
import type { OpenedState } from '../commands/hold/post-parts.js';
import { postRoots } from '../commands/hold/post-roots.js';
import { release } from '../commands/hold/release.js';
import { parseRunState, type StateRun } from '../commands/hold/run-state.js';
import { parseJobStatus } from '../config/job-status.js';
import { secretsOf } from '../config/secrets.js';
import { systemClock } from '../job/clock.js';
import { persistentLock } from '../lock/persistent.js';
import { resumedIdentity } from '../stores/aws/identities/resumed-identity.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { surroundingsOf } from './surroundings.js';

/** The post step of the root action. It trusts what main saved alone, and goes on when it is cancelled. */
export async function post(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(_: AbortSignal, over: AbortSignal): Promise<void> {
  const { env } = process;
  const runState = await tellingFailures(githubReport, () => parseRunState(savedRunState()));
  if (!runState) return;
  mask(runState.states.flatMap(secretsOf));
  await release({
    runState,
    open: (state) => open(state, over),
    processes: machineProcesses(),
    workspace: (workingDirectory) => jobWorkspace(env, workingDirectory),
    machine: machineNames(env),
    environment: env,
    jobStatus: parseJobStatus(env),
    runner: githubRunner,
    report: githubReport,
    clock: systemClock,
    random: Math.random,
  });
}

/** Main had answers from these places, so whatever goes wrong now is worth a wait. */
const PERSISTENCE = { clock: systemClock, random: Math.random, reached: true };

function open({ settings, credentials }: StateRun, over: AbortSignal): OpenedState {
  const { statePath } = settings.backend;
  const roots = postRoots(settings.reach, { files: machineFiles, report: githubReport });
  const surroundings = surroundingsOf(settings, { roots, over });
  const identity = resumedIdentity(credentials, settings.credentials, surroundings);
  const stores = openStores(settings, identity, roots);
  return {
    openLock: () => stores.openLock(statePath, (record) => persistentLock(record, PERSISTENCE)),
    openTerraformLock: () => stores.openTerraformLock(statePath),
    openState: () => stores.openState(statePath),
    isAnother: () => identity.isAnother?.() ?? false,
  };
}
