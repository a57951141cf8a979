import { type Attempt, type HeldLock, type Lock, LockLostError } from './lock.js';

/**
 * Two locks as one, for `dynamodb_table` together with `use_lockfile`: held when both are.
 *
 * `version` is the two parts' versions, null where a part has no record of this lock. When `tryAcquire` throws, the
 * first part may be held: as with any lock, whoever asked frees what carries its ID.
 *
 * @param first The lockfile, which Terraform takes first.
 * @param second The DynamoDB item.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go Lock
 */
export function bothLocks(first: Lock, second: Lock): Lock {
  return {
    path: first.path,

    async tryAcquire(info, holder, signal): Promise<Attempt> {
      const one = await first.tryAcquire(info, holder, signal);
      // Another waiter has the first part for a moment at each of its tries; who has the second is the holder.
      if (!one.acquired) return { acquired: false, by: (await second.read(signal)) ?? one.by };
      const two = await second.tryAcquire(info, holder, signal);
      if (two.acquired) return { acquired: true, held: joined(one.held, two.held) };
      await removeUnlessLost(first, one.held, signal);
      return two;
    },

    /**
     * Both records where they are of one lock; else the one with `id`; else whoever stands in the way first. A part
     * that cannot be read does not hide the one with `id`.
     */
    async read(signal, id): Promise<HeldLock | undefined> {
      const parts = [
        ...(await Promise.allSettled([first.read(signal)])),
        ...(await Promise.allSettled([second.read(signal)])),
      ];
      const [one, two] = parts.map((part) => (part.status === 'fulfilled' ? part.value : undefined));
      if (one && two && one.info?.ID === two.info?.ID) return joined(one, two);
      if (id !== undefined && one?.info?.ID === id) return joined(one, undefined);
      if (id !== undefined && two?.info?.ID === id) return joined(undefined, two);
      const failed = parts.find((part) => part.status === 'rejected');
      if (failed) throw failed.reason;
      return one ? joined(one, undefined) : two && joined(undefined, two);
    },

    async replace(held, info, holder, signal): Promise<HeldLock> {
      const [one, two] = parted(held);
      if (!one || !two) throw new LockLostError(first.path, held);
      const replaced = await first.replace(one, info, holder, signal);
      return joined(replaced, await second.replace(two, info, holder, signal));
    },

    async remove(held, signal): Promise<void> {
      const [one, two] = parted(held);
      const outcomes = await Promise.allSettled([
        one ? first.remove(one, signal) : Promise.reject(new LockLostError(first.path)),
        two ? second.remove(two, signal) : Promise.reject(new LockLostError(second.path)),
      ]);
      throwUnlessRemoved(outcomes);
    },
  };
}

/** Half a lock would keep everybody out. That it is gone already is as good. */
async function removeUnlessLost(lock: Lock, held: HeldLock, signal?: AbortSignal): Promise<void> {
  try {
    await lock.remove(held, signal);
  } catch (error) {
    if (!(error instanceof LockLostError)) throw error;
  }
}

/** One missing record is not an error; both missing is, and so is a record of somebody else's. */
function throwUnlessRemoved(outcomes: readonly PromiseSettledResult<void>[]): void {
  const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  const serious = errors.find((error) => !(error instanceof LockLostError && !error.by));
  if (serious) throw serious;
  if (errors.length === outcomes.length) throw errors[0];
}

function joined(one: HeldLock | undefined, two: HeldLock | undefined): HeldLock {
  const shown = one ?? two;
  return { ...shown, version: JSON.stringify([one?.version ?? null, two?.version ?? null]) };
}

function parted(held: HeldLock): [HeldLock | undefined, HeldLock | undefined] {
  const [one, two] = partVersions(held.version);
  const part = (version: string | null) => (version === null ? undefined : { ...held, version });
  return [part(one), part(two)];
}

/** The versions of the two parts of a lock; both null if `version` is not one of such a lock. */
export function partVersions(version: string): [first: string | null, second: string | null] {
  return version.startsWith('[') ? JSON.parse(version) : [null, null];
}
