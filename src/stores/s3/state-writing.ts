import { createHash } from 'node:crypto';
import { HeadObjectCommand, type ObjectCannedACL, PutObjectCommand } from '@aws-sdk/client-s3';
import { BackendError } from '../../job/backend-error.js';
import type { ReplacedState, StateWriter } from '../../state/state-writer.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { lookAfter, mayHaveTakenEffect } from '../aws/resending.js';
import {
  isConditionalConflict,
  isNoSuchKey,
  isNotFound,
  isNotImplemented,
  isPreconditionFailed,
} from '../aws/s3-answers.js';
import { send } from '../aws/send.js';
import { encryptionForReading, encryptionForReplacing } from '../aws/server-side-encryption.js';
import { type StateObject, s3StateReader } from './state-object.js';
import { taggingOf } from './tagging.js';

/** A state's object, and how it is written. */
export interface WrittenStateObject extends StateObject {
  readonly acl?: string;
  /** OpenTofu's `state_tags`. */
  readonly tags?: Readonly<Record<string, string>>;
}

const CONFLICT_ATTEMPTS = 5;

/**
 * Writes a state to S3 with the headers of Terraform and OpenTofu, and on a condition, which they do not have.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go Put
 */
export function s3StateWriter(
  s3: ConnectedS3,
  object: WrittenStateObject,
): Pick<StateWriter, 'emptyObject' | 'put'> {
  return {
    emptyObject: (signal) => findEmptyObject(s3, object, signal),

    async put(body, over, signal) {
      if (over?.etag === '') throw withoutEtag(object);
      for (let attempt = 1; ; attempt++) {
        const outcome = await putState(s3, object, { body, over, signal });
        if (outcome.kind === 'written') return 'written';
        // Refused by our own object, which an attempt without an answer has written.
        if (await lookAfter(outcome.mayBeDone, () => isStored(s3, object, { body, signal })))
          return 'written';
        if (outcome.kind === 'refused') return 'refused';
        if (attempt === CONFLICT_ATTEMPTS) throw stillRaced(object);
      }
    },
  };
}

async function findEmptyObject(
  s3: ConnectedS3,
  { bucket, path, encryption }: WrittenStateObject,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const command = new HeadObjectCommand({ Bucket: bucket, Key: path, ...encryptionForReading(encryption) });
  const expected = (error: unknown) => (isNotFound(error) ? ('absent' as const) : undefined);
  const asked = { action: 's3:GetObject', container: bucket, key: path, signal, expected };
  const answer = await send(s3, asked, (client, options) => client.send(command, options));
  return answer !== 'absent' && answer.ContentLength === 0 ? answer.ETag : undefined;
}

interface Written {
  readonly body: Uint8Array;
  readonly over?: ReplacedState;
  readonly signal?: AbortSignal;
}

/** `raced`: another conditional write of the same key was under way, and this one did nothing. */
type Outcome =
  | { readonly kind: 'written' }
  | { readonly kind: 'refused' | 'raced'; readonly mayBeDone: boolean };

async function putState(
  s3: ConnectedS3,
  { bucket, path, encryption, acl, tags }: WrittenStateObject,
  { body, over, signal }: Written,
): Promise<Outcome> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: path,
    Body: body,
    ContentType: 'application/json',
    ...(over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over.etag }),
    ...(s3.connection.skipS3Checksum
      ? { ContentMD5: digestOf('md5', body) }
      : { ChecksumSHA256: digestOf('sha256', body) }),
    ...encryptionForReplacing(encryption, over?.encryption),
    ACL: acl as ObjectCannedACL | undefined,
    Tagging: taggingOf(tags),
  });
  const expected = (error: unknown) => unwritten(error, `${bucket}/${path}`);
  const asked = { action: 's3:PutObject', container: bucket, key: path, signal, expected };
  return send(s3, asked, async (client, options): Promise<Outcome> => {
    await client.send(command, options);
    return { kind: 'written' };
  });
}

/** With `If-Match`, an object that is gone is answered by 404. */
function unwritten(error: unknown, path: string): Outcome | undefined {
  const mayBeDone = mayHaveTakenEffect(error);
  if (isPreconditionFailed(error) || isNoSuchKey(error)) return { kind: 'refused', mayBeDone };
  if (isConditionalConflict(error)) return { kind: 'raced', mayBeDone };
  if (!isNotImplemented(error)) return undefined;
  const detail = 'it answers 501 Not Implemented';
  throw new BackendError({ kind: 'no-conditional-writes', path, detail }, { cause: error });
}

async function isStored(
  s3: ConnectedS3,
  object: WrittenStateObject,
  { body, signal }: Written,
): Promise<boolean> {
  const stored = await s3StateReader(s3, object)({ signal });
  return stored !== undefined && stored !== 'unchanged' && Buffer.compare(stored.body, body) === 0;
}

/** An empty condition is not sent at all, so whatever was there would be overwritten. */
function withoutEtag({ bucket, path }: WrittenStateObject): BackendError {
  const detail = 'it gives no ETag of what is there';
  return new BackendError({ kind: 'no-conditional-writes', path: `${bucket}/${path}`, detail });
}

function stillRaced({ bucket, path }: WrittenStateObject): BackendError {
  const detail = `it answered 409 Conflict ${CONFLICT_ATTEMPTS} times`;
  return new BackendError({
    kind: 'unexpected',
    action: 's3:PutObject',
    resource: `${bucket}/${path}`,
    detail,
  });
}

const digestOf = (algorithm: 'md5' | 'sha256', body: Uint8Array) =>
  createHash(algorithm).update(body).digest('base64');
