import { randomUUID } from 'node:crypto';
import { callHeartbeat } from '../actions/heartbeat.js';
import { writeReportFile } from '../actions/report-file.js';
import { run } from '../actions/run-step.js';
import { backupStates } from '../commands/backup/backup-states.js';
import { removalConsent } from '../commands/cli/consent.js';
import { parseBackupSettings } from '../config/inputs.js';
import { systemClock } from '../job/clock.js';
import { openStores } from '../stores/open.js';
import { failuresIn } from '../words/explain.js';
import { configured } from './configured.js';
import { jobSurface, type Surface } from './surface.js';

/** The one step of `backup/`. */
export async function backup(): Promise<void> {
  await run({ failuresIn, work: (signal, over) => backupOn(jobSurface(signal, over)) });
}

/** The same, wherever it is asked for. */
export async function backupOn({ env, asker, job, runner, report, confirm }: Surface): Promise<void> {
  const required = ['bucket'];
  const { settings, identity, roots } = await configured(env, parseBackupSettings, { ...asker, required });
  const removal = removalConsent(settings);
  if (removal !== undefined) await confirm(removal);
  await backupStates({
    settings,
    stores: openStores(settings, identity, roots),
    job,
    runner,
    writeReport: (lines) => writeReportFile(env, { name: 'backup', id: randomUUID() }, lines),
    callHeartbeat,
    report,
    clock: systemClock,
    signal: asker.signal,
  });
}
