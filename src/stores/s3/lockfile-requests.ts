import {
  DeleteObjectCommand,
  GetObjectCommand,
  type ObjectCannedACL,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import { BackendError, isNoPlaceForLocks } from '../../job/backend-error.js';
import { formatHolder, parseHolder } from '../../lock/holder-record.js';
import type { HeldLock, LockRecord } from '../../lock/lock.js';
import { formatLockInfo, parseLockInfo } from '../../lock/lock-info.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { mayHaveTakenEffect } from '../aws/resending.js';
import {
  isConditionalConflict,
  isNoSuchKey,
  isNotImplemented,
  isPreconditionFailed,
} from '../aws/s3-answers.js';
import { send } from '../aws/send.js';
import { encryptionForReading, encryptionForWriting } from '../aws/server-side-encryption.js';

/** A lockfile, and how it is written. */
export interface Lockfile {
  readonly s3: ConnectedS3;
  readonly bucket: string;
  /** `<state path>.tflock`. */
  readonly key: string;
  /** What people see: `<bucket>/<state path>`. */
  readonly path: string;
  readonly encryption: Encryption;
  readonly acl?: string;
}

/** The metadata name of our own record beside Terraform's. */
const HOLDER = 'holder';

/** @returns undefined if there is no lockfile, or no bucket that could have one. */
export async function getLockfile(
  { s3, bucket, key, path, encryption }: Lockfile,
  signal?: AbortSignal,
): Promise<HeldLock | undefined> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...encryptionForReading(encryption) });
  const expected = (error: unknown) =>
    isNoSuchKey(error) ? ('absent' as const) : throwIfNotImplemented(path, error);
  const asked = { action: 's3:GetObject', container: bucket, key, signal, expected };
  try {
    const answer = await send(s3, asked, async (client, options) => {
      const { Body, ETag = '', Metadata } = await client.send(command, options);
      const info = parseLockInfo((await Body?.transformToString()) ?? '');
      return { version: ETag, info, holder: parseHolder(decodeMetadata(Metadata?.[HOLDER])) };
    });
    return answer === 'absent' ? undefined : answer;
  } catch (error) {
    if (isNoPlaceForLocks(error)) return undefined;
    throw error;
  }
}

/** The condition of a conditional write. */
export type Condition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };

/** @returns `refused`: the condition does not hold. `raced`: another write was under way, and this one did nothing. */
export async function putLockfile(
  { s3, bucket, key, path, encryption, acl }: Lockfile,
  { info, holder }: LockRecord,
  condition: Condition,
  signal?: AbortSignal,
): Promise<HeldLock | 'refused' | 'raced'> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    ...condition,
    Body: formatLockInfo(info),
    ContentType: 'application/json',
    Metadata: { [HOLDER]: encodeMetadata(formatHolder(holder)) },
    ...encryptionForWriting(encryption),
    ACL: acl as ObjectCannedACL | undefined,
  });
  const expected = (error: unknown) => {
    if (isPreconditionFailed(error) || isNoSuchKey(error)) return 'refused' as const;
    return isConditionalConflict(error) ? ('raced' as const) : throwIfNotImplemented(path, error);
  };
  const asked = { action: 's3:PutObject', container: bucket, key, signal, expected };
  return send(s3, asked, async (client, options): Promise<HeldLock> => {
    const { ETag = '' } = await client.send(command, options);
    return { info, holder, version: ETag };
  });
}

/**
 * `refused-after-silence`: the condition does not hold any more, and an earlier attempt that got no answer may be why.
 * `unconditional-only`: the store does not know this condition.
 */
export type Deletion = 'removed' | 'refused' | 'refused-after-silence' | 'raced' | 'unconditional-only';

export async function deleteLockfile(
  { s3, bucket, key }: Lockfile,
  condition: { readonly IfMatch?: string },
  signal?: AbortSignal,
): Promise<Deletion> {
  const command = new DeleteObjectCommand({ Bucket: bucket, Key: key, ...condition });
  const asked = { action: 's3:DeleteObject', container: bucket, key, signal, expected: undeleted };
  return send(s3, asked, async (client, options): Promise<Deletion> => {
    await client.send(command, options);
    return 'removed';
  });
}

function undeleted(error: unknown): Deletion | undefined {
  if (isNotImplemented(error)) return 'unconditional-only';
  if (isConditionalConflict(error)) return 'raced';
  if (!isPreconditionFailed(error) && !isNoSuchKey(error)) return undefined;
  return mayHaveTakenEffect(error) ? 'refused-after-silence' : 'refused';
}

/** A store that does not know our conditions can hold no lock. */
function throwIfNotImplemented(path: string, error: unknown): undefined {
  if (!isNotImplemented(error)) return;
  const detail = 'it answers 501 Not Implemented';
  throw new BackendError({ kind: 'no-conditional-writes', path, detail }, { cause: error });
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
