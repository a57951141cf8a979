import { formatBytes } from '../../words/bytes.js';
import { counted, spellCount } from '../../words/counts.js';
import { formatDuration } from '../../words/duration.js';
import { Failure } from '../../words/failure.js';
import type { BackupResult } from './backup-result.js';
import { type Outcome, ofKind } from './outcomes.js';

/** So many states an annotation names; the log and the report file have all. */
const MOST_NAMED = 10;

/** What fails the step, once all else is told. */
export function failuresOf(result: BackupResult, now: number): readonly Failure[] {
  return [...notBackedUp(result), ...tooOld(result, now)];
}

function notBackedUp({ outcomes, totals }: BackupResult): readonly Failure[] {
  const failed = ofKind(outcomes, 'failed');
  if (failed.length === 0) return [];
  const named = failed.map((outcome) => `${outcome.state.path}: ${outcome.result.failure.message}`);
  return [
    new Failure(
      'States not backed up',
      `Of ${counted(totals.states, 'state')}, ${spellCount(failed.length)} could not be copied; all others were looked at.\n` +
        firstOf(named),
    ),
  ];
}

function tooOld({ stale, settings }: BackupResult, now: number): readonly Failure[] {
  if (stale.length === 0) return [];
  const named = stale.map(({ path, changedAt }) => `${path}: changed ${formatDuration(now - changedAt)} ago`);
  return [
    new Failure(
      'Snapshots too old',
      `${counted(stale.length, 'state')} changed more than ${formatDuration(settings.run.maxAgeMs ?? 0)} ago, which is "max_age", and ` +
        `no verified snapshot has been taken since.\n${firstOf(named)}`,
    ),
  ];
}

/** A doubtful copy is no failure: it is what Terraform will find as well. */
export function doubtfulWarning(outcomes: readonly Outcome[]): string | undefined {
  const doubtful = ofKind(outcomes, 'doubtful');
  if (doubtful.length === 0) return undefined;
  const named = doubtful.map(({ state, result }) => `${state.path}: ${result.doubts.join(' ')}`);
  return (
    `${counted(doubtful.length, 'state')} may not be what Terraform last wrote. What is there was copied, ` +
    `and does not count as a verified snapshot.\n${firstOf(named)}`
  );
}

function firstOf(lines: readonly string[]): string {
  const more = lines.length - MOST_NAMED;
  const rest =
    more > 0 ? [`… and ${spellCount(more)} more: the log and "report_file" have all of them.`] : [];
  return [...lines.slice(0, MOST_NAMED), ...rest].join('\n');
}

/** The whole run in one line of the log. */
export function totalsLine({ totals, settings, tookMs }: BackupResult): string {
  const { states, copied, wouldCopy, doubtful, unchanged, failed, pruned, bytes } = totals;
  const { dryRun } = settings.run;
  const counts = [
    dryRun ? `${spellCount(wouldCopy)} would be copied` : `${spellCount(copied)} copied`,
    ...(doubtful > 0 ? [`${spellCount(doubtful)} doubtful`] : []),
    `${spellCount(unchanged)} unchanged`,
    `${spellCount(failed)} failed`,
    ...(settings.retention
      ? [`${counted(pruned, 'old snapshot')} ${dryRun ? 'would be removed' : 'removed'}`]
      : []),
  ];
  const size = dryRun ? '' : `, ${formatBytes(bytes)}`;
  return `${counted(states, 'state')}: ${counts.join(', ')}${size}, in ${formatDuration(tookMs)}.`;
}

/** What the warning says of snapshots that no rule keeps, and that are there all the same. */
export function pruningWarning(outcomes: readonly Outcome[]): string | undefined {
  const hindered = outcomes.flatMap(({ pruning }) => (pruning?.problem ? [pruning] : []));
  const [first] = hindered;
  if (!first) return undefined;
  return `Old snapshots of ${counted(hindered.length, 'state')} were not removed, or not all: ${first.problem?.message}`;
}

/** Says how many Object Lock keeps, and until when. */
export function lockedLine(outcomes: readonly Outcome[]): string | undefined {
  const locked = outcomes.flatMap(({ pruning }) => (pruning && pruning.locked > 0 ? [pruning] : []));
  if (locked.length === 0) return undefined;
  const count = locked.reduce((sum, pruning) => sum + pruning.locked, 0);
  const ends = locked.flatMap(({ lockedUntil }) => (lockedUntil === undefined ? [] : [lockedUntil]));
  const last = ends.length > 0 ? `, until ${new Date(Math.max(...ends)).toISOString()} at the latest` : '';
  return `Object Lock holds ${counted(count, 'snapshot')} that no rule keeps${last}. They stay.`;
}
