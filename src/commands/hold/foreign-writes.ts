import type { Settings } from '../../config/settings.js';
import type { Report } from '../../job/report.js';
import { Failure } from '../../words/failure.js';
import type { StateBefore } from './run-state.js';
import type { StateAfter } from './state-after.js';
import type { SnapshotSummary } from './summary/summary-facts.js';

/**
 * What no Terraform of this job writes: a state of another lineage, or of a serial that went back. Somebody else did,
 * past the lock.
 */
export function foreignWrite(
  { state: before, snapshot }: StateBefore,
  after: StateAfter,
  { backend }: Settings,
): Failure | undefined {
  if (after.reading.kind !== 'state') return undefined;
  const { serial, lineage } = after.reading.inspection.header;
  const where = `s3://${backend.bucket}/${backend.statePath}`;
  const compare = `Compare ${named(snapshot, 'before')} with ${named(after.snapshot, 'after')} before anybody applies again.`;
  if (before.lineage !== undefined && lineage !== undefined && lineage !== before.lineage) {
    return new Failure(
      'State replaced',
      `The state at ${where} has another lineage than before this job (${lineage}, it was ${before.lineage}): it is ` +
        `another state. No plan and no apply puts it there; somebody did by hand, or by "terraform state push -force". ${compare}`,
    );
  }
  if (before.serial !== undefined && serial !== undefined && serial < before.serial) {
    return new Failure(
      'State went back',
      `The serial of the state at ${where} went back from ${before.serial} to ${serial} during this job. No plan ` +
        `and no apply does that; somebody put an older state in its place, by hand or by "terraform state push -force". ${compare}`,
    );
  }
  return undefined;
}

function named(snapshot: SnapshotSummary | undefined, when: 'before' | 'after'): string {
  return snapshot
    ? `the snapshot ${when}, s3://${snapshot.bucket}/${snapshot.key},`
    : `the state ${when} this job, of which there is no snapshot,`;
}

/** It may be a workspace that the job removed, and it may be a mistake. */
export function warnOfDeletion(report: Report, { snapshot }: StateBefore, { backend }: Settings): void {
  const wayBack = snapshot
    ? `Its last version is the snapshot s3://${snapshot.bucket}/${snapshot.key}.`
    : 'There is no snapshot of it from before this job.';
  report.warning(
    'State deleted',
    `The state at s3://${backend.bucket}/${backend.statePath} was deleted during this job. ${wayBack}`,
  );
}
