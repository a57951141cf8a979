import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { jobFrom } from '../actions/job.js';
import { githubApiFrom, githubLiveness } from '../actions/liveness.js';
import { githubReport } from '../actions/report.js';
import { run } from '../actions/run.js';
import { githubRunner } from '../actions/runner.js';
import { mask } from '../actions/secrets.js';
import { identityFrom, resolveCredentials } from '../aws/credentials.js';
import { systemClock } from '../clock.js';
import { acquire } from '../commands/acquire.js';
import { failuresIn } from '../commands/explain.js';
import { parseGithubToken } from '../config/github-token.js';
import { parseSettings, secretsIn } from '../config/inputs.js';
import { secretsOf } from '../config/secrets.js';
import { openBackend } from './backend.js';

/** The main step of the root action. */
export async function main(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal): Promise<void> {
  const { env } = process;
  mask(secretsIn(env));
  const settings = parseSettings(env, { homeDir: homedir() });
  const identity = identityFrom(settings.credentials);
  const credentials = await resolveCredentials(identity);
  mask(secretsOf({ credentials, settings }));
  await acquire({
    ...(await openBackend(settings, identity)),
    settings,
    job: jobFrom(env),
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
