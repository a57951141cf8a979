import { type BackendError, isMisaddressed, isPassing } from './backend-error.js';
import { type Clock, withTimeout } from './clock.js';

/** How to go on in bad weather. */
export interface Persistence {
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter. */
  readonly random: () => number;
  /**
   * Whether the store has answered this job before. Where it has not, an address at which nobody listens is taken for
   * a mistake, and is not waited for.
   */
  readonly reached: boolean;
}

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Does `work` again, after a pause that grows, while it fails for a passing reason. There is no other end to it than
 * the signal: whoever calls decides how long it is worth.
 *
 * @param onFailure Hears of each failure that is tried again.
 * @throws What `work` throws; once the signal aborts, the failure that was waited out.
 */
export async function persist<T>(
  work: () => Promise<T>,
  { clock, random, reached }: Persistence,
  signal?: AbortSignal,
  onFailure: (failure: BackendError) => void = () => {},
): Promise<T> {
  let last: BackendError | undefined;
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw last ?? error;
      if (!isPassing(error) || (!reached && isMisaddressed(error))) throw error;
      last = error;
      onFailure(error);
      await clock.sleep(pauseMs * (0.5 + random() / 2), signal).catch(() => {
        throw error;
      });
    }
  }
}

/**
 * As {@link persist}, for a time at most.
 *
 * @param signal Ends it before that.
 * @throws As {@link withTimeout}.
 */
export function persistFor<T>(
  patienceMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  persistence: Persistence,
  signal?: AbortSignal,
): Promise<T> {
  return withTimeout(persistence.clock, patienceMs, (timeUp) => {
    const until = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
    return persist(() => work(until), persistence, until);
  });
}
