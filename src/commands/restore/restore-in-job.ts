import type { AccessKey } from '../../config/settings.js';
import type { Job } from '../../job/job.js';
import type { OutputName, Runner } from '../../job/runner.js';
import { lockPlace } from '../../names/lock-place.js';
import { explain } from '../../words/explain.js';
import { ifPossible } from '../hold/if-possible.js';
import { lockRecord } from '../hold/lock-record.js';
import { dryRunBlocks, notRestoredBlocks, restoredBlocks } from './restore-blocks.js';
import { restoreSettingsLines, tellPlan } from './restore-log.js';
import { type RestoreOutputs, restoreOutputs } from './restore-outputs.js';
import { foreseeRestore, type RestoreParts, type RestoreProgress, restoreState } from './restore-state.js';
import { formatRestoreRunState } from './run-state.js';

/** What the main step works with. */
export interface RestoreInJobParts extends Omit<RestoreParts, 'record' | 'onProgress' | 'agreed'> {
  readonly job: Job;
  /** What the first request is signed with. */
  readonly credentials: AccessKey;
  readonly runner: Pick<Runner, 'saveRunState' | 'setOutput'>;
  readonly newId: () => string;
}

/**
 * The main step of `restore/`: restores, or says what a restore would do, and tells the job.
 *
 * @throws Failure, or AggregateError of all that went wrong when the state was restored
 */
export async function restoreInJob(parts: RestoreInJobParts): Promise<void> {
  const { settings, report } = parts;
  report.group('Lockkeeper', restoreSettingsLines(settings));
  const progress: { last: RestoreProgress } = { last: { phase: 'over' } };
  try {
    await (settings.restore.dryRun ? foresee(parts) : restore(parts, progress));
  } catch (error) {
    if (error instanceof AggregateError) throw error;
    const failure = explain(error);
    const lock = progress.last.phase === 'over' ? 'free' : 'left';
    await report.summary(notRestoredBlocks(failure, { settings, lock }));
    throw failure;
  }
}

async function foresee(parts: RestoreInJobParts): Promise<void> {
  const { settings, report, clock } = parts;
  const plan = await foreseeRestore(parts);
  const now = clock.now();
  tellPlan(report, plan, now);
  report.info('Nothing was changed: this was a dry run.');
  tellOutputs(parts, restoreOutputs(plan, settings));
  await report.summary(dryRunBlocks(plan, { settings, now }));
}

async function restore(parts: RestoreInJobParts, progress: { last: RestoreProgress }): Promise<void> {
  const { settings, job, clock, newId, report } = parts;
  const { path } = lockPlace(settings.backend, settings.locking.scope.kind);
  const record = lockRecord(job, { id: newId(), path, now: clock.now(), looks: false });
  const onProgress = (next: RestoreProgress) => {
    progress.last = next;
    // What is done is no reason to fail: post finds out by itself.
    if (next.phase === 'unfinished') save(parts, next);
    else ifPossible(parts, () => save(parts, next));
  };
  const restored = await restoreState({ ...parts, record, onProgress });
  const { plan, failures } = restored;
  ifPossible(parts, () => tellOutputs(parts, restoreOutputs(plan, settings, restored)));
  await report.summary(restoredBlocks(plan, restored, { settings, now: clock.now() }));
  if (failures.length > 0) throw new AggregateError(failures);
}

function save({ runner, settings, credentials }: RestoreInJobParts, progress: RestoreProgress): void {
  runner.saveRunState(formatRestoreRunState({ settings, credentials, progress }));
}

function tellOutputs({ runner }: RestoreInJobParts, outputs: RestoreOutputs): void {
  for (const [name, value] of Object.entries(outputs)) runner.setOutput(name as OutputName, value);
}
