import type { Settings } from '../../config/settings.js';
import { type Clock, withTimeout } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import type { Liveness } from '../../lock/liveness.js';
import { type HeldLock, type Holder, type Lock, LockTimeoutError } from '../../lock/lock.js';
import { formatCreated, type LockInfo } from '../../lock/lock-info.js';
import { freeIfOurs, release } from '../../lock/release.js';
import { waitForLock } from '../../lock/wait.js';
import { VERSION } from '../../names/version.js';
import { formatDuration } from '../../words/duration.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { describeHolder } from '../../words/holder.js';
import { unlockCommand } from '../../words/how-to-unlock.js';
import type { AcquiredLock, RequestedLock } from './run-state.js';
import { waitingLog } from './waiting-log.js';

/** What it takes to take a lock. */
export interface LockParts {
  readonly settings: Settings;
  readonly job: Job;
  readonly lock: Lock;
  readonly liveness: Liveness;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/** The runner kills a cancelled step 7.5 s after SIGINT; what is not freed by then is left to post. */
const CANCELLED_PATIENCE_MS = 1_500;
const FAILED_PATIENCE_MS = 60_000;

/** The record that this job will ask for, under an ID of its own. */
export function lockRequest(job: Job, lock: Lock, id: string, now: number): RequestedLock {
  const info: LockInfo = {
    ID: id,
    Operation: 'lockkeeper',
    Info: oneLine(`${job.runUrl} job ${job.name} of ${job.repository}`),
    Who: oneLine(`${job.actor}@${job.runnerName}`),
    Version: VERSION,
    Created: formatCreated(now),
    Path: lock.path,
  };
  return { info, requestedAt: now };
}

/**
 * Waits for the lock, showing who holds it.
 *
 * @throws Failure at the time-out, naming the holder and the command that would free the lock.
 */
export async function takeLock(parts: LockParts, requested: RequestedLock): Promise<AcquiredLock> {
  const { lock, settings, clock, random, signal, report } = parts;
  const { timeoutMs } = settings.locking;
  const log = waitingLog(report, clock, timeoutMs);
  try {
    const options = { clock, random, timeoutMs, signal, onHeld: log.onHeld };
    const held = await waitForLock(lock, requested.info, holderOf(parts.job), options);
    return { ...requested, held, acquiredAt: clock.now(), waitedFor: log.holders() };
  } catch (error) {
    if (error instanceof LockTimeoutError) throw await timedOut(error, parts);
    throw error;
  }
}

/**
 * Frees whatever of the lock is ours after a failure: by its record once it was acquired, else by its ID. What cannot
 * be freed now is left to post, and said.
 *
 * @returns whether nothing of ours is left
 */
export async function giveBack(parts: LockParts, ours: RequestedLock | AcquiredLock): Promise<boolean> {
  const { lock, clock, report, signal } = parts;
  const patienceMs = signal.aborted ? CANCELLED_PATIENCE_MS : FAILED_PATIENCE_MS;
  try {
    const freed = await withTimeout(clock, patienceMs, (timeUp) =>
      'held' in ours ? release(lock, ours.held, timeUp) : freeIfOurs(lock, ours.info.ID, timeUp),
    );
    if (freed.outcome === 'released') report.info(`Freed the lock ${lock.path} again.`);
    return true;
  } catch (error) {
    report.warning(
      'Lock not freed yet',
      `The post step tries again to free ${lock.path}: ${explain(error).message}`,
    );
    return false;
  }
}

async function timedOut({ path, waited }: LockTimeoutError, parts: LockParts): Promise<Failure> {
  const { by, waitedMs, answered } = waited;
  const after = waitedMs > 0 ? ` after ${formatDuration(waitedMs)}` : '';
  if (!answered) {
    const message = `Nothing answered a request for the lock ${path}${after}. Check the endpoint, the network and the proxy of the runner, or raise "lock_timeout".`;
    return new Failure('No answer', message);
  }
  if (!by) {
    const message = `The lock ${path} was not acquired${after}: others were always faster. Raise "lock_timeout".`;
    return new Failure('Lock not acquired', message);
  }
  return new Failure(
    'Lock held',
    `The lock ${path} is ${after && 'still '}held${after}, by ${describeHolder(by, parts.clock.now())}\n` +
      `${await advice(by, parts)} free the lock with ${unlockCommand(parts.settings, by)}.`,
  );
}

const LIVENESS_PATIENCE_MS = 5_000;

/** What to do about a lock that is held, up to the words that the command follows. */
async function advice({ holder }: HeldLock, { liveness, clock, signal }: LockParts): Promise<string> {
  const ask = (until: AbortSignal) => (holder ? liveness.statusOf(holder, until) : undefined);
  const status = await withTimeout(clock, LIVENESS_PATIENCE_MS, async (timeUp) =>
    ask(AbortSignal.any([timeUp, signal])),
  ).catch(() => undefined);
  if (status?.ended)
    return `GitHub says that this run has ended (${status.conclusion}), so nobody will release it:`;
  const wait = 'Wait until that is done and run the job again, or raise "lock_timeout".';
  if (status) return `GitHub says that this run goes on. ${wait} Only if its job is dead,`;
  return `${wait} Only if you are sure that the holder is dead,`;
}

/** S3 takes 2 KB of metadata, in which a character that is not ASCII may count nine times. */
const LONGEST_ENCODED = 200;

function holderOf(job: Job): Holder {
  return {
    repository: short(job.repository),
    workflow: short(job.workflow),
    runId: job.runId,
    runAttempt: job.runAttempt,
    job: short(job.name),
    runnerName: short(job.runnerName),
    runUrl: job.runUrl,
  };
}

function short(text: string): string {
  let end = Math.min(text.length, LONGEST_ENCODED);
  while (encodeURIComponent(text.slice(0, end).toWellFormed()).length > LONGEST_ENCODED) end--;
  return text.slice(0, end).toWellFormed();
}

/** Terraform prints the record to other people's terminals, so nothing in it may be a control character. */
const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
