import type { BackendError } from '../job/backend-error.js';
import { type Persistence, persist } from '../job/persistence.js';
import { type Lock, LockLostError } from './lock.js';

/**
 * The same lock, whose methods go on in bad weather until their signal aborts: an outage of seconds is no reason to
 * fail a job, or to leave a lock behind.
 */
export function persistentLock(lock: Lock, persistence: Persistence): Lock {
  let { reached } = persistence;
  const again = async <T>(
    work: () => Promise<T>,
    signal?: AbortSignal,
    onFailure?: (failure: BackendError) => void,
  ): Promise<T> => {
    const answer = await persist(work, { ...persistence, reached }, signal, onFailure);
    reached = true;
    return answer;
  };

  return {
    path: lock.path,
    tryAcquire: (record, signal) => again(() => lock.tryAcquire(record, signal), signal),
    read: (signal) => again(() => lock.read(signal), signal),
    replace: (held, record, signal) => again(() => lock.replace(held, record, signal), signal),
    free: (id, signal) => again(() => lock.free(id, signal), signal),

    async remove(held, signal) {
      let mayBeDone = false;
      const noting = (failure: BackendError) => {
        mayBeDone ||= failure.mayBeDone;
      };
      try {
        await again(() => lock.remove(held, signal), signal, noting);
      } catch (error) {
        const lost = error instanceof LockLostError;
        // Taken away by an attempt without an answer.
        if (!lost || !mayBeDone || error.by?.version === held.version) throw error;
      }
    },
  };
}
