import type { JobStatus } from '../../../config/job-status.js';
import type { Job } from '../../../job/job.js';
import type { ResourceChanges } from '../../../state/resources.js';
import type { Failure } from '../../../words/failure.js';
import type { BriefHolder } from '../../../words/holder.js';
import type { StateChange } from '../right-state/right-state.js';

/** What the job summary shows at a glance. Times are milliseconds since the Unix epoch. */
export interface HoldSummary {
  readonly bucket: string;
  readonly statePath: string;
  /** This one: holders are named by what differs, and linked where they are on its server. */
  readonly job: Pick<Job, 'repository' | 'runUrl'>;
  readonly lock: LockSummary;
  readonly change: StateChange;
  readonly before: StateSummary;
  /** Absent when it could not be read. */
  readonly after?: StateSummary;
  /** Absent when nothing changed, or when it could not be told; then `changesUnknown` says why. */
  readonly changes?: ResourceChanges;
  readonly changesUnknown?: string;
  readonly snapshots: readonly SnapshotSummary[];
  /** Absent where no snapshot was to be removed, and where it did not work. */
  readonly retention?: RetentionSummary;
  /** What to know beside it, a sentence each. `doubtful`: it is not all well, though nothing went wrong. */
  readonly notes?: readonly string[];
  readonly doubtful?: boolean;
  /** How the job's own steps went, where it can be told. */
  readonly jobStatus?: JobStatus;
  readonly problems: readonly ProblemSummary[];
}

/** What went wrong. */
export type ProblemSummary = Pick<Failure, 'title' | 'message' | 'details'>;

/**
 * How the lock of this job fared. `kept`: it could not be released, or a process of the job still writes. `lost`:
 * somebody else took it meanwhile.
 */
export type LockSummary =
  | { readonly outcome: 'none' }
  | {
      readonly outcome: 'released' | 'kept' | 'lost';
      readonly id: string;
      readonly path: string;
      readonly requestedAt: number;
      readonly acquiredAt: number;
      readonly releasedAt?: number;
      /** Who held it while this job waited, in order. */
      readonly waitedFor: readonly BriefHolder[];
    };

/** A state, at the beginning or the end of the job. */
export interface StateSummary {
  readonly exists: boolean;
  readonly serial?: number;
  readonly lineage?: string;
  /** Resource instances of the state. Unknown when it is encrypted or is not JSON. */
  readonly resourceCount?: number;
  /** How many of them Terraform will replace, because their creation failed half-way. */
  readonly tainted?: number;
}

/** One snapshot, of this job. `created` is false when that version was already in the catalogue. */
export interface SnapshotSummary {
  readonly phase: 'before' | 'after';
  readonly bucket: string;
  readonly key: string;
  readonly created: boolean;
  readonly doubts: readonly string[];
}

/** How many snapshots of the state stay, and what became of the others. */
export interface RetentionSummary {
  /** Then none was removed, and `removed` are those that would have been. */
  readonly dryRun: boolean;
  readonly kept: number;
  /** Their keys. */
  readonly removed: readonly string[];
  /** By Object Lock. */
  readonly locked: number;
  readonly refused: number;
}
