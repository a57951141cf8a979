import type { Clock } from '../clock.js';
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

/**
 * Removes a lock that may be ours: it was asked for, and the answer never came.
 *
 * Reads again after each removal, because a lock made of two may have only one half of it.
 */
export async function freeIfOurs(lock: Lock, id: string, signal?: AbortSignal): Promise<Freed> {
  let outcome: Freed['outcome'] = 'absent';
  for (;;) {
    const stored = await lock.read(signal);
    if (stored?.info?.ID !== id) {
      return outcome === 'released' || !stored ? { outcome } : { outcome: 'taken', by: stored };
    }
    const freed = await release(lock, stored, signal);
    if (freed.outcome === 'taken') return freed;
    outcome = 'released';
  }
}

/** How long a request of a process that was killed may still be on its way to the server. */
const SETTLE_MS = 2_000;

/**
 * Frees the lock of a process that ended between asking and being answered. Its write may still be on its way, so
 * the lock is looked at once more a little later, whatever the first look found.
 */
export async function freeAfterSettling(lock: Lock, id: string, clock: Clock): Promise<Freed> {
  const first = await freeIfOurs(lock, id);
  await clock.sleep(SETTLE_MS);
  const second = await freeIfOurs(lock, id);
  return first.outcome === 'released' ? first : second;
}
