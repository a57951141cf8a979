import type { JobStatus } from '../../../config/job-status.js';
import { type Block, plain, type Text } from '../../../job/blocks.js';
import { LONGEST } from './limits.js';
import { serialWords } from './state-words.js';
import type { HoldSummary } from './summary-facts.js';

/** How it ended, in few words. The sign is of the whole: nothing that a person has to look at may stand under a ✅. */
export function holdHeading(summary: HoldSummary): Block {
  const { sign, outcome } = wrong(summary) ?? done(summary);
  return {
    kind: 'heading',
    text: [`${sign} `, plain(summary.statePath, LONGEST.location), ' · ', outcome].flat(),
  };
}

interface Outcome {
  readonly sign: '✅' | '⚠️' | '❌';
  readonly outcome: Text;
}

/** Whether something went wrong: then the heading says that, and not what became of the state. */
export function wentWrong(summary: HoldSummary): boolean {
  return wrong(summary) !== undefined;
}

function wrong({ lock, problems: [first, ...more] }: HoldSummary): Outcome | undefined {
  if (lock.outcome === 'kept') return { sign: '❌', outcome: 'lock NOT released' };
  if (lock.outcome === 'lost') return { sign: '❌', outcome: 'lock lost' };
  if (first === undefined) return undefined;
  const others = more.length > 0 ? `, and ${more.length} more` : '';
  return { sign: '❌', outcome: [plain(first.title, LONGEST.title), others] };
}

function done(summary: HoldSummary): Outcome {
  const { lock, snapshots, after, jobStatus = 'success' } = summary;
  const unlocked = lock.outcome === 'none' ? ', without a lock' : '';
  const doubts = snapshots.some((snapshot) => snapshot.doubts.length > 0) ? ', doubtful' : '';
  const tainted = after?.tainted ? `, ${after.tainted} tainted` : '';
  const but = `${doubts}${tainted}${JOB_ENDS[jobStatus]}`;
  const well = !summary.doubtful && but === '' && !isToBeLookedAt(summary);
  return { sign: well ? '✅' : '⚠️', outcome: `${serialWords(summary)}${unlocked}${but}` };
}

/** A warning says why: the state could not be read, or is gone. */
function isToBeLookedAt({ change, after }: HoldSummary): boolean {
  return change === 'unknown' || (change === 'changed' && !after?.exists);
}

const JOB_ENDS: Readonly<Record<JobStatus, string>> = {
  success: '',
  failure: ', but the job failed',
  cancelled: ', but the job was cancelled',
};
