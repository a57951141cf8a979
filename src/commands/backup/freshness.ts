import { isSafe, type Outcome } from './outcomes.js';

/** A state whose change has been without a verified snapshot for too long. */
export interface Stale {
  readonly path: string;
  /** When it changed, in milliseconds since the Unix epoch. */
  readonly changedAt: number;
}

export interface FreshnessRule {
  readonly now: number;
  /** For ever if absent. */
  readonly maxAgeMs?: number | undefined;
}

/** States that changed longer ago than is allowed, and are not safe since: what could not be copied, or is doubtful. */
export function staleStates(
  outcomes: readonly Outcome[],
  { now, maxAgeMs }: FreshnessRule,
): readonly Stale[] {
  if (maxAgeMs === undefined) return [];
  return outcomes
    .filter((outcome) => !isSafe(outcome) && outcome.result.kind !== 'gone')
    .map(({ state }) => ({ path: state.path, changedAt: state.lastModified }))
    .filter(({ changedAt }) => now - changedAt > maxAgeMs);
}

/**
 * How long ago the state was written whose newest verified snapshot is the oldest. A state that nobody changes grows old with
 * its snapshot.
 *
 * @returns Milliseconds; undefined where no state has a verified snapshot
 */
export function oldestSnapshotAge(outcomes: readonly Outcome[], now: number): number | undefined {
  const moments = outcomes.flatMap(({ entry, result }) =>
    entry?.verified && result.kind !== 'gone' ? [entry.verified.lastModified] : [],
  );
  if (moments.length === 0) return undefined;
  const oldest = moments.reduce((least, moment) => Math.min(least, moment));
  return Math.max(0, now - oldest);
}
