import type { Freed, HeldLock, Lock, LockRecord } from '../../lock/lock.js';
import { release } from '../../lock/release.js';
import type { BriefHolder } from '../../words/holder.js';

/** What this job has of a lock. Times are milliseconds since the Unix epoch. */
export type Claim = RequestedClaim | AcquiredClaim;

/** The lock is being asked for: it may be ours, wholly or in part, or not. */
export interface RequestedClaim {
  readonly stage: 'requested';
  readonly record: LockRecord;
  readonly requestedAt: number;
}

/** The lock is ours. */
export interface AcquiredClaim {
  readonly stage: 'acquired';
  readonly held: HeldLock & LockRecord;
  readonly requestedAt: number;
  readonly acquiredAt: number;
  /** Who held it while main waited, in order. */
  readonly waitedFor: readonly BriefHolder[];
}

/** The record that was asked for, or the one that is stored. */
export function recordOf(claim: Claim): LockRecord {
  switch (claim.stage) {
    case 'requested':
      return claim.record;
    case 'acquired':
      return claim.held;
  }
}

/** Gives back what is claimed: by its exact record once it was acquired, which needs no permission to read; else by its ID. */
export function releaseClaim(lock: Lock, claim: Claim, signal?: AbortSignal): Promise<Freed> {
  switch (claim.stage) {
    case 'requested':
      return lock.free(claim.record.info.ID, signal);
    case 'acquired':
      return release(lock, claim.held, signal);
  }
}
