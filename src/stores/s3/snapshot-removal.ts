import { createHash } from 'node:crypto';
import {
  DeleteObjectsCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import type { Removal } from '../../snapshots/catalogue.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { isNoSuchKey, isNotImplemented, isWithoutObjectLock } from '../aws/s3-answers.js';
import { refusalIn, send } from '../aws/send.js';

/** Where the objects to remove are. */
export interface RemovalPlace {
  readonly bucket: string;
  /** Of all of them. */
  readonly prefix: string;
}

/**
 * Removes objects, but for those that Object Lock holds: a delete would succeed, and only hide them.
 *
 * @param now Milliseconds since the Unix epoch.
 * @throws BackendError also where it cannot be seen whether there are locks; then nothing was removed.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export async function removeObjects(
  s3: ConnectedS3,
  place: RemovalPlace,
  keys: readonly string[],
  { now, signal }: { readonly now: number; readonly signal?: AbortSignal },
): Promise<readonly Removal[]> {
  const locks = (await hasObjectLock(s3, place, signal))
    ? await inGroups(keys, ASKED_AT_ONCE, (group) =>
        Promise.all(group.map(async (key) => ({ key, lock: await lockOf(s3, place, { key, now, signal }) }))),
      )
    : keys.map((key) => ({ key, lock: undefined }));
  const free = locks.flatMap(({ key, lock }) => (lock ? [] : [key]));
  const locked = locks.flatMap(({ key, lock }) => (lock ? [{ kind: 'locked', key, ...lock } as const] : []));
  const removed = await inGroups(free, DELETED_AT_ONCE, (group) => deleteObjects(s3, place, group, signal));
  return [...locked, ...removed];
}

const ASKED_AT_ONCE = 16;
/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const DELETED_AT_ONCE = 1000;

/** One group after the other. */
async function inGroups<In, Out>(
  all: readonly In[],
  size: number,
  work: (group: readonly In[]) => Promise<readonly Out[]>,
): Promise<readonly Out[]> {
  const done: Out[] = [];
  for (let at = 0; at < all.length; at += size) done.push(...(await work(all.slice(at, at + size))));
  return done;
}

/** A store that does not know Object Lock has none. */
async function hasObjectLock(
  s3: ConnectedS3,
  { bucket }: RemovalPlace,
  signal?: AbortSignal,
): Promise<boolean> {
  const expected = (error: unknown) =>
    isWithoutObjectLock(error) || isNotImplemented(error) ? ('none' as const) : undefined;
  const asked = { action: 's3:GetBucketObjectLockConfiguration', container: bucket, signal, expected };
  const command = new GetObjectLockConfigurationCommand({ Bucket: bucket });
  const answer = await send(s3, asked, (client, options) => client.send(command, options));
  return answer !== 'none' && answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
}

interface ObjectLock {
  /** Milliseconds since the Unix epoch; absent for a legal hold, which has no end. */
  readonly until?: number;
}

/** @returns undefined for an object that may be removed now, or that is gone */
async function lockOf(
  s3: ConnectedS3,
  { bucket }: RemovalPlace,
  { key, now, signal }: { readonly key: string; readonly now: number; readonly signal?: AbortSignal },
): Promise<ObjectLock | undefined> {
  const expected = (error: unknown) =>
    isWithoutObjectLock(error) || isNoSuchKey(error) ? ('none' as const) : undefined;
  const asked = (action: string) => ({ action, container: bucket, key, signal, expected });
  const object = { Bucket: bucket, Key: key };
  const [retention, hold] = await Promise.all([
    send(s3, asked('s3:GetObjectRetention'), (client, options) =>
      client.send(new GetObjectRetentionCommand(object), options),
    ),
    send(s3, asked('s3:GetObjectLegalHold'), (client, options) =>
      client.send(new GetObjectLegalHoldCommand(object), options),
    ),
  ]);
  if (hold !== 'none' && hold.LegalHold?.Status === 'ON') return {};
  const until = retention === 'none' ? undefined : retention.Retention?.RetainUntilDate?.getTime();
  return until !== undefined && until > now ? { until } : undefined;
}

/** The answer is 200 whatever became of each; being quiet, it lists those alone that are still there. */
async function deleteObjects(
  s3: ConnectedS3,
  { bucket, prefix }: RemovalPlace,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Removal[]> {
  const asked = { action: 's3:DeleteObject', container: bucket, key: `${prefix}*`, signal };
  const Objects = keys.map((Key) => ({ Key }));
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } });
  if (s3.connection.skipS3Checksum) addMd5(command);
  const { Errors = [] } = await send(s3, asked, (client, options) => client.send(command, options));
  const errors = new Map(Errors.map((error) => [error.Key, error]));
  return keys.map((key) => {
    const error = errors.get(key);
    if (!error) return { kind: 'removed', key };
    const refusal = { name: error.Code ?? 'Unknown', message: error.Message ?? '' };
    return { kind: 'refused', key, error: refusalIn(s3, asked, refusal) };
  });
}

/** The one request that must have a checksum. A store that does not know the newer ones wants this. */
function addMd5(command: DeleteObjectsCommand): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string; headers: Record<string, string> };
      request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64');
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
}
