import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { githubApiFrom, githubLiveness } from '../actions/github-runs.js';
import { jobFrom } from '../actions/job-environment.js';
import { jobStartedAt } from '../actions/job-start.js';
import { mask, maskCredentials } from '../actions/masking.js';
import { machineProcesses } from '../actions/processes/machine.js';
import { run } from '../actions/run-step.js';
import { acquire } from '../commands/hold/acquire.js';
import { tellingFailures } from '../commands/hold/not-started.js';
import type { Environment } from '../config/environment.js';
import { parseGithubToken } from '../config/github-token.js';
import { parseSettings, secretsIn } from '../config/inputs.js';
import { secretsOf } from '../config/secrets.js';
import { systemClock } from '../job/clock.js';
import { persistentLock } from '../lock/persistent.js';
import { identityFrom, listenedTo, resolveCredentials } from '../stores/aws/identity.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';

/** The main step of the root action. */
export async function main(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal): Promise<void> {
  const { env } = process;
  mask(secretsIn(env));
  const { settings, credentials, identity } = await tellingFailures(
    githubReport,
    () => configure(env),
    'untouched',
  );
  const { statePath } = settings.backend;
  const stores = openStores(settings, identity);
  const persistence = { clock: systemClock, random: Math.random, reached: false };
  await acquire({
    lock: await stores.openLock(statePath, (record) => persistentLock(record, persistence)),
    openState: () => stores.openState(statePath),
    settings,
    job: jobFrom(env),
    jobStartedAt: await jobStartedAt(env, systemClock.now()),
    mainStartedAt: await machineProcesses().ownStart(),
    credentials,
    environment: env,
    runner: githubRunner,
    liveness: githubLiveness(githubApiFrom(env, parseGithubToken(env))),
    report: githubReport,
    clock: systemClock,
    random: Math.random,
    newId: randomUUID,
    signal,
  });
}

async function configure(env: Environment) {
  const settings = parseSettings(env, { homeDir: homedir() });
  const identity = listenedTo(identityFrom(settings.credentials), maskCredentials);
  const credentials = await resolveCredentials(identity);
  mask(secretsOf({ credentials, settings }));
  return { settings, credentials, identity };
}
