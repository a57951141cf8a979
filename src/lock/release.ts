import type { Clock } from '../job/clock.js';
import { type Freed, type HeldLock, type Lock, LockLostError } from './lock.js';

/** Removes a lock that is known to be ours, by the exact record that was acquired. */
export async function release(
  lock: Pick<Lock, 'remove'>,
  held: HeldLock,
  signal?: AbortSignal,
): Promise<Freed> {
  try {
    await lock.remove(held, signal);
    return { outcome: 'released' };
  } catch (error) {
    if (!(error instanceof LockLostError)) throw error;
    return lossOf(error);
  }
}

/** What became of a lock that is not ours any more. */
export function lossOf({ by }: LockLostError): Exclude<Freed, { outcome: 'released' }> {
  return by ? { outcome: 'taken', by } : { outcome: 'absent' };
}

/** Frees one record, by comparing its ID: what `free` does of a lock that is not made of others. */
export async function releaseById(
  lock: Pick<Lock, 'read' | 'remove'>,
  id: string,
  signal?: AbortSignal,
): Promise<Freed> {
  const stored = await lock.read(signal);
  if (!stored) return { outcome: 'absent' };
  return stored.info?.ID === id ? release(lock, stored, signal) : { outcome: 'taken', by: stored };
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
  const first = await lock.free(id, signal);
  await clock.sleep(SETTLE_MS, signal);
  const second = await lock.free(id, signal);
  return first.outcome === 'released' ? first : second;
}
