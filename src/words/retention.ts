import { COUNT_INPUTS, formatCalendarDuration, WITHIN_INPUTS } from '../config/retention.js';
import type { RetentionRule } from '../config/settings.js';
import type { Floor, KeepReason, RetentionPlan } from '../snapshots/retention/plan.js';

/** Lines that say of each snapshot, newest first, whether it would stay, and why. */
export function planLines({ keep, remove }: RetentionPlan): readonly string[] {
  const kept = keep.map(({ snapshot, reasons }) => ({
    snapshot,
    line: `keep    ${nameOf(snapshot.key)}: ${reasons.map(reasonWords).join('; ')}`,
  }));
  const removed = remove.map((snapshot) => ({ snapshot, line: `remove  ${nameOf(snapshot.key)}` }));
  return [...kept, ...removed]
    .sort((one, other) => other.snapshot.lastModified - one.snapshot.lastModified)
    .map(({ line }) => line);
}

const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1);

function reasonWords(reason: KeepReason): string {
  if (reason.kind !== 'rule') return FLOORS[reason.kind];
  return `${ruleWords(reason.rule)}${reason.asOldest ? ', as the oldest' : ''}`;
}

/** As inputs are written. */
function ruleWords(rule: RetentionRule): string {
  return rule.kind === 'count'
    ? `${COUNT_INPUTS[rule.per]} ${rule.count}`
    : `${WITHIN_INPUTS[rule.per]} ${formatCalendarDuration(rule.duration)}`;
}

const FLOORS: Readonly<Record<Floor, string>> = {
  'no-rule': 'nothing says what to keep',
  'no-state': 'there is no state any more',
  newest: 'the newest',
  'newest-verified': 'the newest verified one',
  current: 'the version that the state has now',
  'recent-restore': 'from before a restore of the last 7 days',
  beside: 'not verified, beside a verified one that stays',
};
