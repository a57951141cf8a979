import { bothLocks } from '../src/lock/both.js';
import type { HeldLock, Lock, LockRecord } from '../src/lock/lock.js';
import { type MemoryRecord, memoryLock } from './memory-lock.js';
import { lockRecord } from './test-data.js';

/** A lock made of two, in this process. */
export interface LockPair {
  readonly lock: Lock;
  readonly lockfile: MemoryRecord;
  readonly item: MemoryRecord;
  /** The calls of both parts, in order. */
  readonly calls: string[];
}

/** A pair of locks with these texts in them; the parts may behave differently. */
export function lockPair(
  texts: { lockfile?: string; item?: string } = {},
  differences: { lockfile?: Partial<Lock>; item?: Partial<Lock>; isAnother?: () => boolean } = {},
): LockPair {
  const lockfile: MemoryRecord = texts.lockfile === undefined ? {} : { text: texts.lockfile };
  const item: MemoryRecord = texts.item === undefined ? {} : { text: texts.item };
  const calls: string[] = [];
  const first = listened({ ...memoryLock(lockfile), ...differences.lockfile }, 'lockfile', calls);
  const second = listened({ ...memoryLock(item), ...differences.item }, 'item', calls);
  return { lock: bothLocks(first, second, differences.isAnother), lockfile, item, calls };
}

function listened(lock: Lock, name: string, calls: string[]): Lock {
  const methods = ['tryAcquire', 'read', 'replace', 'remove', 'free'] as const;
  const heard = methods.map((method) => [
    method,
    (...args: unknown[]) => {
      calls.push(`${name}.${method}`);
      return (lock[method] as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...lock, ...Object.fromEntries(heard) };
}

/** The lock, taken by the job under test. */
export async function acquired(lock: Lock): Promise<HeldLock & LockRecord> {
  const attempt = await lock.tryAcquire(lockRecord());
  if (!attempt.acquired) throw new Error('The lock was expected to be free.');
  return { ...lockRecord(), ...attempt.held };
}
