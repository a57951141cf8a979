import type { Clock } from '../job/clock.js';
import { type HeldLock, type Lock, LockLostError } from './lock.js';

/** `taken`: somebody else holds it, and it was not touched. */
export type Freed =
  | { readonly outcome: 'released' }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'taken'; readonly by: HeldLock };

/** Removes a lock that is known to be ours, by the exact record that was acquired. */
export async function release(lock: Lock, held: HeldLock, signal?: AbortSignal): Promise<Freed> {
  try {
    await lock.remove(held, signal);
    return { outcome: 'released' };
  } catch (error) {
    if (!(error instanceof LockLostError)) throw error;
    return error.by ? { outcome: 'taken', by: error.by } : { outcome: 'absent' };
  }
}

/** A lock made of two may show one half after the other. */
const MOST_PARTS = 2;

/**
 * Removes a lock that may be ours: it was asked for, and the answer never came.
 *
 * Reads again after a removal, because a lock made of two may have only one half of it.
 */
export async function freeIfOurs(lock: Lock, id: string, signal?: AbortSignal): Promise<Freed> {
  let freed: Freed = { outcome: 'absent' };
  for (let part = 0; part <= MOST_PARTS; part++) {
    const stored = await lock.read(signal, id);
    if (stored?.info?.ID !== id) {
      return freed.outcome === 'absent' && stored ? { outcome: 'taken', by: stored } : freed;
    }
    freed = await release(lock, stored, signal);
    if (freed.outcome === 'taken') return freed;
  }
  return freed;
}

/** How long a request of a process that was killed may still be on its way to the server. */
const SETTLE_MS = 2_000;

/**
 * Frees the lock of a process that ended between asking and being answered. Its write may still be on its way, so
 * the lock is looked at once more a little later, whatever the first look found.
 */
export async function freeAfterSettling(
  lock: Lock,
  id: string,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal },
): Promise<Freed> {
  const first = await freeIfOurs(lock, id, signal);
  await clock.sleep(SETTLE_MS, signal);
  const second = await freeIfOurs(lock, id, signal);
  return first.outcome === 'released' ? first : second;
}
