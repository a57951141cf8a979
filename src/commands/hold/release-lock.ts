import { withTimeout } from '../../job/clock.js';
import type { HeldLock, Lock } from '../../lock/lock.js';
import { formatHeldMark, heldVariable } from '../../names/held-variable.js';
import { reason } from '../../words/explain.js';
import type { Failure } from '../../words/failure.js';
import { unlockCommand } from '../../words/how-to-unlock.js';
import { type AcquiredClaim, releaseClaim } from './claim.js';
import { lockLost, notFoundByAnother, notReleased } from './not-released.js';
import type { Settlement, StateParts } from './post-parts.js';
import type { WritersOutcome } from './stop-writers.js';
import type { LockSummary } from './summary-facts.js';
import { keptReason, stillWritingFailure } from './writer-words.js';

/** How the lock of the job fared. */
export interface Released {
  readonly summary: LockSummary;
  readonly failure?: Failure;
}

/** Releases the lock of a job that is done; keeps it where somebody of the job still writes. */
export async function releaseLock(
  parts: StateParts,
  { outcome, budget }: Settlement,
  { lock, claim }: { readonly lock?: Lock; readonly claim?: AcquiredClaim },
): Promise<Released> {
  if (!lock || !claim) return { summary: { outcome: 'none' } };
  const patienceMs = budget.timeFor('release', parts.clock.now());
  return outcome.kind === 'still-writing'
    ? keep(parts, { lock, claim, outcome, patienceMs })
    : letGo(parts, { lock, claim, patienceMs });
}

interface Held {
  readonly lock: Lock;
  readonly claim: AcquiredClaim;
  readonly patienceMs: number;
}

const factsOf = ({ lock, claim }: Held) => {
  const { held, requestedAt, acquiredAt, waitedFor } = claim;
  return { id: held.info.ID, path: lock.path, requestedAt, acquiredAt, waitedFor };
};

async function letGo(parts: StateParts, held: Held): Promise<Released> {
  const { report, clock, settings, isAnother } = parts;
  const { lock, claim, patienceMs } = held;
  const facts = factsOf(held);
  try {
    const freed = await withTimeout(clock, patienceMs, (signal) => releaseClaim(lock, claim, signal));
    const releasedAt = clock.now();
    if (freed.outcome !== 'released') {
      if (isAnother()) {
        return { summary: { outcome: 'kept', ...facts }, failure: notFoundByAnother(claim, settings) };
      }
      const failure = lockLost(freed, claim, { settings, now: releasedAt });
      return { summary: { outcome: 'lost', ...facts, releasedAt }, failure };
    }
    report.info(`Released the lock ${lock.path}.`);
    tellReleased(parts, claim);
    return { summary: { outcome: 'released', ...facts, releasedAt } };
  } catch (error) {
    return { summary: { outcome: 'kept', ...facts }, failure: notReleased(error, claim, settings) };
  }
}

/** Later post steps of the job count the locks that it still holds. */
function tellReleased({ settings, runner }: StateParts, { held: { info } }: AcquiredClaim): void {
  const { kind } = settings.locking.lock;
  if (kind === 'none') return;
  runner.exportVariable(heldVariable(info.Path), formatHeldMark({ kind, id: info.ID, released: true }));
}

type StillWriting = Extract<WritersOutcome, { kind: 'still-writing' }>;

/** The record says why it is kept, so that nothing but a person frees it. */
async function keep(parts: StateParts, held: Held & { readonly outcome: StillWriting }): Promise<Released> {
  const { report, clock, settings, runState } = parts;
  const { lock, claim, outcome, patienceMs } = held;
  const { info, holder } = claim.held;
  const marked = { info, holder: { ...holder, kept: keptReason(outcome) } };
  let stored: HeldLock = claim.held;
  try {
    stored = await withTimeout(clock, patienceMs, (signal) => lock.replace(claim.held, marked, signal));
  } catch (error) {
    report.warning('Lock not marked', `Its record does not say why the lock is kept: ${reason(error)}`);
  }
  const failure = stillWritingFailure(outcome, {
    lockPath: lock.path,
    runnerName: runState.job.runnerName,
    unlockCommand: unlockCommand(settings, stored),
  });
  return { summary: { outcome: 'kept', ...factsOf(held) }, failure };
}
