/**
 * An S3 server of our own: in memory, in process, ready in milliseconds. It holds our reading of Amazon S3 in the
 * behaviours that Lockkeeper and Terraform rely on; `contracts/s3-conformance.ts` holds other servers against the same.
 */

import { type Listening, listen } from '../http-server.js';
import type { StoredEncryption } from './encryption.js';
import { createS3Server, type RecordedRequest } from './server.js';
import { defaultSettings, type S3Settings } from './settings.js';
import {
  type Bucket,
  currentObject,
  deleteCurrent,
  newBucket,
  type ObjectVersion,
  type StoredObject,
  sortedKeys,
  writeObject,
} from './store.js';

export type { StoredEncryption } from './encryption.js';
export type { Permission } from './permissions.js';
export type { S3Settings } from './settings.js';
export type { StoredObject } from './store.js';

/** The endpoint takes path-style addresses. */
export interface S3Double extends Listening {
  /** Live: what a test changes here holds for the next request. */
  readonly settings: S3Settings;
  /** What was answered so far. */
  readonly requests: readonly RecordedRequest[];
  clearRequests(): void;

  /** Direct access, without HTTP, conditions or permissions: to set a scene and to look at its end. */
  createBucket(name: string, options?: NewBucketOptions): void;
  putObject(bucket: string, key: string, body: string | Buffer, options?: NewObjectOptions): StoredObject;
  /** The current version, or the one named; nothing if there is none or if it is a delete marker. */
  getObject(bucket: string, key: string, versionId?: string): StoredObject | undefined;
  deleteObject(bucket: string, key: string): void;
  /** Sorted; only keys that have a current version. */
  listKeys(bucket: string, prefix?: string): string[];
  /** Newest first, delete markers included. */
  versions(bucket: string, key: string): readonly ObjectVersion[];
}

export interface NewBucketOptions {
  readonly versioning?: boolean;
  /** Implies versioning. */
  readonly objectLock?: boolean;
  readonly region?: string;
  /** The bucket's default encryption; AES256 unless given. */
  readonly encryption?: StoredEncryption;
}

export interface NewObjectOptions {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly encryption?: StoredEncryption;
  readonly lastModified?: Date;
}

/** Listens on a free port of the loopback interface. */
export async function startS3Double(options: Partial<S3Settings> = {}): Promise<S3Double> {
  const settings = { ...defaultSettings(), ...options };
  const buckets = new Map<string, Bucket>();
  const requests: RecordedRequest[] = [];
  const server = createS3Server({ settings, buckets, record: (request) => requests.push(request) });
  return {
    ...(await listen(server)),
    settings,
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    ...directAccess(buckets, settings),
  };
}

type DirectAccess = Omit<S3Double, 'endpoint' | 'settings' | 'requests' | 'clearRequests' | 'close'>;

function directAccess(buckets: Map<string, Bucket>, settings: S3Settings): DirectAccess {
  const find = (name: string): Bucket => {
    const bucket = buckets.get(name);
    if (!bucket) throw new Error(`The S3 double has no bucket "${name}". Create it first.`);
    return bucket;
  };
  return {
    createBucket: (name, options = {}) => {
      buckets.set(name, newBucket(name, { region: settings.region, ...options }));
    },
    putObject: (bucketName, key, body, options = {}) => {
      const bucket = find(bucketName);
      const draft = {
        body: Buffer.from(body),
        contentHeaders: { 'content-type': 'binary/octet-stream' },
        metadata: options.metadata ?? {},
        tags: new Map(),
        encryption: options.encryption ?? bucket.defaultEncryption,
      };
      return writeObject(bucket, key, draft, options.lastModified ?? settings.now());
    },
    getObject: (bucketName, key, versionId) => {
      const bucket = find(bucketName);
      if (versionId === undefined) return currentObject(bucket, key);
      const version = bucket.objects.get(key)?.find((each) => each.versionId === versionId);
      return version?.kind === 'object' ? version : undefined;
    },
    deleteObject: (bucketName, key) => {
      deleteCurrent(find(bucketName), key, settings.now());
    },
    listKeys: (bucketName, prefix = '') => {
      const bucket = find(bucketName);
      return sortedKeys(bucket).filter((key) => key.startsWith(prefix) && currentObject(bucket, key));
    },
    versions: (bucketName, key) => find(bucketName).objects.get(key) ?? [],
  };
}
