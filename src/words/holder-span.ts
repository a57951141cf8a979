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
  return runLink(text, run, { runUrl: job.runUrl, longest });
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
 * A record is other people's text: its link is one only where it leads to a run of the repository that it names, on the
 * server that this job is on. Any other page there may be somebody's trap.
 *
 * @param options.runUrl Of this job's run.
 */
export function runLink(
  text: string,
  run: Pick<BriefRun, 'repository' | 'url'>,
  { runUrl, longest }: { readonly runUrl: string; readonly longest: number },
): Span {
  return leadsToRun(run, runUrl) ? link(text, run.url, longest) : plain(text, longest);
}

function leadsToRun({ repository, url }: Pick<BriefRun, 'repository' | 'url'>, runUrl: string): boolean {
  if (!URL.canParse(url) || !URL.canParse(runUrl)) return false;
  return new URL(url).href.startsWith(`${new URL(runUrl).origin}/${repository}/actions/runs/`);
}
