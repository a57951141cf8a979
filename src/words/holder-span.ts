import { link, plain, type Span } from '../job/blocks.js';
import type { Job } from '../job/job.js';
import type { BriefHolder, BriefRun } from './holder.js';

/** Who held a lock, in a word: a job by its name, which leads to its run; anybody else as Terraform names them. */
export function holderSpan(
  { who, run }: BriefHolder,
  job: Pick<Job, 'repository' | 'runUrl'>,
  longest: number,
): Span {
  if (!run) return plain(who, longest);
  const name = runName(run);
  const text = run.repository === job.repository ? name : `${run.repository} · ${name}`;
  return runLink(text, run.url, { runUrl: job.runUrl, longest });
}

/** As GitHub names a run in its lists, `Deploy #118`; without the number as it names a job's check. */
export function runName({
  workflow,
  job,
  runNumber,
}: Pick<BriefRun, 'workflow' | 'job' | 'runNumber'>): string {
  if (!workflow) return job;
  return runNumber ? `${workflow} #${runNumber}` : `${workflow} / ${job}`;
}

/**
 * A record is other people's text: its link is one only where it leads to the server that this job is on.
 *
 * @param options.runUrl Of this job's run.
 */
export function runLink(
  text: string,
  url: string,
  { runUrl, longest }: { readonly runUrl: string; readonly longest: number },
): Span {
  const ours = URL.canParse(runUrl) && url.startsWith(`${new URL(runUrl).origin}/`);
  return ours ? link(text, url, longest) : plain(text, longest);
}
