import {
  GetObjectCommand,
  type ObjectCannedACL,
  PutObjectCommand,
  type PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import type { Encryption, ObjectLockRule, StorageClass } from '../../config/settings.js';
import { BackendError } from '../../job/backend-error.js';
import { nameStart, parseSnapshotKey } from '../../names/snapshot-key.js';
import type { Catalogue, ListedSnapshot, Snapshot, SnapshotMetadata } from '../../snapshots/catalogue.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { mayHaveTakenEffect } from '../aws/resending.js';
import { isConditionalConflict, isNotImplemented, isPreconditionFailed } from '../aws/s3-answers.js';
import { brokenOff, send } from '../aws/send.js';
import { encryptionForReading, encryptionForSnapshot } from '../aws/server-side-encryption.js';
import { listObjects } from './object-listing.js';
import { decodeMetadata, encodeMetadata } from './snapshot-metadata.js';

/** Where the snapshots of one state path are kept, and how they are written. */
export interface SnapshotLocation {
  readonly bucket: string;
  /** Ends with `/`. */
  readonly prefix: string;
  /** What the state is read with. */
  readonly encryption: Encryption;
  readonly kmsKeyId?: string;
  readonly acl?: string;
  readonly objectLock?: ObjectLockRule;
  readonly storageClass?: StorageClass;
  readonly tags?: Readonly<Record<string, string>>;
}

const CONFLICT_ATTEMPTS = 5;

/** A catalogue in S3: an object per snapshot, created once and never overwritten. */
export function s3Catalogue(s3: ConnectedS3, location: SnapshotLocation): Catalogue {
  const { bucket, prefix } = location;

  return {
    bucket,
    prefix,

    async add(snapshot, signal) {
      for (let attempt = 1; ; attempt++) {
        const outcome = await putSnapshot(s3, location, snapshot, signal);
        // Another job is storing this very version, and may yet fail: ask again rather than trust that it succeeds.
        if (outcome !== 'raced') return outcome;
        if (attempt === CONFLICT_ATTEMPTS) throw stillRaced(`${bucket}/${snapshot.key}`);
      }
    },

    async open(key, signal) {
      const asked = { action: 's3:GetObject', container: bucket, key, signal };
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...readingOf(location) });
      const { Body, Metadata } = await send(s3, asked, (client, options) => client.send(command, options));
      return { body: translated(Body as AsyncIterable<Uint8Array>, s3), recorded: decodeMetadata(Metadata) };
    },

    list: (signal, writtenAt) => {
      const start = writtenAt === undefined ? '' : nameStart(writtenAt);
      return listSnapshots(s3, location, { start, signal });
    },

    async remove(keys, options) {
      const { removeObjects } = await import('./snapshot-removal.js');
      return removeObjects(s3, location, keys, options);
    },
  };
}

/** The delimiter leaves out what is deeper: the snapshots of a state whose path goes on from this one's. */
async function* listSnapshots(
  s3: ConnectedS3,
  { bucket, prefix }: SnapshotLocation,
  { start, signal }: { readonly start: string; readonly signal: AbortSignal | undefined },
): AsyncGenerator<ListedSnapshot> {
  const listing = { bucket, prefix: prefix + start, delimiter: '/' } as const;
  for await (const { key, bytes, lastModified } of listObjects(s3, listing, signal)) {
    const name = parseSnapshotKey(key, prefix);
    // A store that does not say when: as if it were only just there, so that it is not taken for old.
    if (name) yield { ...name, key, bytes, storedAt: lastModified ?? Number.POSITIVE_INFINITY };
  }
}

/** The pieces of a body, and what breaks it off as an error of the store. */
async function* translated(body: AsyncIterable<Uint8Array>, s3: ConnectedS3): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw brokenOff(error, s3);
  }
}

/** A snapshot under the KMS key of the backups is not under the customer's key of the state. */
function readingOf({ encryption, kmsKeyId }: SnapshotLocation) {
  return kmsKeyId ? {} : encryptionForReading(encryption);
}

async function putSnapshot(
  s3: ConnectedS3,
  location: SnapshotLocation,
  snapshot: Snapshot,
  signal?: AbortSignal,
): Promise<'created' | 'already-there' | 'raced'> {
  const { bucket, kmsKeyId, acl, storageClass, tags } = location;
  const { key, body, metadata, sourceEncryption } = snapshot;
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentType: 'application/json',
    IfNoneMatch: '*',
    Metadata: encodeMetadata(metadata),
    ...(s3.connection.skipS3Checksum
      ? { ContentMD5: base64(metadata.md5) }
      : { ChecksumSHA256: base64(metadata.sha256) }),
    ...encryptionForSnapshot(sourceEncryption, kmsKeyId),
    ...ownerAcl(acl),
    ...lockUntil(location.objectLock, metadata.takenAt),
    StorageClass: storageClass,
    Tagging: tags && new URLSearchParams(tags).toString(),
  });
  const resource = `${bucket}/${key}`;
  const expected = (error: unknown) => unstored(error, resource);
  const asked = { action: 's3:PutObject', container: bucket, key, signal, expected };
  return send(s3, asked, async (client, options) => {
    throwUnlessIntact(await client.send(command, options), resource, metadata);
    return 'created' as const;
  });
}

/** What a refusal means. By our own object, if an earlier attempt was carried out and its answer lost. */
function unstored(error: unknown, path: string): 'created' | 'already-there' | 'raced' | undefined {
  if (isPreconditionFailed(error)) return mayHaveTakenEffect(error) ? 'created' : 'already-there';
  if (isConditionalConflict(error)) return 'raced';
  if (!isNotImplemented(error)) return undefined;
  const detail = 'it answers 501 Not Implemented';
  throw new BackendError({ kind: 'no-conditional-writes', path, detail }, { cause: error });
}

function stillRaced(resource: string): BackendError {
  const detail = `it answered 409 Conflict ${CONFLICT_ATTEMPTS} times`;
  return new BackendError({ kind: 'unexpected', action: 's3:PutObject', resource, detail });
}

/** A snapshot is for the bucket's owner at most, whoever else may read the state. */
export function ownerAcl(acl: string | undefined) {
  return acl?.startsWith('bucket-owner-') ? { ACL: acl as ObjectCannedACL } : {};
}

const DAY_MS = 86_400_000;

function lockUntil(rule: ObjectLockRule | undefined, takenAt: string) {
  if (!rule) return {};
  const until = new Date(Date.parse(takenAt) + rule.retainDays * DAY_MS);
  return { ObjectLockMode: rule.mode, ObjectLockRetainUntilDate: until };
}

/** The store says what it received; a store that says nothing has refused a wrong checksum already. */
function throwUnlessIntact(
  { ChecksumSHA256 }: PutObjectCommandOutput,
  resource: string,
  { sha256 }: SnapshotMetadata,
): void {
  const sent = base64(sha256);
  if (!ChecksumSHA256 || ChecksumSHA256 === sent) return;
  const detail = `SHA-256 of what was stored is ${ChecksumSHA256}, of what was sent ${sent}`;
  throw new BackendError({ kind: 'damaged-in-transit', resource, detail });
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
