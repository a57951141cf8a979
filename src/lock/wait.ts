import { isPassing } from '../job/backend-error.js';
import type { Clock } from '../job/clock.js';
import { type Attempt, type HeldLock, type Lock, type LockRecord, LockTimeoutError } from './lock.js';
import { formatCreated } from './lock-info.js';

/** How long to wait for a lock, and with what. */
export interface WaitOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter. */
  readonly random: () => number;
  /** One deadline over requests, their retries and the sleeps between them. 0: a single attempt, of a minute at most. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called for every attempt that found the lock held. */
  readonly onHeld?: (by: HeldLock) => void;
}

const SHORTEST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 10_000;
/** How often a lost race is tried again at once before it waits like any other refusal. */
const IMMEDIATE_RACES = 3;

/**
 * Tries to acquire `lock` until it is free, with decorrelated jitter between attempts.
 *
 * `Created` is the time of the attempt that succeeds, not of the first one.
 *
 * @throws LockTimeoutError once the deadline is over; the signal's reason once it aborts. After either, and after
 *   any other error, a write may have been under way: free what carries `record.info.ID`.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export async function waitForLock(lock: Lock, record: LockRecord, options: WaitOptions): Promise<HeldLock> {
  const { clock, timeoutMs, signal, onHeld } = options;
  const startedAt = clock.now();
  const deadline = deadlineSignal(options);
  let last: HeldLock | undefined;
  let answered = false;
  let delayMs = SHORTEST_DELAY_MS;
  let races = 0;
  try {
    for (;;) {
      const attempt: Attempt = await lock.tryAcquire(
        { ...record, info: { ...record.info, Created: formatCreated(clock.now()) } },
        deadline.signal,
      );
      answered = true;
      if (attempt.acquired) return attempt.held;
      last = attempt.by;
      if (last) onHeld?.(last);
      else if (++races <= IMMEDIATE_RACES) continue;
      if (timeoutMs === 0) throw new LockTimeoutError(lock.path, { waitedMs: 0, answered, by: last });
      delayMs = nextDelay(delayMs, options.random());
      await clock.sleep(delayMs, deadline.signal);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.signal.aborted) {
      const waited = { waitedMs: clock.now() - startedAt, answered, by: last };
      throw new LockTimeoutError(lock.path, waited, { cause: isPassing(error) ? error : undefined });
    }
    throw error;
  } finally {
    deadline.clear();
  }
}

/** Anywhere between the shortest delay and three times the one before, so that waiters drift apart. */
function nextDelay(previousMs: number, random: number): number {
  const upperMs = Math.min(LONGEST_DELAY_MS, previousMs * 3);
  return SHORTEST_DELAY_MS + random * (upperMs - SHORTEST_DELAY_MS);
}

/** A single attempt is given up as well: a lock whose record trickles in would be waited for without an end. */
const SINGLE_ATTEMPT_MS = 60_000;

/** A signal that aborts with the caller's, and when the time is up. */
function deadlineSignal({ clock, timeoutMs, signal }: WaitOptions): {
  signal: AbortSignal;
  clear: () => void;
} {
  const timeUp = new AbortController();
  const cleared = new AbortController();
  clock.sleep(timeoutMs || SINGLE_ATTEMPT_MS, cleared.signal).then(
    () => timeUp.abort(),
    () => {},
  );
  return { signal: AbortSignal.any([signal, timeUp.signal]), clear: () => cleared.abort() };
}
