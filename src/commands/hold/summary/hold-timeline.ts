import { type Bar, type Block, type Plain, plain } from '../../../job/blocks.js';
import { formatDuration } from '../../../words/duration.js';
import type { LockSummary } from './summary-facts.js';

/** A shorter wait is nothing to see. */
const SHORTEST_WAIT_MS = 5_000;
/** How much of a holder's name a label has room for. */
const LONGEST_NAME = 60;

/**
 * How long the lock was waited for and held, as a chart; without bars where there was no wait to speak of.
 *
 * @param now Until then a lock was held that was not released; without it that is left out.
 */
export function timeline(lock: LockSummary, now: number | undefined): Block {
  return { kind: 'chart', bars: barsOf(lock, now).filter(({ from, to }) => to > from) };
}

function barsOf(lock: LockSummary, now: number | undefined): readonly Bar[] {
  if (lock.outcome === 'none') return [];
  const { outcome, requestedAt, acquiredAt, releasedAt = now, waitedFor } = lock;
  if (acquiredAt - requestedAt <= SHORTEST_WAIT_MS) return [];
  const waited: Bar = {
    label: [`Waited ${formatDuration(acquiredAt - requestedAt)}`, ...forWhom(waitedFor)],
    tag: 'done',
    from: requestedAt,
    to: acquiredAt,
  };
  if (releasedAt === undefined) return [waited];
  const label = `Held ${formatDuration(releasedAt - acquiredAt)}`;
  const tag = outcome === 'released' ? 'active' : 'crit';
  return [waited, { label, tag, from: acquiredAt, to: releasedAt }];
}

function forWhom([first, ...more]: readonly string[]): readonly Plain[] {
  if (first === undefined) return [];
  return [' for ', plain(first, LONGEST_NAME), more.length > 0 ? ` and ${more.length} more` : ''];
}
