import { machineFiles } from '../actions/config-files.js';
import { githubReport } from '../actions/github-report.js';
import { savedRunState } from '../actions/github-runner.js';
import { mask } from '../actions/masking.js';
import { run } from '../actions/run-step.js';
import { tellingFailures } from '../commands/hold/not-started.js';
import { postRoots } from '../commands/hold/post-roots.js';
import { freeAfterRestore } from '../commands/restore/free-after-restore.js';
import { parseRestoreRunState } from '../commands/restore/run-state.js';
import { secretsOf } from '../config/secrets.js';
import { systemClock } from '../job/clock.js';
import { persistentLock } from '../lock/persistent.js';
import { resumedIdentity } from '../stores/aws/identities/resumed-identity.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { surroundingsOf } from './surroundings.js';

/** The post step of `restore/`. It trusts what main saved alone, and goes on when it is cancelled. */
export async function restorePost(): Promise<void> {
  await run({ failuresIn, work });
}

/** Main had answers from these places, so whatever goes wrong now is worth a wait. */
const PERSISTENCE = { clock: systemClock, random: Math.random, reached: true };

async function work(_: AbortSignal, over: AbortSignal): Promise<void> {
  const runState = await tellingFailures(githubReport, () => parseRestoreRunState(savedRunState()));
  if (!runState) return;
  mask(secretsOf(runState));
  const { settings, credentials } = runState;
  const roots = postRoots(settings.reach, { files: machineFiles, report: githubReport });
  const surroundings = surroundingsOf(settings, { roots, over });
  const identity = resumedIdentity(credentials, settings.credentials, surroundings);
  const stores = openStores(settings, identity, roots);
  await freeAfterRestore({
    runState,
    openLock: () =>
      stores.openLock(settings.backend.statePath, (record) => persistentLock(record, PERSISTENCE)),
    isAnother: () => identity.isAnother?.() ?? false,
    report: githubReport,
    clock: systemClock,
  });
}
