import {
  type Attempt,
  type Freed,
  type HeldLock,
  type Lock,
  LockLostError,
  type LockParts,
  type LockRecord,
} from './lock.js';

/**
 * Two locks as one, for `dynamodb_table` together with `use_lockfile`: held when both are.
 *
 * @param lockfile Terraform takes it first.
 * @param isAnother Whether the requests are signed for another account by now: then a record that is not found may be there
 * all the same, for each account has tables of its own.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go Lock
 */
export function bothLocks(lockfile: Lock, item: Lock, isAnother = () => false): Lock {
  /** Both records where they are of one lock; else whoever stands in the way first. */
  async function read(signal?: AbortSignal): Promise<HeldLock | undefined> {
    const one = await lockfile.read(signal);
    const two = await item.read(signal);
    if (one && !sameLock(one, two)) return joined({ lockfile: one });
    return holderOf(one, two);
  }

  return {
    path: lockfile.path,
    read,

    async tryAcquire(record, signal): Promise<Attempt> {
      const one = await lockfile.tryAcquire(record, signal);
      // Another waiter has the lockfile for a moment at each of its tries; who has the item is the holder.
      if (!one.acquired) return { acquired: false, by: holderOf(one.by, await item.read(signal)) };
      const two = await item.tryAcquire(record, signal);
      if (two.acquired) return { acquired: true, held: joined({ lockfile: one.held, item: two.held }) };
      await removeUnlessLost(lockfile, one.held, signal);
      return { acquired: false, by: two.by && joined({ item: two.by }) };
    },

    async replace(held, record, signal): Promise<HeldLock> {
      const { lockfile: one, item: two } = held.parts ?? {};
      if (!one || !two) throw new LockLostError(lockfile.path, held);
      const before: LockRecord = { info: held.info, holder: held.holder };
      const replaced = await lockfile.replace({ ...one, ...before }, record, signal);
      try {
        const second = await item.replace({ ...two, ...before }, record, signal);
        return joined({ lockfile: replaced, item: second });
      } catch (error) {
        if (error instanceof LockLostError)
          await putBack(lockfile, { ...replaced, ...record }, before, signal);
        throw error;
      }
    },

    async remove(held, signal): Promise<void> {
      const { lockfile: one, item: two } = held.parts ?? {};
      const outcomes = await Promise.allSettled([
        one ? lockfile.remove(one, signal) : Promise.reject(new LockLostError(lockfile.path)),
        two ? item.remove(two, signal) : Promise.reject(new LockLostError(item.path)),
      ]);
      throwUnlessRemoved(outcomes, isAnother());
    },

    async free(id, signal): Promise<Freed> {
      // One after the other, and the second although the first fails: each may be all that there is of ours.
      const outcomes = [
        ...(await Promise.allSettled([lockfile.free(id, signal)])),
        ...(await Promise.allSettled([item.free(id, signal)])),
      ];
      const freed = outcomes.map((outcome) => {
        if (outcome.status === 'rejected') throw outcome.reason;
        return outcome.value;
      });
      return mostTelling(freed, isAnother());
    },
  };
}

/** Who has the item has the lock. */
function holderOf(one: HeldLock | undefined, two: HeldLock | undefined): HeldLock | undefined {
  if (two) return joined(sameLock(one, two) ? { lockfile: one, item: two } : { item: two });
  return one && joined({ lockfile: one });
}

function sameLock(one: HeldLock | undefined, two: HeldLock | undefined): boolean {
  return one !== undefined && two !== undefined && one.info?.ID === two.info?.ID;
}

/** Half a lock would keep everybody out. That it is gone already is as good. */
async function removeUnlessLost(lock: Lock, held: HeldLock, signal?: AbortSignal): Promise<void> {
  try {
    await lock.remove(held, signal);
  } catch (error) {
    if (!(error instanceof LockLostError)) throw error;
  }
}

/** A lock that lost one half while the other was replaced is put together again as it was. */
async function putBack(
  lock: Lock,
  replaced: HeldLock & LockRecord,
  before: LockRecord,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await lock.replace(replaced, before, signal);
  } catch (error) {
    if (!(error instanceof LockLostError)) throw error;
  }
}

/** One missing record is not an error unless it may be out of sight; both missing is, and so is a record of somebody else's. */
function throwUnlessRemoved(outcomes: readonly PromiseSettledResult<void>[], outOfSight: boolean): void {
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const serious = errors.find((error) => !(error instanceof LockLostError && !error.by));
  if (serious) throw serious;
  if (errors.length === outcomes.length || (outOfSight && errors.length > 0)) throw errors[0];
}

/**
 * That one of two was ours says more than that the other is somebody's, and that more than that it is gone. But what is gone
 * from sight may be ours.
 */
function mostTelling(freed: readonly Freed[], outOfSight: boolean): Freed {
  if (outOfSight && freed.some(({ outcome }) => outcome === 'absent')) return { outcome: 'absent' };
  const ofOutcome = (outcome: Freed['outcome']) => freed.find((one) => one.outcome === outcome);
  return ofOutcome('released') ?? ofOutcome('taken') ?? { outcome: 'absent' };
}

function joined(parts: LockParts): HeldLock {
  const { lockfile, item } = parts;
  const { info, holder } = lockfile ?? item ?? {};
  return { info, holder, version: [lockfile?.version, item?.version].join(' '), parts };
}
