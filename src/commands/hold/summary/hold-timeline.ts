import type { Bar, Block } from '../../../job/blocks.js';
import { spellDuration } from '../../../words/duration.js';
import type { LockSummary } from './summary-facts.js';

/** A shorter wait is nothing to see. */
const SHORTEST_WAIT_MS = 5_000;

/**
 * How long the lock was waited for and held, as a chart; without bars where there was no wait to speak of.
 *
 * @param now Until then a lock was held that was not released.
 */
export function timeline(lock: LockSummary, now: number): Block {
  return { kind: 'chart', bars: barsOf(lock, now).filter(({ from, to }) => to > from) };
}

function barsOf(lock: LockSummary, now: number): readonly Bar[] {
  if (lock.outcome === 'none') return [];
  const { outcome, requestedAt, acquiredAt, releasedAt = now } = lock;
  if (acquiredAt - requestedAt <= SHORTEST_WAIT_MS) return [];
  const waited: Bar = {
    name: 'Waited',
    label: spellDuration(acquiredAt - requestedAt),
    tag: 'done',
    from: requestedAt,
    to: acquiredAt,
  };
  // Since when a lost lock was not held any more, nobody knows.
  if (outcome === 'lost') return [waited];
  const label = spellDuration(releasedAt - acquiredAt);
  const tag = outcome === 'released' ? 'active' : 'crit';
  return [waited, { name: 'Held', label, tag, from: acquiredAt, to: releasedAt }];
}
