import { type Block, code, onLines, plain, type Text } from '../../../job/blocks.js';
import { spellDuration } from '../../../words/duration.js';
import { fact, location } from '../../../words/facts.js';
import type { BriefHolder } from '../../../words/holder.js';
import { holderSpan } from '../../../words/holder-span.js';
import { timeline } from './hold-timeline.js';
import { andMore, LONGEST, MOST } from './limits.js';
import { fromTo } from './state-words.js';
import type { HoldSummary, RetentionSummary, SnapshotSummary } from './summary-facts.js';

/** What only few want, folded: where everything is, in full, and when it was. */
export function holdDetails(summary: HoldSummary, now: number): Block {
  const { bucket, statePath, lock, snapshots, retention } = summary;
  const items: readonly Text[] = [
    fact('State', location(bucket, statePath)),
    fact(
      'Serial',
      fromTo(summary, ({ exists, serial }) => (exists ? (serial ?? 'unknown') : 'no state')),
    ),
    fact(
      'Resources',
      fromTo(summary, ({ exists, resourceCount }) => (exists ? (resourceCount ?? 'unknown') : 0)),
    ),
    ...lockFacts(summary),
    ...snapshots.slice(0, MOST.snapshots).map((snapshot) => snapshotFact(snapshot, retention)),
    ...andMore(snapshots, MOST.snapshots),
    ...(retention ? [retentionFact(retention)] : []),
  ];
  return {
    kind: 'details',
    title: lock.outcome === 'none' ? 'State and snapshots' : 'Lock and snapshots',
    blocks: [{ kind: 'list', items }, timeline(lock, now)],
  };
}

function lockFacts({ lock, job }: HoldSummary): readonly Text[] {
  if (lock.outcome === 'none') return [];
  const { requestedAt, acquiredAt, waitedFor } = lock;
  const holders = waitedFor.slice(0, MOST.holders).map((holder) => holderWords(holder, job));
  const waitedForAll = onLines([...holders, ...andMore(waitedFor, MOST.holders)]);
  return [
    fact('Lock ID', code(lock.id, LONGEST.location)),
    fact('Lock path', code(lock.path, LONGEST.location)),
    fact('Waited', spellDuration(acquiredAt - requestedAt)),
    ...(holders.length > 0 ? [fact('Waited for', waitedForAll)] : []),
  ];
}

/** With who it was beside the job: the line at the top has room for one of them. */
function holderWords(holder: BriefHolder, job: HoldSummary['job']): Text {
  const span = holderSpan(holder, job, LONGEST.holder);
  return holder.run ? [span, ', ', plain(holder.who, LONGEST.holder)] : span;
}

function snapshotFact(
  { phase, bucket, key, created, doubts }: SnapshotSummary,
  retention?: RetentionSummary,
): Text {
  const stored = created ? 'stored by this job' : 'was already there';
  const doubtful = doubts.length > 0 ? ', doubtful' : '';
  const gone = retention?.dryRun === false && retention.removed.includes(key);
  return fact(`Snapshot ${phase}`, [
    location(bucket, key),
    ` ${stored}${doubtful}${gone ? ', removed by the retention' : ''}`,
  ]);
}

function retentionFact({ dryRun, kept, removed, locked, refused }: RetentionSummary): Text {
  const others = [
    dryRun ? `${removed.length} would be removed (dry run)` : `${removed.length} removed`,
    ...(locked > 0 ? [`${locked} locked`] : []),
    ...(refused > 0 ? [`${refused} not removed`] : []),
  ];
  return fact('Snapshots of this state', `${kept} kept, ${others.join(', ')}`);
}
