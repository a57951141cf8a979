import type { Clock } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import type { Report } from '../../job/report.js';
import type { Catalogue } from '../../snapshots/catalogue.js';
import { takeSnapshot } from '../../snapshots/snapshot.js';
import type { ReadState } from '../../state/read-state.js';
import type { SnapshotSummary } from './summary/summary-facts.js';

/** What storing a snapshot takes. */
export interface SnapshotParts {
  readonly catalogue: Catalogue;
  readonly phase: 'before' | 'after';
  readonly job: Job;
  readonly report: Report;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** Stores a snapshot of `state`, and says where. */
export async function storeSnapshot(state: ReadState, parts: SnapshotParts): Promise<SnapshotSummary> {
  const { catalogue, phase, job, report, clock, signal } = parts;
  const occasion = { phase, takenAt: clock.now(), runUrl: job.runUrl, commit: job.commit };
  const { key, created } = await takeSnapshot(catalogue, state, occasion, signal);
  report.info(`Snapshot ${phase} ${created ? 'stored' : 'already there'}: s3://${catalogue.bucket}/${key}`);
  return { phase, bucket: catalogue.bucket, key, created, doubts: state.doubts };
}
