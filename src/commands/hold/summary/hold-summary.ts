import { type Block, plain, strong, type Text } from '../../../job/blocks.js';
import { linked } from '../../../words/linked-text.js';
import { changeList } from './change-blocks.js';
import { factsLine } from './facts-line.js';
import { holdDetails } from './hold-details.js';
import { holdHeading } from './hold-heading.js';
import { andMore, LONGEST, MOST } from './limits.js';
import type { HoldSummary, ProblemSummary, SnapshotSummary } from './summary-facts.js';

/**
 * What a job did with the lock and the state, as a tired person wants it: how it ended, in a line; what went wrong, and
 * the way out; which resources changed. All else is folded.
 *
 * @param now Milliseconds since the Unix epoch: until then a lock was held that was not released.
 */
export function summaryBlocks(summary: HoldSummary, now: number): readonly Block[] {
  const { problems, changes } = summary;
  return [
    holdHeading(summary),
    factsLine(summary, now),
    ...problemBlocks(problems),
    { kind: 'list', items: notesOf(summary) },
    ...(changes ? [changeList(changes)] : []),
    holdDetails(summary, now),
  ];
}

/** The heading tells the title of one alone. */
function problemBlocks(problems: readonly ProblemSummary[]): readonly Block[] {
  const shown = problems
    .slice(0, MOST.problems)
    .flatMap((problem) => problemParts(problem, problems.length > 1));
  const more = andMore(problems, MOST.problems).map((text) => ({ kind: 'paragraph', text }) as const);
  return [...shown, ...more];
}

function problemParts({ title, message, details }: ProblemSummary, titled: boolean): readonly Block[] {
  const name = titled ? [strong(`${title}.`, LONGEST.title), ' '] : [];
  if (!details) return [{ kind: 'paragraph', text: [...name, ...linked(message, LONGEST.problem)] }];
  return [{ kind: 'paragraph', text: name.slice(0, 1) }, ...details];
}

function notesOf({ notes = [], changesUnknown, snapshots }: HoldSummary): readonly Text[] {
  const unknown: readonly Text[] = changesUnknown
    ? [['Which resources changed is unknown: ', plain(changesUnknown, LONGEST.problem)]]
    : [];
  return [
    ...snapshots.slice(0, MOST.snapshots).flatMap(doubtsOf),
    ...notes.slice(0, MOST.problems).map((note) => plain(note, LONGEST.problem)),
    ...andMore(notes, MOST.problems),
    ...unknown,
  ];
}

function doubtsOf({ phase, doubts }: SnapshotSummary): readonly Text[] {
  if (doubts.length === 0) return [];
  const shown = doubts.slice(0, MOST.doubts).flatMap((doubt) => [' ', plain(doubt, LONGEST.doubt)]);
  const more = andMore(doubts, MOST.doubts).map((text) => ` ${text}`);
  return [[`⚠️ The state ${phase} this job is doubtful:`, ...shown, ...more]];
}
