import { randomUUID } from 'node:crypto';
import { githubReport } from '../actions/github-report.js';
import { githubRunner } from '../actions/github-runner.js';
import { callHeartbeat } from '../actions/heartbeat.js';
import { jobFrom } from '../actions/job-environment.js';
import { writeReportFile } from '../actions/report-file.js';
import { run } from '../actions/run-step.js';
import { backupStates } from '../commands/backup/backup-states.js';
import { parseBackupSettings } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';

/** The one step of `backup/`. */
export async function backup(): Promise<void> {
  await run({ failuresIn, work });
}

async function work(signal: AbortSignal, over: AbortSignal): Promise<void> {
  const { env } = process;
  const asker = { signal, over, required: ['bucket'] };
  const { settings, identity, roots } = await configured(env, parseBackupSettings, asker);
  await backupStates({
    settings,
    stores: openStores(settings, identity, roots),
    job: jobFrom(env),
    runner: githubRunner,
    writeReport: (lines) => writeReportFile(env, { name: 'backup', id: randomUUID() }, lines),
    callHeartbeat,
    report: githubReport,
    clock: systemClock,
    signal,
  });
}
