import { type Clock, withTimeout } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import type { Lock } from '../../lock/lock.js';
import { type Freed, freeAfterSettling, release as releaseLock } from '../../lock/release.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { describeHolder } from '../../words/holder.js';
import { unlockCommand } from '../../words/how-to-unlock.js';
import { summaryBlocks } from './hold-summary.js';
import type { AcquiredLock, Progress, RequestedLock, RunState, StateBefore } from './run-state.js';
import { changesSince, lookAtStateAfter, type StateAfter } from './state-after.js';
import { stateSummary } from './state-summary.js';
import type { Stores } from './stores.js';
import type { HoldSummary, LockSummary, StateSummary } from './summary-facts.js';

/** What the post step works with. */
export interface ReleaseParts {
  readonly runState: RunState;
  /** Absent when none is configured. */
  readonly lock?: Lock;
  readonly openStores: () => Promise<Stores>;
  readonly report: Report;
  readonly clock: Clock;
}

/** The runner gives a cancelled job five minutes for all its post steps. */
const RELEASE_PATIENCE_MS = 60_000;

/**
 * The post step: stores the snapshot *after*, releases the lock, and writes the summary. Where main did not finish,
 * it frees what main may have got, and does nothing else.
 *
 * @throws AggregateError of all that went wrong, each a Failure
 */
export async function release(parts: ReleaseParts): Promise<void> {
  const { progress } = parts.runState;
  switch (progress.phase) {
    case 'requested':
    case 'holding':
    case 'freeing':
      return freeLeftover(parts, progress.lock);
    case 'given-back':
      return;
    case 'ready':
      return finish(parts, progress);
  }
}

async function freeLeftover(
  { lock, report, clock, runState }: ReleaseParts,
  ours: RequestedLock | AcquiredLock,
): Promise<void> {
  if (!lock) return;
  try {
    const freed = await withTimeout(clock, RELEASE_PATIENCE_MS, (signal) =>
      freeWhatIsOurs(lock, ours, { clock, signal }),
    );
    if (freed.outcome === 'released')
      report.info(`Released the lock ${lock.path}, which the main step had left.`);
  } catch (error) {
    throw new AggregateError([notReleased(error, lock, ours, runState)]);
  }
}

/** By its record if it was acquired, which needs no permission to read; by its ID if that is not what is stored. */
async function freeWhatIsOurs(
  lock: Lock,
  ours: RequestedLock | AcquiredLock,
  options: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Freed> {
  const freed = 'held' in ours ? await releaseLock(lock, ours.held, options.signal) : undefined;
  if (freed?.outcome === 'released') return freed;
  return freeAfterSettling(lock, ours.info.ID, options);
}

async function finish(parts: ReleaseParts, progress: Extract<Progress, { phase: 'ready' }>): Promise<void> {
  const { report, runState, lock, clock } = parts;
  const { before } = progress;
  const after = await lookAtStateAfter(parts, before);
  const released = lock && progress.lock ? await letGo(parts, lock, progress.lock) : WITHOUT_LOCK;
  const failures = [after.failure, released.failure].filter((failure) => failure !== undefined);
  const { bucket, statePath } = runState.settings.backend;
  const snapshots = [before.snapshot, after.snapshot];
  const summary: HoldSummary = {
    bucket,
    statePath,
    lock: released.summary,
    before: before.state,
    ...summaryAfter(before, after),
    ...(await changesSince(before, after, parts)),
    snapshots: snapshots.filter((snapshot) => snapshot !== undefined),
    problems: failures.map(({ message }) => message),
  };
  await report.summary(summaryBlocks(summary, clock.now()));
  if (failures.length > 0) throw new AggregateError(failures);
}

function summaryAfter(before: StateBefore, { reading }: StateAfter): { after?: StateSummary } {
  switch (reading.kind) {
    case 'unknown':
      return {};
    case 'unchanged':
      return { after: before.state };
    case 'absent':
      return { after: { exists: false } };
    case 'state':
      return { after: stateSummary(reading.inspection) };
  }
}

interface Released {
  readonly summary: LockSummary;
  readonly failure?: Failure;
}

const WITHOUT_LOCK: Released = { summary: { outcome: 'none' } };

async function letGo(parts: ReleaseParts, lock: Lock, acquired: AcquiredLock): Promise<Released> {
  const { report, clock, runState } = parts;
  const { info, requestedAt, acquiredAt, waitedFor, held } = acquired;
  const facts = { id: info.ID, path: lock.path, requestedAt, acquiredAt, waitedFor };
  try {
    const freed = await withTimeout(clock, RELEASE_PATIENCE_MS, (signal) => releaseLock(lock, held, signal));
    const releasedAt = clock.now();
    if (freed.outcome !== 'released') {
      return { summary: { outcome: 'lost', ...facts, releasedAt }, failure: lost(freed, acquired, parts) };
    }
    report.info(`Released the lock ${lock.path}.`);
    return { summary: { outcome: 'released', ...facts, releasedAt } };
  } catch (error) {
    return { summary: { outcome: 'kept', ...facts }, failure: notReleased(error, lock, acquired, runState) };
  }
}

/** Nothing is touched then: whoever has it now may be at work. */
function lost(
  freed: Exclude<Freed, { outcome: 'released' }>,
  { info, held }: AcquiredLock,
  { clock, runState }: ReleaseParts,
): Failure {
  const fate = freed.outcome === 'taken' ? `is held by ${describeHolder(freed.by, clock.now())}` : 'is gone';
  const stillThere =
    freed.outcome === 'absent'
      ? ` If others are refused by it all the same, free it with ${unlockCommand(runState.settings, held)}.`
      : '';
  return new Failure(
    'Lock lost',
    `The lock ${info.Path} was taken from this job while it ran: it ${fate}. Nothing was touched. ` +
      `The state may have been written by two: compare its snapshots before anybody applies again.${stillThere}`,
  );
}

function notReleased(
  error: unknown,
  { path }: Lock,
  lock: RequestedLock | AcquiredLock,
  { settings }: RunState,
): Failure {
  const held = 'held' in lock ? lock.held : lock;
  const ifHeld = 'held' in lock ? 'Free' : 'If it is held under the ID of this job, free';
  return new Failure(
    'Lock not released',
    `The lock ${path} could not be released: ${explain(error).message}\n` +
      `${ifHeld} it with ${unlockCommand(settings, held)}.`,
    { cause: error },
  );
}
