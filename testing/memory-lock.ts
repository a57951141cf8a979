import { formatHolder, parseHolder } from '../src/lock/holder-record.js';
import { type HeldLock, type Lock, LockLostError, type LockRecord } from '../src/lock/lock.js';
import { formatLockInfo, parseLockInfo } from '../src/lock/lock-info.js';
import { releaseById } from '../src/lock/release.js';

/** What is stored where a lock may be: nothing, or the text of Terraform's record and of ours. */
export interface MemoryRecord {
  text?: string;
  holder?: string;
}

/**
 * A lock in this process, for tests of functions over locks. It keeps the lock contract; clients share the record.
 *
 * @param options.beforeLook Called between a refusal and the look at who refused.
 * @param options Any method in place of its own; `free` uses what is put in place of the others.
 */
export function memoryLock(
  record: MemoryRecord = {},
  {
    path = 'states/network/terraform.tfstate',
    beforeLook = async () => {},
    ...methods
  }: Partial<Lock> & { readonly beforeLook?: () => Promise<void> } = {},
): Lock {
  const stored = (): HeldLock | undefined => {
    if (record.text === undefined) return undefined;
    const info = parseLockInfo(record.text);
    const holder = parseHolder(record.holder);
    return { version: record.text, ...(info && { info }), ...(holder && { holder }) };
  };
  const store = ({ info, holder }: LockRecord): HeldLock => {
    record.text = formatLockInfo(info);
    record.holder = holder && formatHolder(holder);
    return { info, holder, version: record.text };
  };
  const throwUnlessStored = (held: HeldLock) => {
    if (record.text !== held.version) throw new LockLostError(path, stored());
  };

  const lock: Lock = {
    path,
    async tryAcquire(written, signal) {
      signal?.throwIfAborted();
      if (record.text === undefined) return { acquired: true, held: store(written) };
      await beforeLook();
      const by = stored();
      if (by?.info?.ID === written.info.ID) return { acquired: true, held: by };
      return { acquired: false, ...(by && { by }) };
    },
    async read(signal) {
      signal?.throwIfAborted();
      return stored();
    },
    async replace(held, written, signal) {
      signal?.throwIfAborted();
      throwUnlessStored(held);
      return store(written);
    },
    async remove(held, signal) {
      signal?.throwIfAborted();
      throwUnlessStored(held);
      delete record.text;
      delete record.holder;
    },
    free: (id, signal) => releaseById(lock, id, signal),
    ...methods,
  };
  return lock;
}
