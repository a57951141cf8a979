import type { JobSummary, LockSummary, SnapshotSummary, StateSummary } from '../job/report.js';
import type { ResourceChanges } from '../state/resources.js';
import { formatDuration } from '../words/duration.js';
import { codeForMarkdown, forMarkdown, visible } from './sanitise.js';
import { renderTimeline } from './summary-timeline.js';

/**
 * GitHub refuses a step's summary of more than 1 MiB. These limits keep the worst one at about half of that,
 * whatever it is made of. Lengths are UTF-16 code units before escaping.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
const MOST = { problems: 10, holders: 10, snapshots: 4, doubts: 5, addresses: 50 };
const LONGEST = { problem: 1_000, holder: 200, doubt: 300, address: 160, location: 1_200 };

/**
 * What a job did with the lock and the state, as GitHub Markdown: what went wrong, a table, then the details.
 *
 * @param now Milliseconds since the Unix epoch: until then a lock was held that was not released.
 */
export function renderSummary(summary: JobSummary, now?: number): string {
  const sections = [
    heading(summary),
    problemList(summary.problems),
    overview(summary, now),
    snapshotTable(summary.snapshots),
    changeList(summary.changes),
    renderTimeline(summary.lock, now),
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

interface Outcome {
  readonly good: boolean;
  /** For the heading. */
  readonly title: string;
  /** For the table. */
  readonly word: string;
}

const OUTCOMES: Readonly<Record<LockSummary['outcome'], Outcome>> = {
  released: { good: true, title: 'Lock released', word: 'released' },
  kept: { good: false, title: 'Lock NOT released', word: '**not released**' },
  lost: { good: false, title: 'Lock lost', word: '**lost**' },
  'not-started': { good: false, title: 'Job not started', word: '**not held**' },
  none: { good: true, title: 'No lock taken', word: 'none' },
};

function heading({ lock, problems, bucket, statePath }: JobSummary): string {
  const { good, title } = OUTCOMES[lock.outcome];
  const also = good && problems.length > 0 ? ', but something went wrong' : '';
  return `### ${good && !also ? '✅' : '❌'} ${title}${also}: ${location(bucket, statePath)}`;
}

function problemList(problems: readonly string[]): string | undefined {
  if (problems.length === 0) return undefined;
  const lines = problems.slice(0, MOST.problems).map((problem) => forMarkdown(problem, LONGEST.problem));
  return [...lines, ...andMore(problems, MOST.problems)].map((line) => `- ${line}`).join('\n');
}

type Row = readonly [name: string, value: string | undefined];

function overview(
  { lock, before, after, changes, changesUnknown }: JobSummary,
  now: number | undefined,
): string {
  const unknown = changesUnknown && `unknown: ${forMarkdown(changesUnknown, LONGEST.problem)}`;
  const rows: readonly Row[] = [
    ...lockRows(lock, now),
    [
      'Serial',
      fromTo(before, after, ({ exists, serial }) => `${exists ? (serial ?? 'unknown') : 'no state'}`),
    ],
    [
      'Resources',
      fromTo(before, after, ({ exists, resourceCount }) => `${exists ? (resourceCount ?? 'unknown') : 0}`),
    ],
    ['Changes', changes ? countsOf(changes) : unknown],
  ];
  const [first, ...others] = rows.flatMap(([name, value]) => (value ? [`| ${name} | ${value} |`] : []));
  return [first, '| --- | --- |', ...others].join('\n');
}

function lockRows(lock: LockSummary, now: number | undefined): readonly Row[] {
  const { word } = OUTCOMES[lock.outcome];
  if (!('id' in lock)) return [['Lock', word]];
  const { requestedAt, acquiredAt, releasedAt, waitedFor } = lock;
  const heldUntil = releasedAt ?? now;
  const times = [
    `waited ${formatDuration(acquiredAt - requestedAt)}`,
    ...(heldUntil === undefined ? [] : [`held ${formatDuration(heldUntil - acquiredAt)}`]),
  ];
  const holders = waitedFor.slice(0, MOST.holders).map((holder) => forMarkdown(holder, LONGEST.holder));
  return [
    ['Lock', [word, ...times].join(' · ')],
    ['Waited for', [...holders, ...andMore(waitedFor, MOST.holders)].join('<br>')],
    ['Lock ID', codeForMarkdown(lock.id, LONGEST.location)],
    ['Lock path', codeForMarkdown(lock.path, LONGEST.location)],
  ];
}

function fromTo(
  before: StateSummary | undefined,
  after: StateSummary | undefined,
  tell: (state: StateSummary) => string,
): string {
  const told = [before, after].flatMap((state) => (state ? [tell(state)] : []));
  return [...new Set(told)].join(' → ');
}

function snapshotTable(snapshots: readonly SnapshotSummary[]): string | undefined {
  if (snapshots.length === 0) return undefined;
  const lines = snapshots.slice(0, MOST.snapshots).map(({ phase, bucket, key, created, doubts }) => {
    const warnings = doubts.slice(0, MOST.doubts).map((doubt) => `⚠️ ${forMarkdown(doubt, LONGEST.doubt)}`);
    const stored = [created ? 'new' : 'was already there', ...warnings, ...andMore(doubts, MOST.doubts)];
    return `| ${phase} | ${location(bucket, key)} | ${stored.join('<br>')} |`;
  });
  return ['| Snapshot | Location | Stored |', '| --- | --- | --- |', ...lines].join('\n');
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

/** In a code block nothing is Markdown but a fence, and no line of ours starts like one. */
function changeList(changes: ResourceChanges | undefined): string | undefined {
  if (changes === undefined) return undefined;
  const lines = KINDS_OF_CHANGE.flatMap(({ kind, sign }) => [
    ...changes[kind]
      .slice(0, MOST.addresses)
      .map((address) => `${sign} ${visible(address, LONGEST.address)}`),
    ...andMore(changes[kind], MOST.addresses).map((more) => `  ${more} ${kind}`),
  ]);
  if (lines.length === 0) return undefined;
  return [
    '<details><summary>Resources: what changed</summary>',
    '',
    '```diff',
    ...lines,
    '```',
    '',
    '</details>',
  ].join('\n');
}

function andMore(list: readonly unknown[], shown: number): string[] {
  return list.length > shown ? [`and ${list.length - shown} more`] : [];
}

function location(bucket: string, key: string): string {
  return codeForMarkdown(`s3://${bucket}/${key}`, LONGEST.location);
}
