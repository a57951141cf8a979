import {
  type Block,
  code,
  onLines,
  type PlainText,
  plain,
  type Span,
  strong,
  type Text,
} from '../../job/blocks.js';
import type { ResourceChanges } from '../../state/resources.js';
import { formatDuration } from '../../words/duration.js';
import { timeline } from './hold-timeline.js';
import type { HoldSummary, LockSummary, SnapshotSummary, StateSummary } from './summary-facts.js';

/** These limits keep the worst summary at about half of what GitHub takes. Lengths are UTF-16 code units. */
const MOST = { problems: 10, holders: 10, snapshots: 4, doubts: 5, addresses: 50 };
const LONGEST = { problem: 1_000, holder: 200, doubt: 300, address: 160, location: 1_200 };

/**
 * What a job did with the lock and the state: what went wrong, a table, then the details.
 *
 * @param now Milliseconds since the Unix epoch: until then a lock was held that was not released.
 */
export function summaryBlocks(summary: HoldSummary, now?: number): readonly Block[] {
  const { problems, snapshots, changes, lock } = summary;
  return [
    heading(summary),
    problemList(problems),
    problemList(summary.notes ?? []),
    overview(summary, now),
    ...(snapshots.length > 0 ? [snapshotTable(snapshots)] : []),
    ...(changes ? [changeList(changes)] : []),
    timeline(lock, now),
  ];
}

interface Outcome {
  readonly good: boolean;
  /** For the heading. */
  readonly title: string;
  /** For the table. */
  readonly word: Span;
}

const OUTCOMES: Readonly<Record<LockSummary['outcome'], Outcome>> = {
  released: { good: true, title: 'Lock released', word: 'released' },
  kept: { good: false, title: 'Lock NOT released', word: strong('not released') },
  lost: { good: false, title: 'Lock lost', word: strong('lost') },
  'not-started': { good: false, title: 'Job not started', word: strong('not held') },
  none: { good: true, title: 'No lock taken', word: 'none' },
};

function heading({ lock, problems, bucket, statePath, doubtful }: HoldSummary): Block {
  const { good, title } = OUTCOMES[lock.outcome];
  const also = good && problems.length > 0 ? ', but something went wrong' : '';
  const well = doubtful ? '⚠️' : '✅';
  const sign = good && !also ? well : '❌';
  return { kind: 'heading', text: [`${sign} ${title}${also}: `, location(bucket, statePath)] };
}

function problemList(problems: readonly string[]): Block {
  const shown = problems.slice(0, MOST.problems).map((problem) => plain(problem, LONGEST.problem));
  return { kind: 'list', items: [...shown, ...andMore(problems, MOST.problems)] };
}

type Row = readonly [name: string, value: Text];

function overview(
  { lock, before, after, changes, changesUnknown }: HoldSummary,
  now: number | undefined,
): Block {
  const unknown: readonly Row[] = changesUnknown
    ? [['Changes', ['unknown: ', plain(changesUnknown, LONGEST.problem)]]]
    : [];
  const [header, ...rows]: readonly Row[] = [
    ...lockRows(lock, now),
    ...stateRows(before, after),
    ...(changes ? [['Changes', countsOf(changes)] as const] : unknown),
  ];
  return { kind: 'rows', header, rows };
}

function lockRows(lock: LockSummary, now: number | undefined): readonly Row[] {
  const { word } = OUTCOMES[lock.outcome];
  if (lock.outcome === 'none' || lock.outcome === 'not-started') return [['Lock', word]];
  const { requestedAt, acquiredAt, releasedAt, waitedFor } = lock;
  const heldUntil = releasedAt ?? now;
  const waited = ` · waited ${formatDuration(acquiredAt - requestedAt)}`;
  const held = heldUntil === undefined ? [] : [` · held ${formatDuration(heldUntil - acquiredAt)}`];
  const holders = waitedFor.slice(0, MOST.holders).map((holder) => plain(holder, LONGEST.holder));
  const waitedForRow: Row = ['Waited for', onLines([...holders, ...andMore(waitedFor, MOST.holders)])];
  return [
    ['Lock', [word, waited, ...held]],
    ...(holders.length > 0 ? [waitedForRow] : []),
    ['Lock ID', code(lock.id, LONGEST.location)],
    ['Lock path', code(lock.path, LONGEST.location)],
  ];
}

/** A state that is not known has no row. */
function stateRows(before: StateSummary | undefined, after: StateSummary | undefined): readonly Row[] {
  const states = [before, after].filter((state) => state !== undefined);
  if (states.length === 0) return [];
  const serials = states.map(({ exists, serial }) => (exists ? (serial ?? 'unknown') : 'no state'));
  const counts = states.map(({ exists, resourceCount }) => (exists ? (resourceCount ?? 'unknown') : 0));
  return [
    ['Serial', fromTo(serials)],
    ['Resources', fromTo(counts)],
  ];
}

/** What did not change is told once. */
function fromTo(values: readonly (string | number)[]): string {
  return [...new Set(values)].join(' → ');
}

function snapshotTable(snapshots: readonly SnapshotSummary[]): Block {
  const rows = snapshots.slice(0, MOST.snapshots).map(({ phase, bucket, key, created, doubts }) => {
    const warnings = doubts.slice(0, MOST.doubts).map((doubt) => ['⚠️ ', plain(doubt, LONGEST.doubt)]);
    const stored = [created ? 'new' : 'was already there', ...warnings, ...andMore(doubts, MOST.doubts)];
    return [phase, location(bucket, key), onLines(stored)];
  });
  return { kind: 'rows', header: ['Snapshot', 'Location', 'Stored'], rows };
}

const KINDS_OF_CHANGE = [
  { kind: 'added', sign: '+' },
  { kind: 'removed', sign: '-' },
  { kind: 'changed', sign: '~' },
] as const;

function countsOf(changes: ResourceChanges): string {
  const counts = KINDS_OF_CHANGE.map(({ kind }) => ({ kind, count: changes[kind].length }));
  const some = counts.filter(({ count }) => count > 0);
  return some.map(({ kind, count }) => `${count} ${kind}`).join(', ') || 'none';
}

function changeList(changes: ResourceChanges): Block {
  const lines: readonly PlainText[] = KINDS_OF_CHANGE.flatMap(({ kind, sign }) => [
    ...changes[kind].slice(0, MOST.addresses).map((address) => [`${sign} `, plain(address, LONGEST.address)]),
    ...andMore(changes[kind], MOST.addresses).map((more) => `  ${more} ${kind}`),
  ]);
  return {
    kind: 'details',
    title: 'Resources: what changed',
    blocks: [{ kind: 'code', language: 'diff', lines }],
  };
}

function andMore(list: readonly unknown[], shown: number): readonly string[] {
  return list.length > shown ? [`and ${list.length - shown} more`] : [];
}

function location(bucket: string, key: string): Span {
  return code(`s3://${bucket}/${key}`, LONGEST.location);
}
