import type { AccessKey, Settings } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import type { Liveness } from '../../lock/liveness.js';
import type { Lock } from '../../lock/lock.js';
import type { Catalogue } from '../../snapshots/catalogue.js';
import { type ReadState, readState } from '../../state/read-state.js';
import { explain } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { summaryBlocks } from './hold-summary.js';
import {
  type AcquiredLock,
  formatRunState,
  newRunState,
  type Progress,
  type StateBefore,
} from './run-state.js';
import { settingsLines } from './settings-lines.js';
import { stateSummary } from './state-summary.js';
import { storeSnapshot, warnOfDoubts } from './store-snapshot.js';
import type { Stores } from './stores.js';
import type { SnapshotSummary } from './summary-facts.js';
import { giveBack, lockRequest, takeLock } from './take-lock.js';
import { lockFlagVariables } from './terraform-flag.js';

/** What the main step works with. */
export interface AcquireParts {
  readonly settings: Settings;
  readonly job: Job;
  /** What the first request is signed with, for post to be the same identity. */
  readonly credentials: AccessKey;
  /** Absent when neither `dynamodb_table` nor `use_lockfile` is set. */
  readonly lock?: Lock;
  /** Called when the state is first needed, so that the lock is not kept waiting for it. */
  readonly openStores: () => Promise<Stores>;
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
 * When anything fails after the lock was asked for, the lock is given back before the failure is passed on.
 *
 * @throws Failure
 */
export async function acquire(parts: AcquireParts): Promise<void> {
  const { lock, report, settings, signal } = parts;
  report.group('Lockkeeper', settingsLines(settings));
  try {
    await (lock ? lockAndPrepare(parts, lock) : prepareWithoutLock(parts));
  } catch (error) {
    const failure = signal.aborted ? new Failure('Cancelled', CANCELLED, { cause: error }) : explain(error);
    const { bucket, statePath } = settings.backend;
    const problems = [failure.message];
    parts.runner.setOutput('locked', 'false');
    await report.summary(
      summaryBlocks({ bucket, statePath, lock: { outcome: 'not-started' }, snapshots: [], problems }),
    );
    throw failure;
  }
}

async function lockAndPrepare(parts: AcquireParts, lock: Lock): Promise<void> {
  const requested = lockRequest(parts.job, lock, parts.newId(), parts.clock.now());
  save(parts, { phase: 'requested', lock: requested });
  let acquired: AcquiredLock | undefined;
  try {
    acquired = await takeLock({ ...parts, lock }, requested);
    save(parts, { phase: 'holding', lock: acquired });
    tellLocked(parts, lock, acquired);
    await prepareJob(parts, acquired);
  } catch (error) {
    save(parts, { phase: 'freeing', lock: acquired ?? requested });
    const freed = await giveBack({ ...parts, lock }, acquired ?? requested);
    // A lock that was only asked for may still arrive, so that post looks for it once more.
    if (freed && acquired) save(parts, { phase: 'given-back' });
    throw error;
  }
}

async function prepareWithoutLock(parts: AcquireParts): Promise<void> {
  parts.report.warning('No lock', NO_LOCK);
  await prepareJob(parts);
}

const NO_LOCK =
  'Neither "dynamodb_table" nor "use_lockfile" is set, so no lock is taken: others can change the state while this job runs.';
const CANCELLED = 'The job was cancelled before it could start its work.';

function save({ runner, settings, credentials, job }: AcquireParts, progress: Progress): void {
  runner.saveRunState(formatRunState(newRunState({ settings, credentials, job, progress })));
}

function tellLocked({ runner, report, settings }: AcquireParts, lock: Lock, acquired: AcquiredLock): void {
  const waitedSeconds = Math.round((acquired.acquiredAt - acquired.requestedAt) / 1_000);
  runner.setOutput('lock_id', acquired.info.ID);
  runner.setOutput('lock_path', lock.path);
  runner.setOutput('waited_seconds', String(waitedSeconds));
  const whose =
    settings.locking.scope === 'state' ? 'Nobody else can plan or apply' : 'No other pipeline goes on';
  report.notice('State locked', `${whose} until this job ends. Lock ${lock.path}, ID ${acquired.info.ID}.`);
}

/** Everything between the lock and the job's own steps. The state is as the job will find it from here on. */
async function prepareJob(parts: AcquireParts, acquired?: AcquiredLock): Promise<void> {
  const { runner } = parts;
  const before = await lookAtState(parts);
  if (acquired && !before.state.exists) refuseUnbornWorkspace(parts);
  runner.setOutput('locked', String(acquired !== undefined));
  if (acquired) exportLockFlag(parts);
  save(parts, { phase: 'ready', before, lock: acquired });
}

async function lookAtState(parts: AcquireParts): Promise<StateBefore> {
  const { openStores, settings, clock, signal, runner, report } = parts;
  const { state, catalogue } = await openStores();
  const reading = await readState(state, { clock, signal });
  runner.setOutput('state_exists', String(reading.kind === 'state'));
  if (reading.kind === 'absent') warnOfDoubts(report, reading.doubts);
  if (reading.kind !== 'state') {
    report.info(`There is no state at ${state.bucket}/${state.path} yet.`);
    return { state: { exists: false } };
  }
  const { serial, lineage } = reading.inspection.header;
  runner.setOutput('state_serial', String(serial ?? ''));
  runner.setOutput('state_lineage', lineage ?? '');
  runner.setOutput('state_md5', reading.md5);
  warnOfDoubts(report, reading.doubts);
  const wanted = settings.backup.phases.includes('before');
  const snapshot = wanted ? await snapshotBefore(parts, catalogue, reading) : undefined;
  const { etag } = reading.version;
  return { state: stateSummary(reading.inspection), etag, snapshot };
}

/**
 * Terraform locks a workspace that does not exist yet, whatever `-lock` says, so in this job it would wait for us.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/backend_state.go StateMgr
 */
function refuseUnbornWorkspace({ settings }: AcquireParts): void {
  const { workspace, bucket, statePath } = settings.backend;
  if (workspace === 'default' || settings.locking.scope !== 'state') return;
  throw new Failure(
    'Workspace does not exist',
    `The workspace "${workspace}" has no state at s3://${bucket}/${statePath}. Terraform locks a workspace that does ` +
      'not exist yet, whatever -lock says, and this job would hold that lock. ' +
      `Create it before this step with "terraform workspace new ${workspace}", or set "lock_scope: pipeline".`,
  );
}

async function snapshotBefore(
  parts: AcquireParts,
  catalogue: Catalogue,
  state: ReadState,
): Promise<SnapshotSummary> {
  const { runner } = parts;
  try {
    const snapshot = await storeSnapshot(state, { ...parts, catalogue, phase: 'before' });
    runner.setOutput('snapshot_bucket', snapshot.bucket);
    runner.setOutput('snapshot_key', snapshot.key);
    runner.setOutput('snapshot_created', String(snapshot.created));
    return snapshot;
  } catch (error) {
    throw new Failure(
      'Snapshot not stored',
      `${explain(error).message}\nWithout a snapshot there would be no way back, so the job does not start. ` +
        'With "backup: after" or "backup: none" it starts without one.',
      { cause: error },
    );
  }
}

/** Terraform must not ask for the lock that this job holds already. */
function exportLockFlag({ settings, environment, runner, report }: AcquireParts): void {
  const { scope, terraformLockFlag } = settings.locking;
  if (scope !== 'state' || !terraformLockFlag) return;
  for (const [name, value] of Object.entries(lockFlagVariables(environment)))
    runner.exportVariable(name, value);
  report.notice(
    'Terraform runs with -lock=false',
    'This job holds the lock, so TF_CLI_ARGS_<command> tells Terraform and OpenTofu not to ask for it. ' +
      '"terraform_lock_flag: false" leaves the environment alone.',
  );
}
