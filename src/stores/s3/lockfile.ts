import {
  DeleteObjectCommand,
  GetObjectCommand,
  type ObjectCannedACL,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import { BackendError, isNoPlaceForLocks } from '../../job/backend-error.js';
import { formatHolder, parseHolder } from '../../lock/holder-record.js';
import { type Attempt, type HeldLock, type Holder, type Lock, LockLostError } from '../../lock/lock.js';
import { formatLockInfo, type LockInfo, parseLockInfo } from '../../lock/lock-info.js';
import { abortable, type ConnectedS3, failure } from '../aws/clients.js';
import { mayHaveTakenEffect } from '../aws/resending.js';
import {
  isConditionalConflict,
  isNoSuchKey,
  isNotImplemented,
  isPreconditionFailed,
} from '../aws/s3-answers.js';
import { encryptionForReading, encryptionForWriting } from '../aws/server-side-encryption.js';

/** A lockfile and how it is written. */
export interface LockfileObject {
  readonly bucket: string;
  /** `<state path>.tflock`. */
  readonly key: string;
  /** What people see: `<bucket>/<state path>`. */
  readonly path: string;
  readonly encryption: Encryption;
  readonly acl?: string;
  /**
   * Whether the store is known to honour conditional writes, as S3 itself does. Any other one is asked to prove it:
   * a lock is looked for before it is written, tried, and compared before it is deleted.
   */
  readonly conditionalWrites: 'known' | 'unproven';
}

/** The metadata name of our own record beside Terraform's. */
const HOLDER = 'holder';

/**
 * Terraform's lockfile in S3: an object that only one client can create.
 *
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#s3-state-locking
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function s3Lock(s3: ConnectedS3, lockfile: LockfileObject): Lock {
  const { client } = s3;
  const { bucket, key, path } = lockfile;
  const unproven = lockfile.conditionalWrites === 'unproven';
  const address = { Bucket: bucket, Key: key };
  const failed = (error: unknown, action: string, signal?: AbortSignal) =>
    isNotImplemented(error)
      ? noConditionalWrites(lockfile, 'it answers 501 Not Implemented', error)
      : failure(error, { service: 'S3', action: `s3:${action}`, container: bucket, key }, s3, signal);

  async function read(signal?: AbortSignal): Promise<HeldLock | undefined> {
    try {
      const answer = await client.send(
        new GetObjectCommand({ ...address, ...encryptionForReading(lockfile.encryption) }),
        abortable(signal),
      );
      const info = parseLockInfo((await answer.Body?.transformToString()) ?? '');
      const holder = parseHolder(decodeMetadata(answer.Metadata?.[HOLDER]));
      return { version: answer.ETag ?? '', info, holder };
    } catch (error) {
      if (isNoSuchKey(error)) return undefined;
      const translated = failed(error, 'GetObject', signal);
      if (isNoPlaceForLocks(translated)) return undefined;
      throw translated;
    }
  }

  async function put(
    info: LockInfo,
    holder: Holder,
    condition: { readonly IfNoneMatch: '*' } | { readonly IfMatch: string },
    signal?: AbortSignal,
  ): Promise<HeldLock | 'refused' | 'raced'> {
    try {
      const { ETag = '' } = await client.send(
        new PutObjectCommand({
          ...address,
          ...condition,
          Body: formatLockInfo(info),
          ContentType: 'application/json',
          Metadata: { [HOLDER]: encodeMetadata(formatHolder(holder)) },
          ...encryptionForWriting(lockfile.encryption),
          ACL: lockfile.acl as ObjectCannedACL | undefined,
        }),
        abortable(signal),
      );
      return { info, holder, version: ETag };
    } catch (error) {
      if (isPreconditionFailed(error) || isNoSuchKey(error)) return 'refused';
      if (isConditionalConflict(error)) return 'raced';
      throw failed(error, 'PutObject', signal);
    }
  }

  async function remove(
    condition: { readonly IfMatch?: string },
    signal?: AbortSignal,
  ): Promise<RemoveAnswer> {
    try {
      await client.send(new DeleteObjectCommand({ ...address, ...condition }), abortable(signal));
      return 'removed';
    } catch (error) {
      if (isNotImplemented(error)) return 'unconditional-only';
      if (isConditionalConflict(error)) return 'raced';
      if (isPreconditionFailed(error) || isNoSuchKey(error)) {
        return mayHaveTakenEffect(error) ? 'refused-after-silence' : 'refused';
      }
      throw failed(error, 'DeleteObject', signal);
    }
  }

  /** A store that takes the same conditional write twice does not know the condition, so nothing there is a lock. */
  async function proveConditionalWrites(info: LockInfo, holder: Holder, signal?: AbortSignal): Promise<void> {
    const again = await put(info, holder, { IfNoneMatch: '*' }, signal);
    if (again === 'refused' || again === 'raced') return;
    const stored = await read(signal);
    if (stored?.info?.ID === info.ID) await remove({ IfMatch: stored.version }, signal);
    throw noConditionalWrites(lockfile, 'it overwrote an object in spite of If-None-Match: *');
  }

  async function throwUnlessStored(held: HeldLock, signal?: AbortSignal): Promise<void> {
    const stored = await read(signal);
    if (stored?.version !== held.version) throw new LockLostError(path, stored);
  }

  return {
    path,
    read,

    async tryAcquire(info, holder, signal): Promise<Attempt> {
      // A store that ignores the condition would overwrite somebody's lock, so there it is looked for first.
      const existing = unproven ? await read(signal) : undefined;
      const written = existing ? 'refused' : await put(info, holder, { IfNoneMatch: '*' }, signal);
      if (written === 'raced') return { acquired: false };
      if (written === 'refused') {
        const by = existing ?? (await read(signal));
        // Our own record refuses us when the first answer was lost and the SDK sent the request again.
        if (by?.info?.ID === info.ID) return { acquired: true, held: by };
        return { acquired: false, by };
      }
      if (unproven) await proveConditionalWrites(info, holder, signal);
      return { acquired: true, held: written };
    },

    async replace(held, info, holder, signal): Promise<HeldLock> {
      if (unproven) await throwUnlessStored(held, signal);
      const written = await put(info, holder, { IfMatch: held.version }, signal);
      if (written !== 'refused' && written !== 'raced') return written;
      const by = await read(signal);
      if (by?.info?.ID === info.ID) return by;
      throw new LockLostError(path, by);
    },

    async remove(held, signal): Promise<void> {
      let condition: { readonly IfMatch?: string } = { IfMatch: held.version };
      if (unproven) await throwUnlessStored(held, signal);
      for (let attempt = 1; attempt <= REMOVE_ATTEMPTS; attempt++) {
        const answer = await remove(condition, signal);
        if (answer === 'removed') return;
        const stored = await read(signal);
        if (stored?.version !== held.version) {
          // An earlier attempt got no answer: it took the lock away, and somebody else may have it by now.
          if (answer === 'refused-after-silence') return;
          throw new LockLostError(path, stored);
        }
        // Still ours: others write at the same time, or the store knows no conditional deletes.
        if (answer === 'unconditional-only') condition = {};
      }
      const detail = `the lock is still there after ${REMOVE_ATTEMPTS} attempts to delete it`;
      throw new BackendError({
        kind: 'unexpected',
        action: 's3:DeleteObject',
        resource: `${bucket}/${key}`,
        detail,
      });
    },
  };
}

/** Waiters write at the same time as we delete, and S3 may tell each of us to try again. */
const REMOVE_ATTEMPTS = 5;

type RemoveAnswer = 'removed' | 'refused' | 'refused-after-silence' | 'raced' | 'unconditional-only';

function noConditionalWrites({ path }: LockfileObject, detail: string, cause?: unknown): BackendError {
  return new BackendError({ kind: 'no-conditional-writes', path, detail }, { cause });
}

/** Metadata travels in headers, which carry ASCII only. */
const encodeMetadata = (text: string) => encodeURIComponent(text.toWellFormed());

function decodeMetadata(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
