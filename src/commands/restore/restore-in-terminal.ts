import type { Job } from '../../job/job.js';
import type { OutputName, Runner } from '../../job/runner.js';
import { lockPlace } from '../../names/lock-place.js';
import { unlockCommand } from '../../words/how-to-unlock.js';
import { personsLockRecord } from '../hold/lock-record.js';
import { dryRunBlocks, restoredBlocks } from './restore-blocks.js';
import { tellPlan } from './restore-log.js';
import { restoreOutputs } from './restore-outputs.js';
import type { RestorePlan } from './restore-plan.js';
import {
  foreseeRestore,
  type RestoreParts,
  type RestoreProgress,
  restoreState,
  warnOfNoLock,
} from './restore-state.js';

/** What a restore from a terminal works with. */
export interface RestoreInTerminalParts
  extends Omit<RestoreParts, 'record' | 'onProgress' | 'agreed' | 'leftTo'> {
  /** Who asks, and where. */
  readonly job: Job;
  readonly runner: Pick<Runner, 'setOutput'>;
  readonly newId: () => string;
  /**
   * @param what Completes the sentence: This will …
   * @throws where the person does not want it
   */
  readonly confirm: (what: string) => Promise<void>;
}

/**
 * Restores what a person has agreed to, once it is told what that is. Where the state is another by then, nothing is done.
 *
 * @throws Failure, or AggregateError of all that went wrong when the state was restored
 */
export async function restoreInTerminal(parts: RestoreInTerminalParts): Promise<void> {
  const { settings, report, clock, confirm } = parts;
  const plan = await foreseeRestore(parts);
  if (settings.restore.dryRun) {
    tellOutputs(parts, restoreOutputs(plan, settings));
    await report.summary(dryRunBlocks(plan, { settings, now: clock.now() }));
    return;
  }
  tellPlan(report, plan, clock.now());
  if (!parts.lock) warnOfNoLock(report);
  if (plan.kind === 'restore') await confirm(consentWords(parts, plan));
  const restored = await restoreState({
    ...parts,
    record: recordOf(parts),
    agreed: plan,
    leftTo: 'person',
    onProgress: (progress) => tellProgress(parts, progress),
  });
  tellOutputs(parts, restoreOutputs(restored.plan, settings, restored));
  await report.summary(restoredBlocks(restored.plan, restored, { settings, now: clock.now() }));
  if (restored.failures.length > 0) throw new AggregateError(restored.failures);
}

function recordOf({ settings, job, clock, newId }: RestoreInTerminalParts) {
  const { path } = lockPlace(settings.backend, settings.locking.scope.kind);
  return personsLockRecord(job, { id: newId(), path, now: clock.now() });
}

function consentWords(
  { settings: { backend } }: RestoreInTerminalParts,
  { snapshot, serial }: RestorePlan,
): string {
  const before = serial.before === undefined ? '' : ` (serial ${serial.before} now)`;
  return `put ${snapshot.listed.key} in the place of s3://${backend.bucket}/${backend.statePath}${before}, with serial ${serial.after}; what is there is kept as a snapshot`;
}

/** No post step comes after this process: whoever kills it frees its lock by hand, and completes the restore. */
function tellProgress({ settings, report }: RestoreInTerminalParts, progress: RestoreProgress): void {
  if (progress.phase !== 'unfinished') return;
  const { claim, key } = progress;
  if (key !== undefined) {
    report.info(`If this is killed from here on, complete the restore with --snapshot ${key}.`);
    return;
  }
  if (claim.stage !== 'requested') return;
  const { info } = claim.record;
  report.info(`Asking for the lock ${info.Path}, ID ${info.ID}.`);
  report.info(`If this is killed, free the lock with ${unlockCommand(settings, { info })}.`);
}

function tellOutputs({ runner }: RestoreInTerminalParts, outputs: ReturnType<typeof restoreOutputs>): void {
  for (const [name, value] of Object.entries(outputs)) runner.setOutput(name as OutputName, value);
}
