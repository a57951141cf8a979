import { sameStore } from '../../config/placement.js';
import type { Settings } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import { persistFor } from '../../job/persistence.js';
import type { Report } from '../../job/report.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import { type ReadState, readState } from '../../state/read-state.js';
import { warnOfDoubts } from '../../words/doubtful-state.js';
import { reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import type { Findings } from './outputs.js';
import type { StateBefore } from './run-state.js';
import { type SnapshotParts, storeSnapshot } from './store-snapshot.js';
import { stateSummary } from './summary/state-summary.js';
import type { SnapshotSummary } from './summary/summary-facts.js';

/** What looking at the state before the job takes. */
export interface StateBeforeParts {
  readonly settings: Settings;
  readonly job: Job;
  readonly openState: () => Promise<StateStores>;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** The lock is not held for a store that trickles, or that is away for long. */
const PATIENCE_MS = 120_000;

/** Reads the state, and stores the snapshot *before* where it is wanted. */
export async function lookAtStateBefore(parts: StateBeforeParts, findings: Findings): Promise<StateBefore> {
  const { settings, report, clock, signal } = parts;
  const { state, catalogue } = await parts.openState();
  const read = (until: AbortSignal) => readState(state, { clock, signal: until });
  const reading = await persistFor(PATIENCE_MS, read, { ...parts, reached: false }, signal);
  findings.reading = reading;
  if (reading.kind !== 'unchanged') warnOfDoubts(report, reading.doubts);
  if (reading.kind !== 'state') {
    report.info(`There is no state at s3://${state.bucket}/${state.path} yet.`);
    return { state: { exists: false } };
  }
  const before = { state: stateSummary(reading.inspection), etag: reading.version.etag };
  if (!settings.backup.phases.includes('before')) return before;
  findings.snapshot = await snapshotBefore(reading, { ...parts, catalogue, phase: 'before' });
  return { ...before, snapshot: findings.snapshot };
}

async function snapshotBefore(
  state: ReadState,
  parts: SnapshotParts & Pick<StateBeforeParts, 'random' | 'settings'>,
): Promise<SnapshotSummary> {
  try {
    const store = (until: AbortSignal) => storeSnapshot(state, { ...parts, signal: until });
    return await persistFor(
      PATIENCE_MS,
      store,
      { ...parts, reached: isReached(parts.settings) },
      parts.signal,
    );
  } catch (error) {
    throw new Failure(
      'Snapshot not stored',
      `${reason(error)}\nWithout a snapshot there would be no way back, so the job does not start. ` +
        'With "backup: after" or "backup: none" it starts without one.',
      { cause: error },
    );
  }
}

/** The state has come from there a moment before, unless the backups are elsewhere. */
function isReached({ backend, backup }: Settings): boolean {
  return backup.region === backend.region && sameStore(backup.s3Endpoint, backend.s3Endpoint);
}
