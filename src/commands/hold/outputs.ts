import type { OutputName } from '../../job/runner.js';
import type { StateReading } from '../../state/read-state.js';
import type { AcquiredClaim } from './claim.js';
import type { LockFate } from './not-started.js';
import type { SnapshotSummary } from './summary/summary-facts.js';

/** What main has found out so far. A main that fails tells it as well. */
export interface Findings {
  acquired?: AcquiredClaim;
  reading?: StateReading;
  snapshot?: SnapshotSummary;
  /** Whether the job can go on. */
  ready?: boolean;
  /** Known once main has failed with a lock that it had asked for. */
  lockFate?: LockFate;
}

export type Outputs = Readonly<Partial<Record<OutputName, string>>>;

/** The outputs of the step. What is not known is left out. */
export function outputsOf({ acquired, reading, snapshot, ready = false }: Findings): Outputs {
  return {
    ...(acquired && lockOutputs(acquired)),
    locked: String(ready && acquired !== undefined),
    ...(reading && stateOutputs(reading)),
    ...(snapshot && snapshotOutputs(snapshot)),
  };
}

function lockOutputs({ held, requestedAt, acquiredAt }: AcquiredClaim): Outputs {
  return {
    lock_id: held.info.ID,
    lock_path: held.info.Path,
    waited_seconds: String(Math.round((acquiredAt - requestedAt) / 1_000)),
  };
}

function stateOutputs(reading: StateReading): Outputs {
  if (reading.kind !== 'state') return { state_exists: 'false' };
  const { serial, lineage } = reading.inspection.header;
  return {
    state_exists: 'true',
    state_serial: String(serial ?? ''),
    state_lineage: lineage ?? '',
    state_md5: reading.md5,
  };
}

function snapshotOutputs({ bucket, key, created }: SnapshotSummary): Outputs {
  return { snapshot_bucket: bucket, snapshot_key: key, snapshot_created: String(created) };
}
