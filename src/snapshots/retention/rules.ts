import type { RetentionRule } from '../../config/settings.js';
import type { ListedSnapshot } from '../catalogue.js';
import { momentBefore, periodOf } from './calendar.js';

/** A snapshot that a rule keeps. */
export interface KeptByRule {
  readonly snapshot: ListedSnapshot;
  /** It is the oldest of all, and its period has a newer one: it is kept because the rule asks for more than there is. */
  readonly asOldest: boolean;
}

/**
 * What one rule keeps: the newest of each period, and the oldest of all while the rule is not full.
 *
 * @param newestFirst Those that count.
 * @param now Milliseconds since the Unix epoch.
 * @see https://github.com/restic/restic/blob/v0.18.0/internal/restic/snapshot_policy.go, which keeps the same
 */
export function keptByRule(
  rule: RetentionRule,
  newestFirst: readonly ListedSnapshot[],
  now: number,
): readonly KeptByRule[] {
  const begin = beginOf(rule, newestFirst, now);
  let left = rule.kind === 'count' && rule.count !== 'unlimited' ? rule.count : Number.POSITIVE_INFINITY;
  let lastPeriod: string | undefined;
  return newestFirst.flatMap((snapshot, index) => {
    if (left === 0 || snapshot.lastModified <= begin) return [];
    const period = rule.per === 'snapshot' ? String(index) : periodOf[rule.per](snapshot.lastModified);
    const asOldest = period === lastPeriod;
    if (asOldest && index < newestFirst.length - 1) return [];
    lastPeriod = period;
    left--;
    return [{ snapshot, asOldest }];
  });
}

/** What is not newer than this does not count. */
function beginOf(rule: RetentionRule, newestFirst: readonly ListedSnapshot[], now: number): number {
  const newest = newestPast(newestFirst, now);
  return rule.kind === 'within' && newest
    ? momentBefore(newest.lastModified, rule.duration)
    : Number.NEGATIVE_INFINITY;
}

/** The newest that is not of the future: a clock that was wrong must not make everything else old. */
export function newestPast(newestFirst: readonly ListedSnapshot[], now: number): ListedSnapshot | undefined {
  return newestFirst.find(({ lastModified }) => lastModified < now);
}
