import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
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
import { send, sendAndRead } from '../aws/send.js';
import { encryptionForReading, encryptionForWriting } from '../aws/server-side-encryption.js';
import { taggingOf } from './tagging.js';

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
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Whether the store is known to honour conditional writes, as S3 itself does. Any other one is asked to prove it:
   * a lock is looked for before it is written, tried, and compared before it is deleted.
   */
  readonly conditionalWrites: 'known' | 'unproven';
}

/** Where a write goes: where nothing is sure to refuse it a second time, it is sent once. docs/decisions.md says why. */
function writing({ s3, conditionalWrites }: Lockfile, condition: object): ConnectedS3 {
  const refused = conditionalWrites === 'known' && Object.keys(condition).length > 0;
  return refused ? s3 : s3.once();
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
    const answer = await sendAndRead(s3, asked, (client, options) => client.send(command, options), heldFrom);
    return answer === 'absent' ? undefined : answer;
  } catch (error) {
    if (isNoPlaceForLocks(error) && !s3.connection.identity.isAnother?.()) return undefined;
    throw error;
  }
}

async function heldFrom({ Body, ETag = '', Metadata }: GetObjectCommandOutput): Promise<HeldLock> {
  const info = parseLockInfo((await Body?.transformToString()) ?? '');
  return { version: ETag, info, holder: parseHolder(decodeMetadata(Metadata?.[HOLDER])) };
}

/** The condition of a conditional write. */
export type Condition = { readonly IfNoneMatch: '*' } | { readonly IfMatch: string };

/** @returns `refused`: the condition does not hold. `raced`: another write was under way, and this one did nothing. */
export async function putLockfile(
  lockfile: Lockfile,
  { info, holder }: LockRecord,
  condition: Condition,
  signal?: AbortSignal,
): Promise<HeldLock | 'refused' | 'raced'> {
  const { bucket, key, path, encryption, acl, tags } = lockfile;
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    ...condition,
    Body: formatLockInfo(info),
    ContentType: 'application/json',
    Metadata: holder && { [HOLDER]: encodeMetadata(formatHolder(holder)) },
    ...encryptionForWriting(encryption),
    ACL: acl as ObjectCannedACL | undefined,
    Tagging: taggingOf(tags),
  });
  const expected = (error: unknown) => {
    if (isPreconditionFailed(error) || isNoSuchKey(error)) return 'refused' as const;
    return isConditionalConflict(error) ? ('raced' as const) : throwIfNotImplemented(path, error);
  };
  const asked = { action: 's3:PutObject', container: bucket, key, signal, expected };
  return send(writing(lockfile, condition), asked, async (client, options): Promise<HeldLock> => {
    const { ETag = '' } = await client.send(command, options);
    return { info, holder, version: ETag };
  });
}

/** What became of a delete. */
export interface Deletion {
  /**
   * `refused`: the condition does not hold any more. `raced`: another write was under way, and this one did nothing.
   * `unconditional-only`: the store does not know this condition.
   */
  readonly outcome: 'removed' | 'refused' | 'raced' | 'unconditional-only';
  /** Whether an earlier attempt, which got no answer, may have removed it, or be about to. */
  readonly mayBeDone?: boolean;
}

export async function deleteLockfile(
  lockfile: Lockfile,
  condition: { readonly IfMatch?: string },
  signal?: AbortSignal,
): Promise<Deletion> {
  const { bucket, key } = lockfile;
  const command = new DeleteObjectCommand({ Bucket: bucket, Key: key, ...condition });
  const asked = { action: 's3:DeleteObject', container: bucket, key, signal, expected: undeleted };
  return send(writing(lockfile, condition), asked, async (client, options): Promise<Deletion> => {
    await client.send(command, options);
    return { outcome: 'removed' };
  });
}

function undeleted(error: unknown): Deletion | undefined {
  if (isNotImplemented(error)) return { outcome: 'unconditional-only' };
  const mayBeDone = mayHaveTakenEffect(error);
  if (isConditionalConflict(error)) return { outcome: 'raced', mayBeDone };
  return isPreconditionFailed(error) || isNoSuchKey(error) ? { outcome: 'refused', mayBeDone } : undefined;
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
