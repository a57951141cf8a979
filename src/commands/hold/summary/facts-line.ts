import { type Block, type Plain, type Span, strong, type Text } from '../../../job/blocks.js';
import { spellDuration } from '../../../words/duration.js';
import { inOneLine } from '../../../words/facts.js';
import { holderSpan } from '../../../words/holder-span.js';
import { countsOf } from './change-blocks.js';
import { wentWrong } from './hold-heading.js';
import { LONGEST } from './limits.js';
import { serialWords } from './state-words.js';
import type { HoldSummary, LockSummary, SnapshotSummary } from './summary-facts.js';

/** A shorter wait is none: it is the time of the requests. */
const SHORTEST_WAIT_MS = 1_000;

/** What to know at once: what changed, whether the lock is free, and whether there is a way back. */
export function factsLine(summary: HoldSummary, now: number): Block {
  const { lock, snapshots } = summary;
  const facts: readonly Text[] = [
    ...changeWords(summary),
    ...(wentWrong(summary) ? [serialWords(summary)] : []),
    ...waitWords(summary),
    lockWords(lock, now),
    snapshotWords(snapshots),
  ];
  return { kind: 'paragraph', text: inOneLine(facts) };
}

function changeWords({ change, changes, after }: HoldSummary): readonly Text[] {
  const tainted = after?.tainted ?? 0;
  return [
    ...(changes ? [strong(countsOf(changes))] : []),
    ...(change === 'unchanged' ? [strong('nothing changed')] : []),
    ...(tainted > 0 ? [strong(`${tainted} tainted, to be replaced by the next apply`)] : []),
  ];
}

function waitWords({ lock, job }: HoldSummary): readonly Text[] {
  if (lock.outcome === 'none') return [];
  const { requestedAt, acquiredAt, waitedFor } = lock;
  const [first, ...more] = waitedFor;
  const waitedMs = acquiredAt - requestedAt;
  if (waitedMs < SHORTEST_WAIT_MS && first === undefined) return [];
  const forWhom: readonly Span[] = first ? [' for ', holderSpan(first, job, LONGEST.title)] : [];
  const others: Plain = more.length > 0 ? ` and ${more.length} more` : '';
  return [[`waited ${spellDuration(waitedMs)}`, ...forWhom, others]];
}

function lockWords(lock: LockSummary, now: number): Text {
  switch (lock.outcome) {
    case 'none':
      return strong('no lock was taken');
    case 'released':
      return `lock held ${heldFor(lock, now)}, and released`;
    case 'kept':
      return `lock held ${heldFor(lock, now)}, and not released`;
    case 'lost':
      return 'the lock is not held by this job any more';
  }
}

function heldFor({ acquiredAt, releasedAt }: Held, now: number): string {
  return spellDuration((releasedAt ?? now) - acquiredAt);
}

type Held = Exclude<LockSummary, { outcome: 'none' }>;

function snapshotWords(snapshots: readonly SnapshotSummary[]): string {
  const phases = (['before', 'after'] as const).filter((each) =>
    snapshots.some(({ phase }) => phase === each),
  );
  if (phases.length === 0) return 'no snapshot';
  return `${phases.length > 1 ? 'snapshots' : 'snapshot'} ${phases.join(' and ')}`;
}
