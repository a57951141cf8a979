import type { ComparedReference, Places } from '../../config/settings.js';
import type { RunStatus } from '../../lock/liveness.js';
import type { HeldLock } from '../../lock/lock.js';
import type { ListedSnapshot } from '../../snapshots/catalogue.js';
import type { NewestSnapshots } from '../../snapshots/newest.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import type { StateReading } from '../../state/read-state.js';
import type { ResourceChanges } from '../../state/resources.js';
import type { StateHeader } from '../../state/state-header.js';

/** What an inspection tells of. */
export interface Inspection {
  readonly places: Places;
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  readonly findings: Findings;
  /** Why something could not be looked at, a sentence each. */
  readonly problems: readonly string[];
}

/** What was found. What could not be looked at is absent. */
export interface Findings {
  readonly lock?: LockFinding;
  readonly state?: StateFinding;
  readonly snapshots?: NewestSnapshots;
  readonly versioning?: BucketVersioning;
  /** Absent also where nobody asked for it. */
  readonly comparison?: ComparisonFinding;
}

export type LockFinding =
  /** Neither a table nor a lockfile is configured. */
  { readonly kind: 'none' } | { readonly kind: 'free' } | HeldFinding;

export interface HeldFinding {
  readonly kind: 'held';
  readonly by: HeldLock;
  /** Absent where GitHub does not tell. */
  readonly status?: RunStatus;
}

export type StateFinding = Exclude<StateReading, { readonly kind: 'unchanged' }>;

/** What became of the resources from one version of the state to another. */
export type ComparisonFinding =
  | (ComparedSides & { readonly kind: 'compared'; readonly changes: ResourceChanges })
  /** One of them is encrypted, or no state that can be read. */
  | (ComparedSides & { readonly kind: 'opaque' });

export interface ComparedSides {
  readonly from: ComparedSide;
  readonly to: ComparedSide;
}

export interface ComparedSide {
  /** As it was asked for. */
  readonly reference: ComparedReference;
  /** Absent for the state itself. */
  readonly snapshot?: ListedSnapshot;
  /** Absent where there is no state. */
  readonly header?: StateHeader;
}
