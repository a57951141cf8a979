import { randomUUID } from 'node:crypto';
import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { jobFrom } from '../actions/job-environment.js';
import { writeReportFile } from '../actions/report-file.js';
import { run } from '../actions/run-step.js';
import { verifyStates } from '../commands/verify/verify-states.js';
import { parseVerifySettings } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';
import { openDrill } from './drill-place.js';

/** The one step of `verify/`. */
export async function verify(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal, over: AbortSignal): Promise<void> {
  const { env } = process;
  const { settings, identity, roots } = await configured(env, parseVerifySettings, {
    signal,
    over,
    required: ['bucket'],
  });
  const stores = openStores(settings, identity, roots);
  const { runId, runAttempt } = jobFrom(env);
  const drillId = [runId, runAttempt, randomUUID().slice(0, 8)].filter((part) => part !== '').join('-');
  await verifyStates({
    settings,
    stores,
    openDrill: (until) => openDrill({ settings, stores, identity, env, drillId, signal: until }),
    writeReport: (lines) => writeReportFile(env, { name: 'verify', id: randomUUID() }, lines),
    runner: githubRunner,
    report: githubReport,
    clock: systemClock,
    random: Math.random,
    signal,
  });
}
