import type { Stores } from '../commands/hold/stores.js';
import { sameStore } from '../config/placement.js';
import type { LockKind, Settings } from '../config/settings.js';
import { bothLocks } from '../lock/both.js';
import type { Lock } from '../lock/lock.js';
import { digestId } from '../names/digest-id.js';
import { lockPlace } from '../names/lock-place.js';
import { cataloguePrefix } from '../names/snapshot-key.js';
import type { StateSource } from '../state/state-source.js';
import { type Connection, connectDynamodb, connectS3, type S3Connection } from './aws/clients.js';
import type { Identity } from './aws/identity.js';

/** The adapters that the settings ask for. Each is loaded when it is needed, since start-up is most of a step's time. */
export interface OpenBackend {
  readonly lock?: Lock;
  readonly openStores: () => Promise<Stores>;
}

export async function openBackend(settings: Settings, identity: Identity): Promise<OpenBackend> {
  const lock = await openLock(settings, identity);
  let stores: Promise<Stores> | undefined;
  return {
    lock,
    openStores: () => {
      stores ??= openStores(settings, identity);
      return stores;
    },
  };
}

async function openLock(settings: Settings, identity: Identity): Promise<Lock | undefined> {
  const { kind } = settings.locking;
  switch (kind.kind) {
    case 'none':
      return undefined;
    case 'dynamodb':
      return openDynamodbLock(settings, identity, kind.table);
    case 'lockfile':
      return openLockfile(settings, identity);
    case 'both':
      return bothLocks(
        await openLockfile(settings, identity),
        await openDynamodbLock(settings, identity, kind.table),
      );
  }
}

async function openDynamodbLock(settings: Settings, identity: Identity, table: string): Promise<Lock> {
  const { dynamodbLock } = await import('./dynamodb/lock-item.js');
  const { path } = lockPlace(settings.backend, settings.locking.scope);
  return dynamodbLock(await connectDynamodb(dynamodbConnection(settings, identity)), table, path);
}

async function openLockfile(settings: Settings, identity: Identity): Promise<Lock> {
  const { backend, locking } = settings;
  const { s3Lock } = await import('./s3/lockfile.js');
  const { bucket, encryption, acl, s3Endpoint } = backend;
  const { path, lockfileKey } = lockPlace(backend, locking.scope);
  return s3Lock(await connectS3(stateConnection(settings, identity)), {
    bucket,
    key: lockfileKey,
    path,
    encryption,
    conditionalWrites: s3Endpoint ? 'unproven' : 'known',
    acl,
  });
}

async function openStores(settings: Settings, identity: Identity): Promise<Stores> {
  const { backend, backup } = settings;
  const { s3StateReader } = await import('./s3/state-object.js');
  const { s3Catalogue } = await import('./s3/snapshot-objects.js');
  const { bucket, statePath, encryption, acl } = backend;
  const stateS3 = await connectS3(stateConnection(settings, identity));
  const sameConnection = backup.region === backend.region && sameStore(backup.s3Endpoint, backend.s3Endpoint);
  const backupS3 = sameConnection ? stateS3 : await connectS3(backupConnection(settings, identity));
  return {
    state: {
      bucket,
      path: statePath,
      get: s3StateReader(stateS3, { bucket, path: statePath, encryption }),
      digest: await openDigest(settings, identity),
    },
    catalogue: s3Catalogue(backupS3, {
      bucket: backup.bucket,
      prefix: cataloguePrefix(backup.prefix, bucket, statePath),
      encryption,
      kmsKeyId: backup.kmsKeyId,
      acl,
    }),
  };
}

/** Only a table has Terraform's digest; without one there is nothing to check the state against. */
async function openDigest(settings: Settings, identity: Identity): Promise<StateSource['digest']> {
  const { backend, locking } = settings;
  const table = tableOf(locking.kind);
  if (table === undefined) return async () => undefined;
  const { dynamodbDigestReader } = await import('./dynamodb/digest-item.js');
  const dynamodb = await connectDynamodb(dynamodbConnection(settings, identity));
  return dynamodbDigestReader(dynamodb, table, digestId(backend.bucket, backend.statePath));
}

function tableOf(kind: LockKind): string | undefined {
  switch (kind.kind) {
    case 'dynamodb':
    case 'both':
      return kind.table;
    case 'lockfile':
    case 'none':
      return undefined;
  }
}

function stateConnection({ backend, proxies }: Settings, identity: Identity): S3Connection {
  const { region, s3Endpoint, usePathStyle, maxRetries, skipS3Checksum } = backend;
  return {
    region,
    usePathStyle,
    maxRetries,
    skipS3Checksum,
    identity,
    proxies,
    endpoint: s3Endpoint,
  };
}

function dynamodbConnection({ backend, proxies }: Settings, identity: Identity): Connection {
  const { region, dynamodbEndpoint, maxRetries } = backend;
  return { region, maxRetries, identity, proxies, endpoint: dynamodbEndpoint };
}

/** The backups' S3 is the state's, but for its region and its endpoint. */
function backupConnection(settings: Settings, identity: Identity): S3Connection {
  const { region, s3Endpoint } = settings.backup;
  return stateConnection({ ...settings, backend: { ...settings.backend, region, s3Endpoint } }, identity);
}
