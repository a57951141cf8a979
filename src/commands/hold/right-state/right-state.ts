import { matchesGlob } from '../../../config/globs.js';
import type { RecordedBackend } from '../../../config/recorded-backend.js';
import type { Unheld } from '../../../config/settings.js';
import type { BackendSearch, Unseen } from '../../../job/workspace.js';
import { heldVariable, parseHeldMark } from '../../../names/held-variable.js';
import { type Difference, type FoundBackend, fitOf, type HeldByJob } from './state-fit.js';

/** `changed`: it has another version than before, or came to be, or is gone. `never-existed`: neither before nor after. */
export type StateChange = 'changed' | 'unchanged' | 'never-existed' | 'unknown';

/** @param reading What post found, as its reader calls it. */
export function stateChange(
  existedBefore: boolean,
  reading: 'state' | 'unchanged' | 'absent' | 'unknown',
): StateChange {
  switch (reading) {
    case 'state':
      return 'changed';
    case 'absent':
      return existedBefore ? 'changed' : 'never-existed';
    case 'unchanged':
    case 'unknown':
      return reading;
  }
}

/** What other steps of the job hold, by the variables that they exported. */
export function heldByVariables(
  environment: Readonly<Record<string, string | undefined>>,
): HeldByJob['heldByOther'] {
  return (lockPath) => parseHeldMark(environment[heldVariable(lockPath)] ?? '')?.kind;
}

/** All that is known when a job ends, and tells whether its Terraform worked on the state that it holds. */
export interface Evidence extends HeldByJob {
  readonly change: StateChange;
  readonly search: BackendSearch<RecordedBackend>;
  readonly workingDirectory?: string;
  readonly unheld: readonly Unheld[];
}

/** A backend that no step of the job holds, and in what it differs from what this step holds. */
export interface Stranger {
  readonly found: FoundBackend;
  /** `<bucket>/<state path>`; undefined for a backend of another type. */
  readonly place?: string;
  readonly difference: Difference;
}

export type Verdict =
  | { readonly kind: 'convicted'; readonly strangers: readonly Convicted[] }
  | { readonly kind: 'acquitted'; readonly by: 'file'; readonly file: string }
  | { readonly kind: 'acquitted'; readonly by: 'new-version' }
  | { readonly kind: 'no-state' }
  | { readonly kind: 'workspace-unchecked'; readonly file: string }
  | { readonly kind: 'could-not-look' }
  | { readonly kind: 'nothing-seen'; readonly change: 'unchanged' | 'unknown' };

export interface Convicted extends Stranger {
  /** `only-trace`: it is old, but nothing else can have been what the job worked with. */
  readonly because: 'of-this-job' | 'in-working-directory' | 'only-trace';
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Of this job and not held, on purpose. */
  readonly excused: readonly Stranger[];
  /** Left by earlier jobs, and no proof of anything. */
  readonly older: readonly Stranger[];
  readonly unseen: readonly Unseen[];
}

/**
 * Judges whether the job's Terraform worked on a state that no step of the job holds. For a job in which Terraform's
 * own lock was switched off: only then is it we who answer for it.
 */
export function judge(evidence: Evidence): Judgement {
  const { search, unheld } = evidence;
  const all = search.found.map((found) => ({ found, fit: fitOf(found, evidence) }));
  const fitting = all.find(({ fit }) => fit.kind === 'ours')?.found;
  const perhaps = all.find(({ fit }) => fit.kind === 'perhaps-ours')?.found;
  const strangers = all
    .flatMap(({ found, fit }) => (fit.kind === 'none' ? [{ ...fit, found }] : []))
    .map((each) => ({ ...each, because: suspicion(each, evidence, fitting ?? perhaps) }));
  const excused = strangers.filter((each) => isExcused(each, unheld));
  const judged = strangers.filter((each) => !excused.includes(each));
  const convicted = judged.filter((each): each is typeof each & Convicted => each.because !== undefined);
  return {
    verdict:
      convicted.length > 0
        ? { kind: 'convicted', strangers: convicted }
        : withoutConviction(evidence, { fitting, perhaps }),
    excused: excused.filter(({ because }) => because !== undefined),
    older: judged.filter(({ because }) => because === undefined),
    unseen: search.unseen,
  };
}

function withoutConviction(
  { change, search }: Evidence,
  { fitting, perhaps }: { readonly fitting?: FoundBackend; readonly perhaps?: FoundBackend },
): Verdict {
  if (fitting) return { kind: 'acquitted', by: 'file', file: fitting.file };
  if (change === 'changed') return { kind: 'acquitted', by: 'new-version' };
  if (change === 'never-existed') return { kind: 'no-state' };
  if (perhaps) return { kind: 'workspace-unchecked', file: perhaps.file };
  return search.unseen.length > 0 ? { kind: 'could-not-look' } : { kind: 'nothing-seen', change };
}

/**
 * Why a backend that does not fit convicts; undefined if it does not. An old file tells little, for `init` leaves it as
 * it is while the backend does not change: on a runner that lives on, it may be of this job or of any before.
 */
function suspicion(
  { found: { file, modifiedAt }, difference }: Stranger,
  { jobStartedAt, workingDirectory, change }: Evidence,
  fitting: FoundBackend | undefined,
): Convicted['because'] | undefined {
  if (modifiedAt >= jobStartedAt) return 'of-this-job';
  if (workingDirectory !== undefined && isBelow(workingDirectory, file)) return 'in-working-directory';
  // The state that we hold was written, and this is the only backend for it.
  const wroteOurs = change === 'changed' && (difference === 'lock-kind' || difference === 'table');
  return !fitting && (wroteOurs || change === 'never-existed') ? 'only-trace' : undefined;
}

/** A path outside the workspace is absolute. */
function isBelow(folder: string, file: string): boolean {
  return folder === '.' ? !/^(?:\/|[A-Za-z]:)/.test(file) : file.startsWith(`${folder}/`);
}

const NEVER_EXCUSED: readonly Difference[] = ['lock-kind', 'table', 'lock-kind-of-other'];

/**
 * Whether the user said so. A state that the job does hold, but under another lock, is not one that it leaves unheld on
 * purpose: no glob excuses that.
 */
function isExcused({ found: { backend }, place, difference }: Stranger, unheld: readonly Unheld[]): boolean {
  if (NEVER_EXCUSED.includes(difference)) return false;
  return unheld.some((each) =>
    each.kind === 'state'
      ? place !== undefined && matchesGlob(each.glob, place)
      : backend.kind === 'other' && backend.type === each.type,
  );
}
