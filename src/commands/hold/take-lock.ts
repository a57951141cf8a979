import type { LockedPlaces } from '../../config/settings.js';
import { type Clock, withTimeout } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import { type Liveness, statusOfHolder } from '../../lock/liveness.js';
import { type HeldLock, type Lock, LockTimeoutError } from '../../lock/lock.js';
import { waitForLock } from '../../lock/wait.js';
import { heldVariable, parseHeldMark } from '../../names/held-variable.js';
import { reason } from '../../words/explain.js';
import type { Failure } from '../../words/failure.js';
import { type AcquiredClaim, type Claim, type RequestedClaim, releaseClaim } from './claim.js';
import { heldByThisJob, notAcquired } from './not-acquired.js';
import { waitingLog } from './waiting-log.js';

/** What it takes to take a lock. */
export interface TakeLockParts {
  readonly settings: LockedPlaces;
  readonly job: Pick<Job, 'runUrl'>;
  readonly lock: Lock;
  readonly liveness: Liveness;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is said where an earlier step of this job has the lock; as in the root action unless given. */
  readonly heldByJob?: (path: string, id: string) => Failure;
  /** Who frees what cannot be given back now; the post step unless given. */
  readonly leftTo?: 'post' | 'person';
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/**
 * Waits for the lock, showing who holds it.
 *
 * @throws Failure at the time-out, naming the holder and the command that would free the lock.
 */
export async function takeLock(
  parts: TakeLockParts,
  { record, requestedAt }: RequestedClaim,
): Promise<AcquiredClaim> {
  const { lock, settings, clock, random, signal, report, heldByJob = heldByThisJob } = parts;
  const { timeoutMs } = settings.locking;
  const log = waitingLog(report, clock, timeoutMs);
  const own = parseHeldMark(parts.environment[heldVariable(lock.path)] ?? '');
  const onHeld = (by: HeldLock) => {
    if (own && by.info?.ID === own.id) throw heldByJob(lock.path, own.id);
    log.onHeld(by);
  };
  try {
    const options = { clock, random, timeoutMs, signal, onHeld };
    const held = await waitForLock(lock, record, options);
    return {
      stage: 'acquired',
      held: { ...held, info: held.info ?? record.info, holder: record.holder },
      requestedAt,
      acquiredAt: clock.now(),
      waitedFor: log.holders(),
    };
  } catch (error) {
    if (!(error instanceof LockTimeoutError)) throw error;
    const { by } = error.waited;
    const status = by && (await statusOfHolder(by, parts));
    throw notAcquired(error, { settings, status, runUrl: parts.job.runUrl, now: clock.now() });
  }
}

/** The runner kills a cancelled step 10 s after SIGINT; what is not freed by then is left to post. */
const CANCELLED_PATIENCE_MS = 1_500;
const FAILED_PATIENCE_MS = 60_000;

/**
 * Gives back whatever of the lock is ours after a failure. What cannot be freed now is left to post, and said.
 *
 * @returns whether nothing of ours is left
 */
export async function giveBack(
  { lock, clock, report, signal, leftTo = 'post' }: TakeLockParts,
  claim: Claim,
): Promise<boolean> {
  const patienceMs = signal.aborted ? CANCELLED_PATIENCE_MS : FAILED_PATIENCE_MS;
  try {
    const freed = await withTimeout(clock, patienceMs, (timeUp) => releaseClaim(lock, claim, timeUp));
    if (freed.outcome === 'released') report.info(`Freed the lock ${lock.path} again.`);
    return true;
  } catch (error) {
    const why = reason(error);
    report.warning(
      'Lock not freed yet',
      leftTo === 'post'
        ? `The post step tries again to free ${lock.path}: ${why}`
        : `The lock ${lock.path} may still be held, and nobody else frees it: run the command above that frees it. ${why}`,
    );
    return false;
  }
}
