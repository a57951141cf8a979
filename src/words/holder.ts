import type { HeldLock } from '../lock/lock.js';
import { formatDuration } from './duration.js';

/** A record is other people's text, and must not push the rest of a message out of sight. */
const LONGEST_FIELD = 200;

/** Other people's text, as it may stand in a sentence of ours. */
export const short = (text: string) =>
  text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : text;

/** Who holds a lock, since when, for what, and where to look: one line, for the log and for errors. */
export function describeHolder({ info, holder }: HeldLock, now: number): string {
  if (!info) return 'an unreadable record, not written by Terraform';
  const since = Date.parse(info.Created);
  const age = Number.isNaN(since) ? '' : ` (${formatDuration(Math.max(0, now - since))})`;
  const facts = [
    `${nameOf({ info })} since ${short(wholeSeconds(info.Created)) || 'an unknown time'}${age}`,
    info.Operation && `operation ${short(info.Operation)}`,
    `lock ID ${short(info.ID) || 'unknown'}`,
    holder
      ? `job "${short(holder.job)}" of ${short(holder.repository)}, ${short(holder.runUrl)}`
      : short(info.Info),
    holder?.kept && `kept on purpose by its post step: ${short(holder.kept)}`,
  ];
  return facts.filter(Boolean).join('; ');
}

/** Terraform writes nanoseconds, which nobody reads. */
const wholeSeconds = (created: string) => created.replace(/(:\d\d)\.\d+/, '$1');

/** Who holds a lock, in a word. */
export function nameOf({ info }: Pick<HeldLock, 'info'>): string {
  return short(info?.Who ?? '') || 'somebody';
}

/** Who held a lock, in short, as plain JSON: it goes into the run state, so none of it is long. */
export interface BriefHolder {
  readonly who: string;
  /** Where it was a job of ours. */
  readonly run?: BriefRun;
}

/** A job, and where to look for it. */
export interface BriefRun {
  readonly repository: string;
  readonly workflow: string;
  readonly job: string;
  readonly runNumber?: string;
  readonly url: string;
}

export function briefHolder({ info, holder }: Pick<HeldLock, 'info' | 'holder'>): BriefHolder {
  return { who: nameOf({ info }), ...(holder && { run: briefRun(holder) }) };
}

function briefRun(holder: NonNullable<HeldLock['holder']>): BriefRun {
  const { repository, workflow, job, runNumber, runUrl } = holder;
  return {
    repository: short(repository),
    workflow: short(workflow),
    job: short(job),
    ...(runNumber && { runNumber: short(runNumber) }),
    url: short(runUrl),
  };
}
