import { randomUUID } from 'node:crypto';
import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { githubApiFrom, githubLiveness } from '../actions/github-runs.js';
import { jobFrom } from '../actions/job-environment.js';
import { jobStartedAt } from '../actions/job-start.js';
import { machineProcesses } from '../actions/processes/machine.js';
import { run } from '../actions/run-step.js';
import { acquire } from '../commands/hold/acquire.js';
import { parseGithubToken } from '../config/github-token.js';
import { parseSettings } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { persistentLock } from '../lock/persistent.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';

/** The main step of the root action. */
export async function main(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal, over: AbortSignal): Promise<void> {
  const { env } = process;
  const configuration = await configured(env, parseSettings, { signal, over, lock: 'untouched' });
  const { settings, credentials, identity, roots, environment } = configuration;
  const { statePath } = settings.backend;
  const stores = openStores(settings, identity, roots);
  const persistence = { clock: systemClock, random: Math.random, reached: false };
  await acquire({
    lock: await stores.openLock(statePath, (record) => persistentLock(record, persistence)),
    openState: () => stores.openState(statePath),
    approachState: (until) => stores.approachState(statePath, until),
    settings,
    job: jobFrom(env),
    jobStartedAt: await jobStartedAt(env, systemClock.now()),
    mainStartedAt: await machineProcesses().ownStart(),
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
