import type { JobStatus } from '../../../config/job-status.js';
import {
  type Block,
  code,
  onLines,
  type PlainText,
  plain,
  type Span,
  strong,
  type Text,
} from '../../../job/blocks.js';
import type { ResourceChanges } from '../../../state/resources.js';
import { formatDuration } from '../../../words/duration.js';
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
  none: { good: true, title: 'No lock taken', word: 'none' },
};

/** The sign is of the whole: nothing that a person has to look at may stand under a ✅. */
function heading({ lock, problems, bucket, statePath, ...facts }: HoldSummary): Block {
  const { good, title } = OUTCOMES[lock.outcome];
  const where = location(bucket, statePath);
  if (!good) return { kind: 'heading', text: [`❌ ${title}: `, where] };
  if (problems.length > 0) {
    return { kind: 'heading', text: [`❌ ${title}, but something went wrong: `, where] };
  }
  const but = JOB_ENDS[facts.jobStatus ?? 'success'];
  const well = !facts.doubtful && !facts.after?.tainted && but === '';
  return { kind: 'heading', text: [`${well ? '✅' : '⚠️'} ${title}${but}: `, where] };
}

const JOB_ENDS: Readonly<Record<JobStatus, string>> = {
  success: '',
  failure: ', but the job failed',
  cancelled: ', but the job was cancelled',
};

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
  if (lock.outcome === 'none') return [['Lock', word]];
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
  const tainted = after?.tainted ?? 0;
  return [
    ['Serial', fromTo(serials)],
    ['Resources', fromTo(counts)],
    ...(tainted > 0 ? [['Tainted', strong(`${tainted}, to be replaced by the next apply`)] as const] : []),
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

/** A list that fits on a screen is not folded. */
const SHORT_LIST = 10;

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
  const list: Block = { kind: 'code', language: 'diff', lines };
  return lines.length <= SHORT_LIST
    ? list
    : { kind: 'details', title: 'Resources: what changed', blocks: [list] };
}

function andMore(list: readonly unknown[], shown: number): readonly string[] {
  return list.length > shown ? [`and ${list.length - shown} more`] : [];
}

function location(bucket: string, key: string): Span {
  return code(`s3://${bucket}/${key}`, LONGEST.location);
}
