import { withTimeout } from '../../job/clock.js';
import { type HeldLock, type Lock, LockLostError } from '../../lock/lock.js';
import { lossOf } from '../../lock/release.js';
import { formatHeldMark, heldVariable } from '../../names/held-variable.js';
import { reason } from '../../words/explain.js';
import type { Failure } from '../../words/failure.js';
import { unlockCommand, unlockCommands } from '../../words/how-to-unlock.js';
import { type AcquiredClaim, releaseClaim } from './claim.js';
import { ifPossible } from './if-possible.js';
import { lockLost, notFoundByAnother, notReleased } from './not-released.js';
import type { StateParts } from './post-parts.js';
import type { LockSummary } from './summary/summary-facts.js';
import type { Settled } from './writers/settle-writers.js';
import type { WritersOutcome } from './writers/stop-writers.js';
import { keptReason, stillWritingFailure, writingWithoutLock } from './writers/writer-words.js';

/** How the lock of the job fared. */
export interface Released {
  readonly summary: LockSummary;
  readonly failures: readonly Failure[];
}

/** Releases the lock of a job that is done; keeps it where somebody of the job still writes. */
export async function releaseLock(
  parts: StateParts,
  { outcome, budget }: Settled,
  { lock, claim }: { readonly lock?: Lock; readonly claim?: AcquiredClaim },
): Promise<Released> {
  if (!lock || !claim) return { summary: { outcome: 'none' }, failures: [] };
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
        return { summary: { outcome: 'kept', ...facts }, failures: [notFoundByAnother(claim, settings)] };
      }
      const failure = lockLost(freed, claim, { settings, now: releasedAt });
      return { summary: { outcome: 'lost', ...facts, releasedAt }, failures: [failure] };
    }
    report.info(`Released the lock ${lock.path}.`);
    tellReleased(parts, claim);
    return { summary: { outcome: 'released', ...facts, releasedAt }, failures: [] };
  } catch (error) {
    return { summary: { outcome: 'kept', ...facts }, failures: [notReleased(error, claim, settings)] };
  }
}

/** Later post steps of the job count the locks that it still holds. */
function tellReleased(parts: StateParts, { held: { info } }: AcquiredClaim): void {
  const { kind } = parts.settings.locking.lock;
  if (kind === 'none') return;
  const mark = formatHeldMark({ kind, id: info.ID, released: true });
  ifPossible(parts, () => parts.runner.exportVariable(heldVariable(info.Path), mark));
}

type StillWriting = Extract<WritersOutcome, { kind: 'still-writing' }>;

/** The record says why it is kept, to Lockkeeper and to whoever is refused, so that nothing but a person frees it. */
async function keep(parts: StateParts, held: Held & { readonly outcome: StillWriting }): Promise<Released> {
  const { report, clock, settings, runState } = parts;
  const { lock, claim, outcome, patienceMs } = held;
  const { info, holder } = claim.held;
  const { runnerName } = runState.job;
  const kept = keptReason(outcome);
  const marked = {
    info: { ...info, Info: `${info.Info} (kept: ${kept})` },
    holder: holder && { ...holder, kept },
  };
  const stillWriting = (stored: Partial<HeldLock>) => {
    const left = { ...claim.held, ...stored };
    return stillWritingFailure(outcome, {
      lockPath: lock.path,
      runnerName,
      unlockCommand: unlockCommand(settings, left),
      commands: unlockCommands(settings, left),
    });
  };
  try {
    const stored = await withTimeout(clock, patienceMs, (signal) => lock.replace(claim.held, marked, signal));
    return { summary: { outcome: 'kept', ...factsOf(held) }, failures: [stillWriting(stored)] };
  } catch (error) {
    if (error instanceof LockLostError && !parts.isAnother()) {
      const now = clock.now();
      const failures = [
        lockLost(lossOf(error), claim, { settings, now }),
        writingWithoutLock(outcome, runnerName),
      ];
      return { summary: { outcome: 'lost', ...factsOf(held), releasedAt: now }, failures };
    }
    report.warning('Lock not marked', `Its record does not say why the lock is kept: ${reason(error)}`);
    return { summary: { outcome: 'kept', ...factsOf(held) }, failures: [stillWriting({})] };
  }
}
