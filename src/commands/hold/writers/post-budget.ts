/**
 * What all post steps of a job may take together, counted from the first. The runner ends those of a cancelled job
 * 4:45 min after they began.
 */
const BUDGET_MS = 240_000;
/** What a lock needs for its snapshot, its comparison and its release when nothing else is left. */
const KEPT_FOR_LOCK_MS = 30_000;

/** What each part of a post step takes at most, at least, and what has to be left after it. */
const PARTS = {
  snapshot: { mostMs: 180_000, leastMs: 10_000, keptMs: 20_000 },
  comparison: { mostMs: 60_000, leastMs: 5_000, keptMs: 15_000 },
  retention: { mostMs: 30_000, leastMs: 5_000, keptMs: 10_000 },
  release: { mostMs: 60_000, leastMs: 15_000, keptMs: 0 },
};

/** How long the parts of one post step may take. */
export interface PostBudget {
  /** Until when it waits for processes to stop, in milliseconds since the Unix epoch. */
  readonly stopUntil: number;
  /** How long `part` may take if it begins now, in milliseconds. */
  timeFor(part: keyof typeof PARTS, now: number): number;
}

/** Times are milliseconds since the Unix epoch. */
export interface BudgetFacts {
  readonly now: number;
  /** When the first post step of the job began. */
  readonly since: number;
  /** How many locks the job still holds, those of this step included. */
  readonly locksHeld: number;
  /** The input `process_timeout`, counted from `since`. */
  readonly processTimeoutMs?: number;
}

/** Shares what is left between the locks that the job still holds, so that a slow one leaves the others their time. */
export function postBudget({ now, since, locksHeld, processTimeoutMs }: BudgetFacts): PostBudget {
  const leftMs = Math.max(0, since + BUDGET_MS - now);
  const shareMs = Math.min(KEPT_FOR_LOCK_MS, leftMs / Math.max(1, locksHeld));
  const ends = now + leftMs - shareMs * Math.max(0, locksHeld - 1);
  const latest = Math.max(now, ends - KEPT_FOR_LOCK_MS);
  return {
    stopUntil: Math.min(latest, since + (processTimeoutMs ?? BUDGET_MS)),
    timeFor: (part, at) => {
      const { mostMs, leastMs, keptMs } = PARTS[part];
      return Math.min(mostMs, Math.max(leastMs, ends - keptMs - at));
    },
  };
}
