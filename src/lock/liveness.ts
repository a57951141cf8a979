import type { Holder } from './lock.js';

/** What GitHub says of the run that holds a lock. `conclusion` is GitHub's word, as `cancelled`. */
export type RunStatus = { readonly ended: false } | { readonly ended: true; readonly conclusion: string };

/** The run of a holder. */
export type HolderRun = Pick<Holder, 'repository' | 'runId' | 'runAttempt' | 'runUrl'>;

/** Tells whether the run of a holder goes on. */
export interface Liveness {
  /** @returns undefined if it cannot be told: no token, no permission, another server, no answer. */
  statusOf(run: HolderRun, signal: AbortSignal): Promise<RunStatus | undefined>;
}
