import {
  GetObjectCommand,
  type ObjectCannedACL,
  PutObjectCommand,
  type PutObjectCommandOutput,
} from '@aws-sdk/client-s3';
import type { Encryption } from '../../config/settings.js';
import { BackendError } from '../../job/backend-error.js';
import type { Catalogue, Snapshot, SnapshotMetadata } from '../../snapshots/catalogue.js';
import { abortable, type ConnectedS3, failure, type S3Connection } from '../aws/clients.js';
import { mayHaveTakenEffect } from '../aws/resending.js';
import { isConditionalConflict, isNotImplemented, isPreconditionFailed } from '../aws/s3-answers.js';
import { encryptionForReading, encryptionForSnapshot } from '../aws/server-side-encryption.js';

/** Where the snapshots of one state path are kept, and how they are written. */
export interface SnapshotLocation {
  readonly bucket: string;
  /** Ends with `/`. */
  readonly prefix: string;
  /** What the state is read with. */
  readonly encryption: Encryption;
  readonly kmsKeyId?: string;
  readonly acl?: string;
}

const CONFLICT_ATTEMPTS = 5;

/** S3 takes 2 KB of metadata in all, so what a state makes as long as it likes is cut. */
const LONGEST = { lineage: 200, doubts: 400 };

/** A catalogue in S3: an object per snapshot, created once and never overwritten. */
export function s3Catalogue(s3: ConnectedS3, location: SnapshotLocation): Catalogue {
  const { bucket, prefix } = location;

  return {
    bucket,
    prefix,

    async add(snapshot, signal) {
      const { key } = snapshot;
      for (let attempt = 1; ; attempt++) {
        try {
          const answer = await s3.client.send(
            putSnapshot(location, snapshot, s3.connection),
            abortable(signal),
          );
          throwUnlessIntact(answer, `${bucket}/${key}`, snapshot);
          return 'created';
        } catch (error) {
          // Refused by our own object, if an earlier attempt was carried out and its answer lost.
          if (isPreconditionFailed(error)) return mayHaveTakenEffect(error) ? 'created' : 'already-there';
          // Another job is storing this very version, and may yet fail: ask again rather than trust that it succeeds.
          if (isConditionalConflict(error) && attempt < CONFLICT_ATTEMPTS) continue;
          if (isNotImplemented(error)) throw noConditionalWrites(`${bucket}/${key}`, error);
          throw failure(error, { service: 'S3', action: 's3:PutObject', container: bucket, key }, s3, signal);
        }
      }
    },

    async open(key, signal) {
      try {
        const { Body } = await s3.client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, ...readingOf(location) }),
          abortable(signal),
        );
        return Body as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw failure(error, { service: 'S3', action: 's3:GetObject', container: bucket, key }, s3, signal);
      }
    },
  };
}

/** A snapshot under the KMS key of the backups is not under the customer's key of the state. */
function readingOf({ encryption, kmsKeyId }: SnapshotLocation) {
  return kmsKeyId ? {} : encryptionForReading(encryption);
}

function putSnapshot(location: SnapshotLocation, snapshot: Snapshot, { skipS3Checksum }: S3Connection) {
  return new PutObjectCommand({
    Bucket: location.bucket,
    Key: snapshot.key,
    Body: snapshot.body,
    ContentType: 'application/json',
    IfNoneMatch: '*',
    Metadata: encodeMetadata(snapshot.metadata),
    ...(skipS3Checksum
      ? { ContentMD5: base64(snapshot.metadata.md5) }
      : { ChecksumSHA256: base64(snapshot.metadata.sha256) }),
    ...encryptionForSnapshot(snapshot.sourceEncryption, location.kmsKeyId),
    ...ownerAcl(location.acl),
  });
}

/** A snapshot is for the bucket's owner at most, whoever else may read the state. */
function ownerAcl(acl: string | undefined) {
  return acl?.startsWith('bucket-owner-') ? { ACL: acl as ObjectCannedACL } : {};
}

/** The store says what it received; a store that says nothing has refused a wrong checksum already. */
function throwUnlessIntact(
  { ChecksumSHA256 }: PutObjectCommandOutput,
  resource: string,
  { metadata }: Snapshot,
): void {
  const sent = base64(metadata.sha256);
  if (!ChecksumSHA256 || ChecksumSHA256 === sent) return;
  const detail = `SHA-256 of what was stored is ${ChecksumSHA256}, of what was sent ${sent}`;
  throw new BackendError({ kind: 'damaged-in-transit', resource, detail });
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');

function noConditionalWrites(path: string, cause: unknown): BackendError {
  const detail = 'it answers 501 Not Implemented';
  return new BackendError({ kind: 'no-conditional-writes', path, detail }, { cause });
}

/** Names are read by people and by restore. Metadata travels in headers, which carry ASCII only. */
function encodeMetadata(metadata: SnapshotMetadata): Record<string, string> {
  const doubts = metadata.doubts.join(' ').slice(0, LONGEST.doubts);
  const values: Record<string, string | undefined> = {
    lineage: metadata.lineage?.slice(0, LONGEST.lineage),
    serial: metadata.serial === undefined ? undefined : String(metadata.serial),
    md5: metadata.md5,
    sha256: metadata.sha256,
    'source-version-id': metadata.sourceVersionId,
    'taken-at': metadata.takenAt,
    phase: metadata.phase,
    'run-url': metadata.runUrl,
    commit: metadata.commit,
    verified: String(metadata.doubts.length === 0),
    doubts: doubts || undefined,
  };
  const known = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(known.map(([name, value]) => [name, asciiOnly(value)]));
}

const asciiOnly = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '?');
