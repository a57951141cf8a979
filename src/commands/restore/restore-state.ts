import type { RestoreSettings } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import { persistFor } from '../../job/persistence.js';
import type { Report } from '../../job/report.js';
import type { Liveness } from '../../lock/liveness.js';
import type { Lock, LockRecord } from '../../lock/lock.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import type { StateWriter } from '../../state/state-writer.js';
import type { AcquiredClaim, Claim } from '../hold/claim.js';
import { giveBack, type TakeLockParts, takeLock } from '../hold/take-lock.js';
import { type CarriedOut, carryOut } from './carry-out.js';
import { chooseSnapshot, readSnapshot } from './chosen-snapshot.js';
import { lookAtCurrentState } from './current-state.js';
import { letGo } from './let-go.js';
import { heldByJobOfRestore } from './mishaps.js';
import { changedMeanwhile } from './refusals.js';
import { tellPlan } from './restore-log.js';
import { planRestore, type RestorePlan } from './restore-plan.js';

/** What looking ahead takes: it needs no lock, and changes nothing. */
export interface ForeseeParts {
  readonly settings: RestoreSettings;
  readonly openState: () => Promise<StateStores>;
  readonly openWriter: () => Promise<StateWriter>;
  readonly report: Report;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Aborts when whoever asked for the restore cancels it. */
  readonly signal: AbortSignal;
}

/** What a restore takes. None of it is of a runner. */
export interface RestoreParts extends ForeseeParts {
  /** Absent when neither `dynamodb_table` nor `use_lockfile` is set. */
  readonly lock?: Lock;
  /** What the lock is asked for with. */
  readonly record: LockRecord;
  /** What snapshots say of who took them; empty where it is no job. */
  readonly job: Pick<Job, 'runUrl' | 'commit'>;
  readonly liveness: Liveness;
  /** Who frees a lock that cannot be given back; the post step unless given. */
  readonly leftTo?: TakeLockParts['leftTo'];
  /** In which an earlier step of the same job may have told of its lock. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The plan that a person has agreed to. Where the state or the choice is another by now, nothing is done. */
  readonly agreed?: RestorePlan;
  /**
   * Hears how far the restore has come, each time before the next step: whoever is killed after that can free what may be
   * left of the lock, and say how to complete the restore.
   */
  readonly onProgress: (progress: RestoreProgress) => void;
}

/** How far a restore has come. */
export type RestoreProgress =
  /** `key`: of the snapshot, once the state may be written. */
  | { readonly phase: 'unfinished'; readonly claim: Claim; readonly key?: string }
  /** Nothing is left to do but to release the lock. */
  | { readonly phase: 'restored'; readonly claim: AcquiredClaim }
  /** The lock is free again, or none was taken. */
  | { readonly phase: 'over' };

/** What a restore did. */
export interface Restored extends CarriedOut {
  readonly plan: RestorePlan;
  /** How the lock fared; absent where none is configured. */
  readonly claim?: AcquiredClaim;
}

/**
 * What a restore would do now, without a lock.
 *
 * @throws Failure where it would be refused.
 */
export async function foreseeRestore(parts: ForeseeParts): Promise<RestorePlan> {
  const { clock } = parts;
  const { restore } = parts.settings;
  const [{ state, catalogue }, writer] = await Promise.all([parts.openState(), parts.openWriter()]);
  const [current, { snapshot, highestSerial }] = await Promise.all([
    patiently(parts, (until) => lookAtCurrentState({ state, writer, clock }, until)),
    patiently(parts, (until) => chooseSnapshot(catalogue, restore.snapshot, until)),
  ]);
  const chosen = await patiently(parts, (until) => readSnapshot(catalogue, snapshot, until));
  const { allowLineageChange } = restore;
  return planRestore({ snapshot: chosen, current, highestSerial, allowLineageChange });
}

/**
 * Puts a snapshot in the place of a state, under the state's lock, and gives the lock back.
 *
 * Done again with the same key, it completes a restore that was cut off, and does nothing where none was.
 *
 * @returns What was done; `failures` are those that came when the state was restored already.
 * @throws Failure; the lock is given back all the same, as far as that can be.
 */
export async function restoreState(parts: RestoreParts): Promise<Restored> {
  const { lock } = parts;
  if (!lock) {
    // Whoever has agreed to it was told before.
    if (!parts.agreed) warnOfNoLock(parts.report);
    return lookAndRestore(parts, () => {});
  }
  const { record, onProgress, clock } = parts;
  let claim: Claim = { stage: 'requested', record, requestedAt: clock.now() };
  onProgress({ phase: 'unfinished', claim });
  try {
    const held = await takeLock({ ...parts, lock, heldByJob: heldByJobOfRestore }, claim);
    claim = held;
    onProgress({ phase: 'unfinished', claim });
    parts.report.info(`Acquired the lock ${lock.path}, ID ${held.held.info.ID}.`);
    const writing = (key: string) => onProgress({ phase: 'unfinished', claim: held, key });
    const restored = await lookAndRestore(parts, writing);
    onProgress({ phase: 'restored', claim: held });
    const failures = await letGo({ ...parts, lock }, held);
    if (failures.length === 0) onProgress({ phase: 'over' });
    return { ...restored, claim: held, failures: [...restored.failures, ...failures] };
  } catch (error) {
    const freed = await giveBack({ ...parts, lock }, claim);
    // A lock that was only asked for may still arrive.
    if (freed && claim.stage === 'acquired') onProgress({ phase: 'over' });
    throw error;
  }
}

/** Nobody is held off. */
export function warnOfNoLock(report: Pick<Report, 'warning'>): void {
  report.warning('No lock', NO_LOCK);
}

const NO_LOCK =
  'Neither "dynamodb_table" nor "use_lockfile" is set, so no lock is taken: others can change the state during the restore.';

/** @param writing Called with the snapshot's key before anything is written. */
async function lookAndRestore(parts: RestoreParts, writing: (key: string) => void): Promise<Restored> {
  const plan = await foreseeRestore(parts);
  // Whoever has agreed to it has read it.
  if (!parts.agreed) tellPlan(parts.report, plan, parts.clock.now());
  const [{ state, catalogue }, writer] = await Promise.all([parts.openState(), parts.openWriter()]);
  if (parts.agreed && !isSamePlan(plan, parts.agreed))
    throw changedMeanwhile(`s3://${state.bucket}/${state.path}`);
  writing(plan.snapshot.listed.key);
  return { ...(await carryOut(plan, { ...parts, state, catalogue, writer })), plan };
}

function isSamePlan(one: RestorePlan, other: RestorePlan): boolean {
  return one.md5 === other.md5 && etagOf(one) === etagOf(other);
}

const etagOf = ({ current }: RestorePlan) => (current.kind === 'state' ? current.version.etag : undefined);

/** Whoever waits for an answer is a person, or a job that holds the lock. */
const PATIENCE_MS = 120_000;

function patiently<T>(
  { clock, random, signal }: ForeseeParts,
  work: (until: AbortSignal) => Promise<T>,
): Promise<T> {
  return persistFor(PATIENCE_MS, work, { clock, random, reached: false }, signal);
}
