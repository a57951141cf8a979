import { type Clock, withTimeout } from '../job/clock.js';
import type { HeldLock, Holder } from './lock.js';

/** What GitHub says of the run that holds a lock. `conclusion` is GitHub's word, as `cancelled`. */
export type RunStatus = { readonly ended: false } | { readonly ended: true; readonly conclusion: string };

/** The run of a holder. */
export type HolderRun = Pick<Holder, 'repository' | 'runId' | 'runAttempt' | 'runUrl'>;

/** Tells whether the run of a holder goes on. */
export interface Liveness {
  /** @returns undefined if it cannot be told: no token, no permission, another server, no answer. */
  statusOf(run: HolderRun, signal: AbortSignal): Promise<RunStatus | undefined>;
}

const PATIENCE_MS = 5_000;

/**
 * What GitHub says of the run that holds a lock. An answer helps, and none is no harm.
 *
 * @returns undefined also for a lock that no job holds.
 */
export async function statusOfHolder(
  { holder }: HeldLock,
  { liveness, clock, signal }: { liveness: Liveness; clock: Clock; signal: AbortSignal },
): Promise<RunStatus | undefined> {
  if (!holder) return undefined;
  const ask = (timeUp: AbortSignal) => liveness.statusOf(holder, AbortSignal.any([timeUp, signal]));
  return withTimeout(clock, PATIENCE_MS, ask).catch(() => undefined);
}
