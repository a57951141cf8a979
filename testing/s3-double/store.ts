import { randomBytes } from 'node:crypto';
import { type Checksum, md5 } from './checksums.js';
import type { StoredEncryption } from './encryption.js';
import { s3Error } from './errors.js';

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly defaultEncryption: StoredEncryption;
  versioned: boolean;
  readonly objectLock: boolean;
  /** The versions of each key, newest first; never an empty list. */
  readonly objects: Map<string, ObjectVersion[]>;
}

/** What a writer gives. */
export interface ObjectDraft {
  readonly body: Buffer;
  /** `content-type` and its like, by lower-case name. */
  readonly contentHeaders: Readonly<Record<string, string>>;
  /** User metadata, without the prefix `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: ReadonlyMap<string, string>;
  readonly encryption: StoredEncryption;
  readonly checksum?: Checksum;
}

/** What keeps a version from being removed for good. */
export interface VersionLock {
  retainUntil?: Date;
  legalHold?: boolean;
}

export interface StoredObject extends ObjectDraft {
  readonly kind: 'object';
  readonly versionId: string;
  readonly lastModified: Date;
  /** In quotes, as in the header. */
  readonly etag: string;
  readonly lock: VersionLock;
}

export interface DeleteMarker {
  readonly kind: 'delete-marker';
  readonly versionId: string;
  readonly lastModified: Date;
}

export type ObjectVersion = StoredObject | DeleteMarker;

/** What one delete did. */
export type Removal =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'removed'; readonly version: ObjectVersion }
  | { readonly kind: 'marked'; readonly marker: DeleteMarker };

/** The version id of everything written while the bucket was not versioned. */
const NULL_VERSION = 'null';

export interface BucketOptions {
  readonly region: string;
  readonly versioning?: boolean;
  /** Implies versioning. */
  readonly objectLock?: boolean;
  /** Of objects whose writer asks for none; S3 itself always encrypts. */
  readonly encryption?: StoredEncryption;
}

export function newBucket(name: string, options: BucketOptions): Bucket {
  const { region, objectLock = false, versioning = objectLock, encryption } = options;
  return {
    name,
    region,
    defaultEncryption: encryption ?? { kind: 'AES256' },
    versioned: versioning,
    objectLock,
    objects: new Map(),
  };
}

export function currentVersion(bucket: Bucket, key: string): ObjectVersion | undefined {
  return bucket.objects.get(key)?.[0];
}

/** What a plain GET would find: nothing, if the newest version is a delete marker. */
export function currentObject(bucket: Bucket, key: string): StoredObject | undefined {
  const version = currentVersion(bucket, key);
  return version?.kind === 'object' ? version : undefined;
}

/** @throws S3Error `NoSuchVersion` */
export function findVersion(bucket: Bucket, key: string, versionId: string): ObjectVersion {
  const found = bucket.objects.get(key)?.find((version) => version.versionId === versionId);
  if (!found) throw s3Error('NoSuchVersion', { Key: key, VersionId: versionId });
  return found;
}

export function writeObject(bucket: Bucket, key: string, draft: ObjectDraft, now: Date): StoredObject {
  const stored: StoredObject = {
    ...draft,
    kind: 'object',
    versionId: newVersionId(bucket),
    lastModified: wholeSeconds(now),
    etag: `"${entityTag(draft).toString('hex')}"`,
    lock: {},
  };
  addVersion(bucket, key, stored);
  return stored;
}

/** Without a version id: hides the object behind a marker where versions are kept, else removes it. */
export function deleteCurrent(bucket: Bucket, key: string, now: Date): Removal {
  if (!bucket.versioned) {
    const version = currentVersion(bucket, key);
    bucket.objects.delete(key);
    return version ? { kind: 'removed', version } : { kind: 'nothing' };
  }
  const marker: DeleteMarker = {
    kind: 'delete-marker',
    versionId: newVersionId(bucket),
    lastModified: wholeSeconds(now),
  };
  addVersion(bucket, key, marker);
  return { kind: 'marked', marker };
}

/**
 * Removes one version for good. It is no error if there is none.
 *
 * @throws S3Error `AccessDenied` for one that is locked
 */
export function deleteVersion(bucket: Bucket, key: string, versionId: string, now: Date): Removal {
  const versions = bucket.objects.get(key) ?? [];
  const version = versions.find((each) => each.versionId === versionId);
  if (!version) return { kind: 'nothing' };
  if (version.kind === 'object' && isLocked(version.lock, now)) throw s3Error('AccessDenied');
  keepVersions(
    bucket,
    key,
    versions.filter((each) => each !== version),
  );
  return { kind: 'removed', version };
}

function isLocked({ retainUntil, legalHold = false }: VersionLock, now: Date): boolean {
  return legalHold || (retainUntil !== undefined && retainUntil > now);
}

/** In the order of a listing, which is that of the UTF-8 bytes. */
export function sortedKeys(bucket: Bucket): string[] {
  return [...bucket.objects.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function addVersion(bucket: Bucket, key: string, version: ObjectVersion): void {
  const others = (bucket.objects.get(key) ?? []).filter((other) => other.versionId !== version.versionId);
  keepVersions(bucket, key, [version, ...others]);
}

function keepVersions(bucket: Bucket, key: string, versions: ObjectVersion[]): void {
  if (versions.length > 0) bucket.objects.set(key, versions);
  else bucket.objects.delete(key);
}

function newVersionId(bucket: Bucket): string {
  return bucket.versioned ? randomBytes(24).toString('base64url') : NULL_VERSION;
}

/**
 * The ETag is the MD5 of the body only where S3 itself holds the key; with KMS or SSE-C it says nothing about the body:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
function entityTag({ body, encryption }: ObjectDraft): Buffer {
  return encryption.kind === 'AES256' ? md5(body) : randomBytes(16);
}

/** S3 keeps times to the second. */
function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
