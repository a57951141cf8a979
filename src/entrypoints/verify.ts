import { randomUUID } from 'node:crypto';
import { writeReportFile } from '../actions/report-file.js';
import { run } from '../actions/run-step.js';
import { verifyStates } from '../commands/verify/verify-states.js';
import { parseVerifySettings } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';
import { openDrill } from './drill-place.js';
import { jobSurface, type Surface } from './surface.js';

/** The one step of `verify/`. */
export async function verify(): Promise<void> {
  await run({ failuresIn, work: (signal, over) => verifyOn(jobSurface(signal, over)) });
}

/** The same, wherever it is asked for. */
export async function verifyOn({ env, asker, job, runner, report }: Surface): Promise<void> {
  const { signal } = asker;
  const required = ['bucket'];
  const { settings, identity, roots } = await configured(env, parseVerifySettings, { ...asker, required });
  const stores = openStores(settings, identity, roots);
  const { runId, runAttempt } = job;
  const drillId = [runId, runAttempt, randomUUID().slice(0, 8)].filter((part) => part !== '').join('-');
  await verifyStates({
    settings,
    stores,
    openDrill: (until) => openDrill({ settings, stores, identity, env, drillId, signal: until }),
    writeReport: (lines) => writeReportFile(env, { name: 'verify', id: randomUUID() }, lines),
    runner,
    report,
    clock: systemClock,
    random: Math.random,
    signal,
  });
}
