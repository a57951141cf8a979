import { withTimeout } from '../../job/clock.js';
import { inAdvance } from '../../job/in-advance.js';
import { leftByJob } from '../../lock/left-by-job.js';
import { reason } from '../../words/explain.js';
import type { Failure } from '../../words/failure.js';
import { unlockCommand } from '../../words/how-to-unlock.js';
import type { AcquiredClaim } from './claim.js';
import { foreignWrite, warnOfDeletion } from './foreign-writes.js';
import { freeLeftover } from './free-leftover.js';
import { ifPossible } from './if-possible.js';
import type { ReleaseParts, StateParts } from './post-parts.js';
import { releaseLock } from './release-lock.js';
import { checkRightState } from './right-state/check-right-state.js';
import { stateChange } from './right-state/right-state.js';
import type { Progress, RunState, StateBefore } from './run-state.js';
import { changesSince, etagAfter, lookAtStateAfter, type StateAfter } from './state-after.js';
import { summaryBlocks } from './summary/hold-summary.js';
import { stateSummary } from './summary/state-summary.js';
import type { RetentionSummary, StateSummary } from './summary/summary-facts.js';
import { flagTakenOff } from './terraform-flag.js';
import { type Settled, settleWriters } from './writers/settle-writers.js';
import { CANNOT_LOOK, leftLockWarning } from './writers/writer-words.js';

type Ready = Extract<Progress, { phase: 'ready' }>;

/**
 * The post step: stops what the job has left writing, stores the snapshot *after*, releases the lock, and writes the
 * summary. Where main did not finish, it frees what main may have got, and does nothing else.
 *
 * @throws AggregateError of all that went wrong, each a Failure
 */
export async function release(parts: ReleaseParts): Promise<void> {
  const failures: Failure[] = [];
  for (const state of parts.runState.states) {
    failures.push(...(await releaseState({ ...parts, ...state, ...parts.open(state) })));
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

async function finish(parts: StateParts, ready: Ready): Promise<readonly Failure[]> {
  const { report, settings, clock, runState } = parts;
  const { before, claim } = ready;
  inAdvance(parts.openState);
  const settlement = await settleWriters({
    ...parts,
    guard: settings.processes,
    lockIds: lockIdsOf(runState),
    mainStartedAt: runState.mainStartedAt,
  });
  const timeFor = (part: 'snapshot' | 'comparison') => settlement.budget.timeFor(part, clock.now());
  const looking = lookAtStateAfter({ ...parts, job: runState.job, patienceMs: timeFor('snapshot') }, before);
  inAdvance(parts.openLock);
  const after = await looking;
  const released = await releaseLock(parts, settlement, { lock: await parts.openLock(), claim });
  takeFlagOff(parts, ready);
  const change = stateChange(before.state.exists, after.reading.kind);
  const rightState = claim && (await checkRightState(parts, change));
  for (const line of rightState?.log ?? []) report.info(line);
  if (before.state.exists && after.reading.kind === 'absent') warnOfDeletion(report, before, settings);
  if (claim) await nameLeftLock(parts, claim, settlement);
  const failures = [
    after.failure,
    ...released.failures,
    rightState?.failure,
    foreignWrite(before, after, settings),
  ].filter((failure) => failure !== undefined);
  const changes = await changesSince(before, after, { ...parts, patienceMs: timeFor('comparison') });
  const { bucket, statePath } = settings.backend;
  const summary = {
    bucket,
    statePath,
    job: runState.job,
    change,
    lock: released.summary,
    before: before.state,
    after: summaryAfter(before, after),
    ...changes,
    snapshots: [before.snapshot, after.snapshot].filter((snapshot) => snapshot !== undefined),
    // What went wrong may call for any of the snapshots.
    retention: failures.length === 0 ? await pruned(parts, { before, after, settlement }) : undefined,
    notes: [...(rightState?.summary ?? []), ...blindness(parts, settlement)],
    doubtful: rightState?.sign === '⚠️',
    jobStatus: parts.jobStatus,
    problems: failures,
  };
  await report.summary(summaryBlocks(summary, clock.now()));
  return failures;
}

/** Of a state that is gone, or was not seen, everything stays. */
async function pruned(
  parts: StateParts,
  { before, after, settlement }: { before: StateBefore; after: StateAfter; settlement: Settled },
): Promise<RetentionSummary | undefined> {
  const { retention } = parts.settings.backup;
  const etag = etagAfter(before, after);
  if (!retention || etag === undefined) return undefined;
  const { pruneSnapshots } = await import('./prune-snapshots.js');
  const patienceMs = settlement.budget.timeFor('retention', parts.clock.now());
  return pruneSnapshots({ ...parts, retention, etag, patienceMs });
}

/** Post steps of earlier actions come after this one, and may run Terraform too: it is to ask for its lock again. */
function takeFlagOff(parts: StateParts, { flagged = [] }: Ready): void {
  for (const [name, value] of Object.entries(flagTakenOff(parts.environment, flagged)))
    ifPossible(parts, () => parts.runner.exportVariable(name, value));
}

/** Whatever a process of the job has in its environment, it is of one of these. */
function lockIdsOf({ states }: RunState): readonly string[] {
  return states.flatMap(({ progress }) =>
    progress.phase === 'ready' && progress.claim ? [progress.claim.held.info.ID] : [],
  );
}

/** What a step left running matters only where the job was cancelled: else its steps have ended by themselves. */
function blindness({ jobStatus }: StateParts, { outcome }: Settled): readonly string[] {
  return outcome.kind === 'cannot-look' && jobStatus === 'cancelled' ? [CANNOT_LOOK] : [];
}

/** With scope `pipeline`, a Terraform that was killed leaves its own lock, which is not ours to touch. */
async function nameLeftLock(
  { openTerraformLock, machine, settings, report, clock }: StateParts,
  { requestedAt }: AcquiredClaim,
  { outcome, budget }: Settled,
): Promise<void> {
  if (settings.locking.scope.kind !== 'pipeline' || outcome.kind === 'still-writing') return;
  try {
    const patienceMs = budget.timeFor('comparison', clock.now());
    const held = await withTimeout(clock, patienceMs, async (signal) =>
      (await openTerraformLock())?.read(signal),
    );
    const left = held && leftByJob(held, { ...machine, since: requestedAt });
    if (!left) return;
    const scope = { kind: 'state', terraformLockFlag: false } as const;
    const command = unlockCommand({ ...settings, locking: { ...settings.locking, scope } }, { info: left });
    const { title, message } = leftLockWarning(left, command);
    report.warning(title, message);
  } catch (error) {
    report.info(`Whether Terraform has left a lock of its own could not be seen: ${reason(error)}`);
  }
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
