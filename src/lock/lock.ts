import type { LockInfo } from './lock-info.js';

/** Our own record beside Terraform's: which job of which run holds the lock, and where it runs. */
export interface Holder {
  readonly repository: string;
  readonly workflow: string;
  readonly runId: string;
  readonly runAttempt: string;
  readonly job: string;
  readonly runnerName: string;
  /** The run's page. */
  readonly runUrl: string;
  /** As people see it: `118`. */
  readonly runNumber?: string;
  /** Whether its post step will be able to look for processes that still write. */
  readonly looks?: boolean;
  /** Why its post step kept the lock on purpose: then only a person frees it. */
  readonly kept?: string;
}

/** What is written when a lock is taken: Terraform's record, and ours where a job takes it. */
export interface LockRecord {
  readonly info: LockInfo;
  /** Absent where a person takes the lock, from a terminal: there is no job then that could be asked for. */
  readonly holder?: Holder;
}

/** A stored lock. */
export interface HeldLock {
  /** Absent when the record is not one that Terraform would write; the lock is held all the same. */
  readonly info?: LockInfo;
  readonly holder?: Holder;
  /** Other text means another record. It is what a conditional write compares: the item's text, or the object's ETag. */
  readonly version: string;
  /** Of a lock made of two records, the ones that are there. */
  readonly parts?: LockParts;
}

/** The records of a lock made of two. */
export interface LockParts {
  readonly lockfile?: HeldLock;
  readonly item?: HeldLock;
}

/** `by` is absent when the record was gone by the time we looked: a lost race, worth another try at once. */
export type Attempt =
  | { readonly acquired: true; readonly held: HeldLock }
  | { readonly acquired: false; readonly by?: HeldLock };

/** `taken`: somebody else holds it, and it was not touched. */
export type Freed =
  | { readonly outcome: 'released' }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'taken'; readonly by: HeldLock };

/**
 * One lock. It never waits: waiting, takeover and queueing are functions over it.
 *
 * `replace` and `remove` act only while `held` is still what is stored; otherwise they throw {@link LockLostError}
 * and leave everything as it was. Every method rejects with the signal's reason once `signal` aborts. Then, and after
 * any other error, it is unknown whether a write took place: `free` what carries the ID.
 *
 * A write may be carried out and lose its answer, and be refused by itself when it is sent again: that is a success. In
 * docs/decisions.md: "A refusal by our own record is an acquisition".
 */
export interface Lock {
  /** What people see: `<bucket>/<path>`. */
  readonly path: string;
  tryAcquire(record: LockRecord, signal?: AbortSignal): Promise<Attempt>;
  read(signal?: AbortSignal): Promise<HeldLock | undefined>;
  /** @param held A record with a holder: nobody else's lock may be replaced. */
  replace(held: HeldLock & LockRecord, record: LockRecord, signal?: AbortSignal): Promise<HeldLock>;
  remove(held: HeldLock, signal?: AbortSignal): Promise<void>;
  /** Removes whatever carries this ID, whole or in part; what does not is left alone. */
  free(id: string, signal?: AbortSignal): Promise<Freed>;
}

/** The lock that was to be replaced or removed is not what is stored any more. */
export class LockLostError extends Error {
  override readonly name = 'LockLostError';

  /** @param by Who holds it now; absent when nobody does. */
  constructor(
    readonly path: string,
    readonly by?: HeldLock,
  ) {
    super(`The lock ${path} is ${by ? `held by ${by.info?.ID ?? 'an unreadable record'}` : 'gone'}.`);
  }
}

/** How waiting for a lock ended. */
export interface Waited {
  readonly waitedMs: number;
  /** False if no attempt was answered: then nothing is known of the lock. */
  readonly answered: boolean;
  /** Who held the lock when it was last asked for; absent when nobody did, and another one was always faster. */
  readonly by?: HeldLock;
}

/** The lock was not free in time. */
export class LockTimeoutError extends Error {
  override readonly name = 'LockTimeoutError';

  /** @param options.cause What the last request failed with, where it failed. */
  constructor(
    readonly path: string,
    readonly waited: Waited,
    options?: ErrorOptions,
  ) {
    super(`The lock ${path} was not free within ${waited.waitedMs} ms.`, options);
  }
}
