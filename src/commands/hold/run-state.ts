import type { AccessKey, Settings } from '../../config/settings.js';
import type { Job } from '../../job/job.js';
import type { HeldLock } from '../../lock/lock.js';
import type { LockInfo } from '../../lock/lock-info.js';
import { Failure } from '../../words/failure.js';
import type { SnapshotSummary, StateSummary } from './summary-facts.js';

/**
 * What main hands to post through the runner: one JSON value. Post reads nothing else, because nested composite
 * actions corrupt its inputs, and later steps may have replaced the job's credentials.
 */
export interface RunState {
  readonly schema: typeof SCHEMA;
  readonly settings: Settings;
  /** What main's requests were signed with. */
  readonly credentials: AccessKey;
  readonly job: Job;
  readonly progress: Progress;
}

/**
 * How far main came. `requested` is saved before the first write, so wherever main ends, post knows what there may be
 * to free.
 */
export type Progress =
  /** The lock is being asked for: it may be ours, wholly or in part, or not. */
  | { readonly phase: 'requested'; readonly lock: RequestedLock }
  /** The lock is ours, and main is still at work. */
  | { readonly phase: 'holding'; readonly lock: AcquiredLock }
  /** Main failed, and is giving the lock back. */
  | { readonly phase: 'freeing'; readonly lock: RequestedLock | AcquiredLock }
  /** Main failed, and gave back the lock that it had: nothing is left for post. */
  | { readonly phase: 'given-back' }
  /** Main is done, and the job goes on. Without a lock if none is configured. */
  | { readonly phase: 'ready'; readonly lock?: AcquiredLock; readonly before: StateBefore };

/** Times are milliseconds since the Unix epoch. */
export interface RequestedLock {
  readonly info: LockInfo;
  readonly requestedAt: number;
}

export interface AcquiredLock extends RequestedLock {
  readonly held: HeldLock;
  readonly acquiredAt: number;
  /** Who held it while main waited, in order. */
  readonly waitedFor: readonly string[];
}

/** The state as main found it. */
export interface StateBefore {
  readonly state: StateSummary;
  /** Absent when there was no state. */
  readonly etag?: string;
  readonly snapshot?: SnapshotSummary;
}

const SCHEMA = 1;

export function newRunState(parts: Omit<RunState, 'schema'>): RunState {
  return { schema: SCHEMA, ...parts };
}

export function formatRunState(state: RunState): string {
  return JSON.stringify(state);
}

/**
 * @returns undefined if main saved nothing: then it asked for nothing, and there is nothing to free.
 * @throws Failure if this is not a run state of this version; it names the lock as far as it can be told.
 */
export function parseRunState(text: string): RunState | undefined {
  if (text === '') return undefined;
  const value = parseJson(text);
  if (value?.schema === SCHEMA) return value as RunState;
  const id = /"ID":"([A-Za-z0-9-]{1,64})"/.exec(text)?.[1];
  throw new Failure(
    'Run state not understood',
    'The main step was of another version of Lockkeeper than this post step, which cannot tell what there is to release. ' +
      (id ? `If the lock ${id} is still held, free it with \`terraform force-unlock -force ${id}\`.` : ''),
  );
}

function parseJson(text: string): Partial<RunState> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
