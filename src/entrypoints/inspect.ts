import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { githubApiFrom, githubLiveness } from '../actions/github-runs.js';
import { jobFrom } from '../actions/job-environment.js';
import { run } from '../actions/run-step.js';
import { inspectPlaces } from '../commands/inspect/inspect-places.js';
import { parseGithubToken } from '../config/github-token.js';
import { parseInspectPlaces } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';

/** The one step of `inspect/`. */
export async function inspect(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal, over: AbortSignal): Promise<void> {
  const { env } = process;
  const { settings, identity, roots } = await configured(env, parseInspectPlaces, { signal, over });
  const { inspection: wishes, ...places } = settings;
  const { statePath } = places.backend;
  const stores = openStores(places, identity, roots);
  await inspectPlaces({
    places,
    wishes,
    audience: 'job',
    lock: await stores.openLock(statePath, (record) => record),
    openState: () => stores.openState(statePath),
    bucketVersioning: stores.bucketVersioning,
    liveness: githubLiveness(githubApiFrom(env, parseGithubToken(env))),
    runUrl: jobFrom(env).runUrl,
    runner: githubRunner,
    report: githubReport,
    clock: systemClock,
    random: Math.random,
    signal,
  });
}
