import type { HeldLock, LockTimeoutError } from '../../lock/lock.js';
import { formatDuration } from '../../words/duration.js';
import { reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { describeHolder } from '../../words/holder.js';
import { unlockCommand } from '../../words/how-to-unlock.js';
import { type RefusalFacts, refusalBlocks } from './summary/refusal-blocks.js';

/** Why this job did not get the lock, who has it, and what to do. */
export function notAcquired(
  { path, waited, cause }: LockTimeoutError,
  facts: Omit<RefusalFacts, 'waitedMs'>,
): Failure {
  const { by, waitedMs, answered } = waited;
  const after = waitedMs > 0 ? ` after ${formatDuration(waitedMs)}` : '';
  if (!answered && cause !== undefined) {
    return new Failure('No answer', `The lock ${path} could not be asked for${after}: ${reason(cause)}`, {
      cause,
    });
  }
  if (!answered) {
    return new Failure(
      'No answer',
      `Nothing answered a request for the lock ${path}${after}. Check the endpoint, the network and the proxy of the runner, or raise "lock_timeout".`,
    );
  }
  if (!by) {
    return new Failure(
      'Lock not acquired',
      `The lock ${path} was not acquired${after}: others were always faster. Raise "lock_timeout".`,
    );
  }
  const holder = describeHolder(by, facts.now);
  const held =
    waitedMs > 0
      ? `The lock ${path} is still held${after}, by ${holder}`
      : `The lock ${path} is held, by ${holder}`;
  const weather = cause === undefined ? '' : `\nThe last request for it was not answered: ${reason(cause)}`;
  const details = refusalBlocks(by, { ...facts, waitedMs });
  return new Failure('Lock held', `${held}${weather}\n${wayOut(by, facts)}`, {
    details,
    headline: 'is locked',
  });
}

/** Waiting would be in vain: this job releases the lock at its end. */
export function heldByThisJob(path: string, id: string): Failure {
  return new Failure(
    'Lock held by this job',
    `An earlier step of this job holds the lock ${path} already, under the ID ${id}, until the job ends. Remove this step: one step holds ` +
      'the lock for all later steps of the job.',
  );
}

function wayOut(by: HeldLock, { settings, status }: Pick<RefusalFacts, 'settings' | 'status'>): string {
  const unlock = unlockCommand(settings, by);
  if (by.holder?.kept) {
    const where = by.holder.runnerName ? ` on the runner ${by.holder.runnerName}` : '';
    return (
      `No job will release it any more. When nothing of that runs any more${where}, compare the state with its last ` +
      `snapshot, and free the lock with ${unlock}.`
    );
  }
  const wait = 'Wait until that is done and run the job again, or raise "lock_timeout".';
  if (!status) return `${wait} Only if you are sure that the holder is dead, free the lock with ${unlock}.`;
  return status.ended
    ? `GitHub says that this run has ended (${status.conclusion}), so nobody will release it: free the lock with ${unlock}.`
    : `GitHub says that this run goes on. ${wait} Only if its job is dead, free the lock with ${unlock}.`;
}
