import { formatLockInfo } from '../../src/lock/lock-info.js';
import type { ProxiedRequest } from '../../testing/fault-proxy.js';
import type { InteropServers } from '../../testing/interop-servers.js';
import type { BackendPlace, LockKind } from '../../testing/terraform.js';
import { theirInfo } from '../../testing/test-data.js';

/** The IDs in the records of a lock, by where they are; nothing where there is none. */
export interface LockIds {
  readonly item?: string;
  readonly lockfile?: string;
}

/** @param path of the state, or what else is locked; the place's own key unless given. */
export async function lockIds(
  { s3, dynamodb }: InteropServers,
  { bucket, table, key }: BackendPlace,
  path = key,
): Promise<LockIds> {
  const item = await dynamodb.get(table, `${bucket}/${path}`);
  const object = await s3.get(bucket, `${path}.tflock`);
  const idIn = (text: string): string => JSON.parse(text).ID;
  return {
    ...(item?.['Info'] && { item: idIn(item['Info']) }),
    ...(object && { lockfile: idIn(object.body.toString()) }),
  };
}

/** Puts the records there that a person's client would write, of every kind, under `THEIR_ID`. */
export async function holdByOther(
  { s3, dynamodb }: InteropServers,
  { bucket, table }: BackendPlace,
  path: string,
): Promise<void> {
  const info = formatLockInfo(theirInfo({ Path: `${bucket}/${path}` }));
  await dynamodb.put(table, { LockID: `${bucket}/${path}`, Info: info });
  await s3.put(bucket, `${path}.tflock`, info);
}

export async function clearLock(
  { s3, dynamodb }: InteropServers,
  { bucket, table }: BackendPlace,
  path: string,
): Promise<void> {
  await dynamodb.delete(table, `${bucket}/${path}`);
  await s3.delete(bucket, `${path}.tflock`);
}

/** The records that a lock of this kind has. */
export function idsOf(kind: LockKind, id: string | undefined): LockIds {
  return {
    ...(kind !== 'lockfile' && { item: id }),
    ...(kind !== 'dynamodb' && { lockfile: id }),
  } as LockIds;
}

/** Whether a client asks for the lock of this path. Terraform writes its digest under another id. */
export function asksForLock({ bucket, key }: BackendPlace, path = key): (request: ProxiedRequest) => boolean {
  return ({ method, url, operation, body }) => {
    if (operation !== undefined) {
      return operation === 'PutItem' && body.includes(`"LockID":{"S":"${bucket}/${path}"}`);
    }
    return method === 'PUT' && decodeURIComponent(url).split('?')[0] === `/${bucket}/${path}.tflock`;
  };
}

/** Terraform and OpenTofu say who they are; the action's own requests are by the SDK for JavaScript. */
export function isByClient({ headers }: ProxiedRequest): boolean {
  return /Terraform|OpenTofu/i.test(headers['user-agent'] ?? '');
}
