import { Failure } from '../../words/failure.js';
import { freeClaim, type LeftoverParts } from '../hold/free-leftover.js';
import { again } from './mishaps.js';
import { CUT_OFF, lateReleaseBlocks, leftBlocks, notRestoredBlocks } from './restore-blocks.js';
import type { RestoreRunState } from './run-state.js';

/** What the post step works with. */
export type FreeAfterRestoreParts = Omit<LeftoverParts, 'settings'> & { readonly runState: RestoreRunState };

/**
 * The post step of `restore/`: frees what is left of the lock where main was killed, and says how to complete the restore.
 * A main that came to its end has left nothing.
 *
 * @throws Failure if the lock could not be freed
 */
export async function freeAfterRestore(parts: FreeAfterRestoreParts): Promise<void> {
  const { report, runState } = parts;
  const { settings, progress } = runState;
  if (progress.phase === 'over') return;
  const { claim } = progress;
  const lock = await freeClaim({ ...parts, settings }, claim);
  if (lock instanceof Failure) {
    await report.summary(notRestoredBlocks(lock, { settings, lock: 'free' }));
    throw lock;
  }
  if (progress.phase === 'restored') {
    if (lock === 'released') await report.summary(lateReleaseBlocks(settings));
    return;
  }
  const { key } = progress;
  if (key !== undefined) report.warning('Restore not finished', `${CUT_OFF} ${again(key)}`);
  if (lock === 'released' || key !== undefined) await report.summary(leftBlocks(settings, { lock, key }));
}
