import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AccessKey } from '../src/config/settings.js';

/** Whoever is let in by servers that do not care. */
export const ANYBODY: AccessKey = { accessKeyId: 'test', secretAccessKey: 'test' };

const REGION = 'us-east-1';

export interface ViewedObject {
  readonly body: Buffer;
  /** Names are without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In quotes. */
  readonly etag: string;
}

/** An S3, to set a scene in and to look at its end: no conditions, no locks. */
export interface S3View {
  createBucket(bucket: string, options?: { objectLock?: boolean }): Promise<void>;
  put(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  get(bucket: string, key: string): Promise<ViewedObject | undefined>;
  delete(bucket: string, key: string): Promise<void>;
  /** By Object Lock, until then; with a legal hold, for no certain time. */
  lock(bucket: string, key: string, until: Date | 'legal hold'): Promise<void>;
  /** Sorted. */
  keys(bucket: string, prefix?: string): Promise<string[]>;
  close(): void;
}

export function viewS3(endpoint: string, credentials = ANYBODY): S3View {
  const client = new S3Client({ endpoint, region: REGION, credentials, forcePathStyle: true });
  return {
    createBucket: async (Bucket, { objectLock } = {}) => {
      await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: objectLock }));
    },
    put: async (Bucket, Key, body) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(body) }));
    },
    get: async (Bucket, Key) => {
      try {
        const { Body, Metadata = {}, ETag = '' } = await client.send(new GetObjectCommand({ Bucket, Key }));
        const body = Buffer.from((await Body?.transformToByteArray()) ?? []);
        return { body, metadata: Metadata, etag: ETag };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    delete: async (Bucket, Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    lock: async (Bucket, Key, until) => {
      await (until === 'legal hold'
        ? client.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: 'ON' } }))
        : client.send(
            new PutObjectRetentionCommand({
              Bucket,
              Key,
              Retention: { Mode: 'GOVERNANCE', RetainUntilDate: until },
            }),
          ));
    },
    keys: async (Bucket, Prefix) => {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
        keys.push(...Contents.map(({ Key = '' }) => Key));
      return keys.sort();
    },
    close: () => client.destroy(),
  };
}

/** An item whose attributes are all strings, as those of a lock are. */
export type StringItem = Readonly<Record<string, string>>;

/** A DynamoDB whose items have nothing but strings; unconditional and strongly consistent. */
export interface DynamodbView {
  /** A table with one key of type string: that of a lock table, `LockID`, unless named. */
  createTable(table: string, options?: { hashKey?: string }): Promise<void>;
  put(table: string, item: StringItem): Promise<void>;
  get(table: string, lockId: string): Promise<StringItem | undefined>;
  delete(table: string, lockId: string): Promise<void>;
  scan(table: string): Promise<StringItem[]>;
  close(): void;
}

export function viewDynamodb(endpoint: string): DynamodbView {
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: ANYBODY });
  const keyOf = (lockId: string) => ({ LockID: { S: lockId } });
  return {
    createTable: async (TableName, { hashKey = 'LockID' } = {}) => {
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: hashKey, KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: hashKey, AttributeType: 'S' }],
        }),
      );
    },
    put: async (TableName, item) => {
      await client.send(new PutItemCommand({ TableName, Item: toAttributes(item) }));
    },
    get: async (TableName, lockId) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: keyOf(lockId), ConsistentRead: true }),
      );
      return Item && fromAttributes(Item);
    },
    delete: async (TableName, lockId) => {
      await client.send(new DeleteItemCommand({ TableName, Key: keyOf(lockId) }));
    },
    scan: async (TableName) => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
      return Items.map(fromAttributes);
    },
    close: () => client.destroy(),
  };
}

function toAttributes(item: StringItem): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, { S: value }]));
}

/** Attributes that are not strings are shown as JSON. */
function fromAttributes(item: Record<string, AttributeValue>): StringItem {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, value.S ?? JSON.stringify(value)]),
  );
}
