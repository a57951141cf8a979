import { randomUUID } from 'node:crypto';
import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { githubApiFrom, githubLiveness } from '../actions/github-runs.js';
import { jobFrom } from '../actions/job-environment.js';
import { run } from '../actions/run-step.js';
import { restoreInJob } from '../commands/restore/restore-in-job.js';
import { parseGithubToken } from '../config/github-token.js';
import { parseRestoreSettings } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { persistentLock } from '../lock/persistent.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';

/** The main step of `restore/`. */
export async function restore(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal, over: AbortSignal): Promise<void> {
  const { env } = process;
  const configuration = await configured(env, parseRestoreSettings, { signal, over });
  const { settings, credentials, identity, roots, environment } = configuration;
  const { statePath } = settings.backend;
  const stores = openStores(settings, identity, roots);
  const persistence = { clock: systemClock, random: Math.random, reached: false };
  await restoreInJob({
    settings,
    lock: await stores.openLock(statePath, (record) => persistentLock(record, persistence)),
    openState: () => stores.openState(statePath),
    openWriter: () => stores.openStateWriter(statePath),
    job: jobFrom(env),
    credentials,
    environment,
    runner: githubRunner,
    liveness: githubLiveness(githubApiFrom(env, parseGithubToken(env))),
    report: githubReport,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    signal,
  });
}
