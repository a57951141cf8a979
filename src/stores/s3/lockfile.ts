import { BackendError } from '../../job/backend-error.js';
import { type HeldLock, type Lock, LockLostError, type LockRecord } from '../../lock/lock.js';
import { isSameInfo } from '../../lock/lock-info.js';
import { releaseById } from '../../lock/release.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { lookAfter } from '../aws/resending.js';
import { deleteLockfile, getLockfile, type Lockfile, putLockfile } from './lockfile-requests.js';

export type LockfileObject = Omit<Lockfile, 's3'>;

/**
 * Terraform's lockfile in S3: an object that only one client can create.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-state-locking
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3Lock(s3: ConnectedS3, object: LockfileObject): Lock {
  const lockfile: Lockfile = { s3, ...object };
  const { path } = lockfile;
  const unproven = lockfile.conditionalWrites === 'unproven';
  const read = (signal?: AbortSignal) => getLockfile(lockfile, signal);

  async function remove(held: HeldLock, signal?: AbortSignal): Promise<void> {
    if (unproven) await throwUnlessStored(lockfile, held, signal);
    return removeStored(lockfile, held, signal);
  }

  return {
    path,
    read,
    remove,

    async tryAcquire(record, signal) {
      // A store that ignores the condition would overwrite somebody's lock, so there it is looked for first.
      const existing = unproven ? await read(signal) : undefined;
      const written = existing
        ? 'refused'
        : await putLockfile(lockfile, record, { IfNoneMatch: '*' }, signal);
      if (written === 'raced') return { acquired: false };
      if (written === 'refused') {
        const by = existing ?? (await read(signal));
        // Refused by our own record, which an attempt without an answer has written.
        if (by?.info?.ID !== record.info.ID) return { acquired: false, by };
        if (unproven) await proveConditionalWrites(lockfile, record, signal);
        return { acquired: true, held: by };
      }
      if (unproven) await proveConditionalWrites(lockfile, record, signal);
      return { acquired: true, held: written };
    },

    async replace(held, record, signal) {
      for (let attempt = 1; attempt <= WRITE_ATTEMPTS; attempt++) {
        const seen = unproven || attempt > 1 ? await read(signal) : held;
        const isThere = seen?.version === held.version;
        const written = isThere
          ? await putLockfile(lockfile, record, { IfMatch: held.version }, signal)
          : 'refused';
        if (written === 'raced') continue;
        if (written !== 'refused') return written;
        const by = isThere ? await read(signal) : seen;
        if (by && isSameInfo(by.info, record.info)) return by;
        throw new LockLostError(path, by);
      }
      throw stillThere(lockfile, 's3:PutObject', 'replace');
    },

    free: (id, signal) => releaseById({ read, remove }, id, signal),
  };
}

/** A store that takes the same conditional write twice does not know the condition, so nothing there is a lock. */
async function proveConditionalWrites(
  lockfile: Lockfile,
  record: LockRecord,
  signal?: AbortSignal,
): Promise<void> {
  const again = await putLockfile(lockfile, record, { IfNoneMatch: '*' }, signal);
  if (again === 'refused' || again === 'raced') return;
  const stored = await getLockfile(lockfile, signal);
  if (stored?.info?.ID === record.info.ID)
    await deleteLockfile(lockfile, { IfMatch: stored.version }, signal);
  const detail = 'it overwrote an object in spite of If-None-Match: *';
  throw new BackendError({ kind: 'no-conditional-writes', path: lockfile.path, detail });
}

async function throwUnlessStored(lockfile: Lockfile, held: HeldLock, signal?: AbortSignal): Promise<void> {
  const stored = await getLockfile(lockfile, signal);
  if (stored?.version !== held.version) throw new LockLostError(lockfile.path, stored);
}

/** Waiters write at the same time as we do, and S3 may tell each of us to try again. */
const WRITE_ATTEMPTS = 5;

async function removeStored(lockfile: Lockfile, held: HeldLock, signal?: AbortSignal): Promise<void> {
  let condition: { readonly IfMatch?: string } = { IfMatch: held.version };
  let mayBeDone = false;
  for (let attempt = 1; attempt <= WRITE_ATTEMPTS; attempt++) {
    const deletion = await deleteLockfile(lockfile, condition, signal);
    if (deletion.outcome === 'removed') return;
    mayBeDone ||= deletion.mayBeDone === true;
    const stored = await lookAfter(mayBeDone, () => getLockfile(lockfile, signal));
    if (stored?.version !== held.version) {
      // Taken away by an attempt without an answer.
      if (mayBeDone) return;
      throw new LockLostError(lockfile.path, stored);
    }
    // Still ours: others write at the same time, or the store knows no conditional deletes.
    if (deletion.outcome === 'unconditional-only') condition = {};
  }
  throw stillThere(lockfile, 's3:DeleteObject', 'delete');
}

function stillThere({ bucket, key }: Lockfile, action: string, verb: 'replace' | 'delete'): BackendError {
  const detail = `the lock is still there after ${WRITE_ATTEMPTS} attempts to ${verb} it`;
  return new BackendError({ kind: 'unexpected', action, resource: `${bucket}/${key}`, detail });
}
