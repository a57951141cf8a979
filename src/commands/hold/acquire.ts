import { ConfigError } from '../../config/config-error.js';
import { switchesLockOff } from '../../config/locking.js';
import type { AccessKey, Settings } from '../../config/settings.js';
import { CancelledError } from '../../job/cancelled-error.js';
import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import type { OutputName, Runner } from '../../job/runner.js';
import type { Liveness } from '../../lock/liveness.js';
import type { Lock } from '../../lock/lock.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { approachInAdvance } from './approach.js';
import type { Claim } from './claim.js';
import { ifPossible } from './if-possible.js';
import { lockRecord } from './lock-record.js';
import { type LockFate, notStartedBlocks } from './not-started.js';
import { type Findings, outputsOf } from './outputs.js';
import { noStateYet } from './right-state/right-state-words.js';
import { formatRunState, type Progress } from './run-state.js';
import { lookAtStateBefore } from './state-before.js';
import { settingsLines } from './summary/settings-lines.js';
import { giveBack, takeLock } from './take-lock.js';
import { tellJob } from './tell-job.js';
import { flagAdded, lockFlagProblems } from './terraform-flag.js';

/** What the main step works with. */
export interface AcquireParts {
  readonly settings: Settings;
  readonly job: Job;
  /** What the first request is signed with. */
  readonly credentials: AccessKey;
  /** When the job began, on the clock of its files, in milliseconds since the Unix epoch. */
  readonly jobStartedAt: number;
  /** When this process started, on the machine's scale; absent where processes cannot be looked at. */
  readonly mainStartedAt?: number;
  /** Absent when neither `dynamodb_table` nor `use_lockfile` is set. */
  readonly lock?: Lock;
  /** Called while the lock is asked for, and again when the state is needed. */
  readonly openState: () => Promise<StateStores>;
  /** Called while the lock is asked for. */
  readonly approachState: (signal: AbortSignal) => Promise<void>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly runner: Runner;
  readonly liveness: Liveness;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/**
 * The main step: takes the lock, looks at the state, stores the snapshot *before*, and tells the job.
 *
 * When anything fails after the lock was asked for, the lock is given back before the failure is passed on; once later
 * steps may have been told of it, post does that.
 *
 * @throws Failure
 */
export async function acquire(parts: AcquireParts): Promise<void> {
  const { lock, report, runner, settings, signal } = parts;
  const findings: Findings = {};
  report.group('Lockkeeper', settingsLines(settings));
  try {
    refuseDefeatedFlag(parts);
    await (lock ? lockAndPrepare(parts, lock, findings) : prepareWithoutLock(parts, findings));
  } catch (error) {
    const failure = signal.aborted ? aborted(signal.reason) : explain(error);
    await report.summary(notStartedBlocks(failure, { settings, lock: findings.lockFate ?? 'untouched' }));
    ifPossible(parts, () => tellOutputs(runner, { ...findings, ready: false }));
    throw failure;
  }
}

function tellOutputs(runner: Runner, findings: Findings): void {
  for (const [name, value] of Object.entries(outputsOf(findings)))
    runner.setOutput(name as OutputName, value);
}

/** The runner cancelled the step, or something broke that nobody was waiting for. */
function aborted(reason: unknown): Failure {
  if (!(reason instanceof CancelledError)) return explain(reason);
  const message = 'The job was cancelled before it could start its work.';
  return new Failure('Cancelled', message, { cause: reason });
}

async function lockAndPrepare(parts: AcquireParts, lock: Lock, findings: Findings): Promise<void> {
  const { job, clock, newId, report } = parts;
  const requestedAt = clock.now();
  const looks = parts.mainStartedAt !== undefined;
  const record = lockRecord(job, { id: newId(), path: lock.path, now: requestedAt, looks });
  let claim: Claim = { stage: 'requested', record, requestedAt };
  save(parts, { phase: 'unfinished', claim });
  const approach = approachInAdvance(parts);
  try {
    claim = await takeLock({ ...parts, lock }, claim);
    save(parts, { phase: 'unfinished', claim });
    findings.acquired = claim;
    report.info(`Acquired the lock ${lock.path}, ID ${claim.held.info.ID}.`);
    await approach.arrive();
    await prepareJob(parts, findings);
  } catch (error) {
    approach.abandon();
    const freed = await giveBack({ ...parts, lock }, claim);
    findings.lockFate = fateOf(claim, freed);
    // A lock that was only asked for may still arrive, so that post looks for it once more.
    if (freed && claim.stage === 'acquired') ifPossible(parts, () => save(parts, { phase: 'given-back' }));
    throw error;
  }
  // From here on the lock is post's: some of the flags may be there when the disk is full.
  tellJob(parts, claim);
}

function fateOf({ stage }: Claim, freed: boolean): LockFate {
  if (!freed) return 'left';
  return stage === 'acquired' ? 'given-back' : 'not-held';
}

async function prepareWithoutLock(parts: AcquireParts, findings: Findings): Promise<void> {
  parts.report.warning('No lock', NO_LOCK);
  await prepareJob(parts, findings);
}

const NO_LOCK =
  'Neither "dynamodb_table" nor "use_lockfile" is set, so no lock is taken: others can change the state while this job runs.';

function save(parts: AcquireParts, progress: Progress): void {
  const { runner, settings, credentials, job, jobStartedAt, mainStartedAt } = parts;
  const states = [{ settings, credentials, progress }];
  runner.saveRunState(formatRunState({ job, jobStartedAt, mainStartedAt, states }));
}

/** Everything between the lock and the job's own steps. The state is as the job will find it from here on. */
async function prepareJob(parts: AcquireParts, findings: Findings): Promise<void> {
  const before = await lookAtStateBefore(parts, findings);
  const claim = findings.acquired;
  if (claim && !before.state.exists) {
    refuseUnbornWorkspace(parts);
    warnOfNoState(parts);
  }
  tellOutputs(parts.runner, { ...findings, ready: true });
  const flagged = switchesLockOff(parts.settings.locking) ? flagAdded(parts.environment) : undefined;
  save(parts, { phase: 'ready', before, claim, flagged });
}

/**
 * Terraform locks a workspace that does not exist yet, whatever `-lock` says, so in this job it would wait for us.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend_state.go StateMgr
 */
function refuseUnbornWorkspace({ settings }: AcquireParts): void {
  const { workspace, bucket, statePath } = settings.backend;
  if (workspace === 'default' || settings.locking.scope.kind !== 'state') return;
  throw new Failure(
    'Workspace does not exist',
    `The workspace "${workspace}" has no state at s3://${bucket}/${statePath}. Terraform locks a workspace that does ` +
      'not exist yet, whatever -lock says, and this job would hold that lock. ' +
      `Create it before this step with "terraform workspace new ${workspace}", or set "lock_scope: pipeline".`,
  );
}

/** Where Terraform's lock is switched off, a wrong path would leave the state without any. */
function warnOfNoState({ settings, report }: AcquireParts): void {
  if (!switchesLockOff(settings.locking)) return;
  const { title, message } = noStateYet(settings.backend);
  report.warning(title, message);
}

/** What makes Terraform ask for the lock in spite of the flag is refused before anything is touched. */
function refuseDefeatedFlag({ settings, environment }: AcquireParts): void {
  const problems = switchesLockOff(settings.locking) ? lockFlagProblems(environment) : [];
  if (problems.length > 0) throw new ConfigError(problems);
}
