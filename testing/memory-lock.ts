import { formatHolder, parseHolder } from '../src/lock/holder-record.js';
import { type HeldLock, type Holder, type Lock, LockLostError } from '../src/lock/lock.js';
import { formatLockInfo, type LockInfo, parseLockInfo } from '../src/lock/lock-info.js';

/** What is stored where a lock may be: nothing, or the text of Terraform's record and of ours. */
export interface MemoryRecord {
  text?: string;
  holder?: string;
}

/**
 * A lock in this process, for tests of functions over locks. It keeps the lock contract; clients share the record.
 *
 * @param beforeLook Called between a refusal and the look at who refused.
 */
export function memoryLock(
  record: MemoryRecord = {},
  { path = 'states/network/terraform.tfstate', beforeLook = async () => {} } = {},
): Lock {
  const stored = (): HeldLock | undefined => {
    if (record.text === undefined) return undefined;
    const info = parseLockInfo(record.text);
    const holder = parseHolder(record.holder);
    return { version: record.text, ...(info && { info }), ...(holder && { holder }) };
  };
  const store = (info: LockInfo, holder: Holder): HeldLock => {
    record.text = formatLockInfo(info);
    record.holder = formatHolder(holder);
    return { info, holder, version: record.text };
  };
  const throwUnlessStored = (held: HeldLock) => {
    if (record.text !== held.version) throw new LockLostError(path, stored());
  };

  return {
    path,
    async tryAcquire(info, holder, signal) {
      signal?.throwIfAborted();
      if (record.text === undefined) return { acquired: true, held: store(info, holder) };
      await beforeLook();
      const by = stored();
      if (by?.info?.ID === info.ID) return { acquired: true, held: by };
      return { acquired: false, ...(by && { by }) };
    },
    async read(signal) {
      signal?.throwIfAborted();
      return stored();
    },
    async replace(held, info, holder, signal) {
      signal?.throwIfAborted();
      throwUnlessStored(held);
      return store(info, holder);
    },
    async remove(held, signal) {
      signal?.throwIfAborted();
      throwUnlessStored(held);
      delete record.text;
      delete record.holder;
    },
  };
}
