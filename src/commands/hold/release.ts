import { type Clock, withTimeout } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import type { Lock } from '../../lock/lock.js';
import { freeAfterSettling } from '../../lock/release.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import type { Failure } from '../../words/failure.js';
import { type AcquiredClaim, type Claim, recordOf, releaseClaim } from './claim.js';
import { foreignWrite, warnOfDeletion } from './foreign-writes.js';
import { summaryBlocks } from './hold-summary.js';
import { lockLost, notFoundByAnother, notReleased } from './not-released.js';
import type { Progress, RunState, StateBefore, StateRun } from './run-state.js';
import { changesSince, lookAtStateAfter, type StateAfter } from './state-after.js';
import { stateSummary } from './state-summary.js';
import type { LockSummary, StateSummary } from './summary-facts.js';

/** What the post step works with. */
export interface ReleaseParts {
  readonly runState: RunState;
  /** Opens what main worked on. */
  readonly open: (state: StateRun) => Promise<OpenedState>;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The lock of a state, and a way to the state itself. */
export interface OpenedState {
  /** Absent when none is configured. */
  readonly lock?: Lock;
  readonly openState: () => Promise<StateStores>;
  /** Whether the requests are signed with other credentials than main's by now. */
  readonly isAnother: () => boolean;
}

/** The post step of one state. */
type StateParts = Omit<ReleaseParts, 'open'> & StateRun & OpenedState;

/**
 * The post step: stores the snapshot *after*, releases the lock, and writes the summary. Where main did not finish,
 * it frees what main may have got, and does nothing else.
 *
 * @throws AggregateError of all that went wrong, each a Failure
 */
export async function release(parts: ReleaseParts): Promise<void> {
  const failures: Failure[] = [];
  for (const state of parts.runState.states) {
    failures.push(...(await releaseState({ ...parts, ...state, ...(await parts.open(state)) })));
  }
  if (failures.length > 0) throw new AggregateError(failures);
}

async function releaseState(parts: StateParts): Promise<readonly Failure[]> {
  const { progress } = parts;
  switch (progress.phase) {
    case 'unfinished':
      return freeLeftover(parts, progress.claim);
    case 'given-back':
      return [];
    case 'ready':
      return finish(parts, progress);
  }
}

/** The runner gives a cancelled job five minutes for all its post steps. */
const RELEASE_PATIENCE_MS = 60_000;

async function freeLeftover(parts: StateParts, claim: Claim): Promise<readonly Failure[]> {
  const { lock, report, clock, settings } = parts;
  if (!lock) return [];
  try {
    const freed = await withTimeout(clock, RELEASE_PATIENCE_MS, async (signal) => {
      const released = claim.stage === 'acquired' ? await releaseClaim(lock, claim, signal) : undefined;
      if (released?.outcome === 'released') return released;
      return freeAfterSettling(lock, recordOf(claim).info.ID, { clock, signal });
    });
    if (freed.outcome !== 'released') return parts.isAnother() ? [notFoundByAnother(claim, settings)] : [];
    report.info(`Released the lock ${lock.path}, which the main step had left.`);
    return [];
  } catch (error) {
    return [notReleased(error, claim, settings)];
  }
}

async function finish(
  parts: StateParts,
  { before, claim }: Extract<Progress, { phase: 'ready' }>,
): Promise<readonly Failure[]> {
  const { report, settings, lock, clock } = parts;
  const after = await lookAtStateAfter({ ...parts, job: parts.runState.job }, before);
  const released = lock && claim ? await releaseLock(parts, lock, claim) : WITHOUT_LOCK;
  const foreign = foreignWrite(before, after, settings);
  if (before.state.exists && after.reading.kind === 'absent') warnOfDeletion(report, before, settings);
  const failures = [after.failure, released.failure, foreign].filter((failure) => failure !== undefined);
  const { bucket, statePath } = settings.backend;
  const summary = {
    bucket,
    statePath,
    lock: released.summary,
    before: before.state,
    after: summaryAfter(before, after),
    ...(await changesSince(before, after, parts)),
    snapshots: [before.snapshot, after.snapshot].filter((snapshot) => snapshot !== undefined),
    problems: failures.map(({ message }) => message),
  };
  await report.summary(summaryBlocks(summary, clock.now()));
  return failures;
}

function summaryAfter(before: StateBefore, { reading }: StateAfter): StateSummary | undefined {
  switch (reading.kind) {
    case 'unknown':
      return undefined;
    case 'unchanged':
      return before.state;
    case 'absent':
      return { exists: false };
    case 'state':
      return stateSummary(reading.inspection);
  }
}

interface Released {
  readonly summary: LockSummary;
  readonly failure?: Failure;
}

const WITHOUT_LOCK: Released = { summary: { outcome: 'none' } };

async function releaseLock(
  { report, clock, settings, isAnother }: StateParts,
  lock: Lock,
  claim: AcquiredClaim,
): Promise<Released> {
  const { held, requestedAt, acquiredAt, waitedFor } = claim;
  const facts = { id: held.info.ID, path: lock.path, requestedAt, acquiredAt, waitedFor };
  try {
    const freed = await withTimeout(clock, RELEASE_PATIENCE_MS, (signal) =>
      releaseClaim(lock, claim, signal),
    );
    const releasedAt = clock.now();
    if (freed.outcome !== 'released' && isAnother()) {
      return { summary: { outcome: 'kept', ...facts }, failure: notFoundByAnother(claim, settings) };
    }
    if (freed.outcome !== 'released') {
      const failure = lockLost(freed, claim, { settings, now: releasedAt });
      return { summary: { outcome: 'lost', ...facts, releasedAt }, failure };
    }
    report.info(`Released the lock ${lock.path}.`);
    return { summary: { outcome: 'released', ...facts, releasedAt } };
  } catch (error) {
    return { summary: { outcome: 'kept', ...facts }, failure: notReleased(error, claim, settings) };
  }
}
