import type { BackendError } from '../job/backend-error.js';
import type { SnapshotName } from '../names/snapshot-key.js';
import type { SourceEncryption, StateSource } from '../state/state-source.js';

/** When a snapshot was taken: before or after the other steps of a job, on a schedule, or before a restore. */
export type Phase = 'before' | 'after' | 'scheduled' | 'pre-restore';

/** A verified copy of one version of a state, ready to be stored. */
export interface Snapshot {
  /** Where it is stored, below the catalogue's bucket. */
  readonly key: string;
  readonly body: Uint8Array;
  readonly metadata: SnapshotMetadata;
  readonly sourceEncryption: SourceEncryption;
}

/** What is known of a snapshot beside its bytes. Values are plain text; the catalogue encodes what it must. */
export interface SnapshotMetadata {
  readonly lineage?: string;
  readonly serial?: number;
  /** Of the snapshot's bytes, in lower-case hex; so is `sha256`. */
  readonly md5: string;
  readonly sha256: string;
  readonly sourceVersionId?: string;
  /** RFC 3339, in UTC. */
  readonly takenAt: string;
  readonly phase: Phase;
  readonly runUrl: string;
  readonly commit: string;
  /** Why the copy may not be what Terraform last wrote; empty when it was verified. */
  readonly doubts: readonly string[];
}

/** A snapshot as a listing shows it: its name tells of which version of the state it is. */
export interface ListedSnapshot extends SnapshotName {
  readonly key: string;
  readonly bytes: number;
  /** When it was stored, by the store's clock, in milliseconds since the Unix epoch. */
  readonly storedAt: number;
}

/** A snapshot that is being read. */
export interface OpenedSnapshot {
  /** Its bytes, as they arrive. */
  readonly body: AsyncIterable<Uint8Array>;
  /** What was recorded of them when it was stored, as far as it is there and makes sense. */
  readonly recorded: RecordedFacts;
}

/** What a reader needs of a snapshot's metadata. */
export type RecordedFacts = Partial<
  Pick<SnapshotMetadata, 'lineage' | 'serial' | 'md5' | 'sha256' | 'takenAt'>
>;

/** All snapshots of one state path. A snapshot is never overwritten. */
export interface Catalogue {
  readonly bucket: string;
  /** Everything of this state path lies below it. Ends with `/`. */
  readonly prefix: string;
  /** @returns `'already-there'` when that version of the state has its snapshot; nothing is written then. */
  add(snapshot: Snapshot, signal?: AbortSignal): Promise<'created' | 'already-there'>;
  open(key: string, signal?: AbortSignal): Promise<OpenedSnapshot>;
  /**
   * Every snapshot, in no promised order. What else lies there, such as another state's, is left out.
   *
   * @param writtenAt Only those of the version that was written then: milliseconds since the Unix epoch, cut to seconds.
   */
  list(signal?: AbortSignal, writtenAt?: number): AsyncIterable<ListedSnapshot>;
  /**
   * Removes snapshots, but for those that are locked. One that is gone already counts as removed.
   *
   * @param options.now Milliseconds since the Unix epoch: until then a lock may have ended.
   * @returns What became of each, in no promised order.
   */
  remove(
    keys: readonly string[],
    options: { readonly now: number; readonly signal?: AbortSignal },
  ): Promise<readonly Removal[]>;
}

/** What became of a snapshot that was to be removed. */
export type Removal =
  | { readonly kind: 'removed'; readonly key: string }
  /** By Object Lock. `until` is in milliseconds since the Unix epoch; absent for a legal hold, which has no end. */
  | { readonly kind: 'locked'; readonly key: string; readonly until?: number }
  | { readonly kind: 'refused'; readonly key: string; readonly error: BackendError };

/** Where a state is, and where its snapshots go. */
export interface StateStores {
  readonly state: StateSource;
  readonly catalogue: Catalogue;
}
