import { isSameBucket, sameStore } from '../config/placement.js';
import type { BucketPlaces, LockKind } from '../config/settings.js';
import { systemClock } from '../job/clock.js';
import { bothLocks } from '../lock/both.js';
import type { Lock } from '../lock/lock.js';
import { digestId } from '../names/digest-id.js';
import { drillFolder, drillsFolder } from '../names/drill-place.js';
import { lockPlace } from '../names/lock-place.js';
import { cataloguePrefix, indexKey } from '../names/snapshot-key.js';
import type { StateStores } from '../snapshots/catalogue.js';
import type { CataloguedSnapshot } from '../snapshots/index/catalogue-index.js';
import { LARGEST_PACKED } from '../snapshots/index/index-format.js';
import type { IndexStore } from '../snapshots/index/index-store.js';
import type { KeyRange } from '../snapshots/index/reconcile.js';
import type { Scratch } from '../snapshots/verification/scratch.js';
import type { BucketVersioning } from '../state/bucket-versioning.js';
import type { ListedState } from '../state/listed-state.js';
import type { StateSource } from '../state/state-source.js';
import type { StateWriter } from '../state/state-writer.js';
import { type ConnectedDynamodb, type ConnectedS3, connectDynamodb, connectS3 } from './aws/clients.js';
import type { Identity } from './aws/identity.js';
import type { Roots } from './aws/request-handler.js';

/** What the settings lead to. Each connection is opened when it is first needed, and shared by all states. */
export interface Stores {
  /**
   * @param around What is put around each of the lock's records, of which there may be two.
   * @returns undefined if no lock is configured
   */
  openLock(statePath: string, around: (record: Lock) => Lock): Promise<Lock | undefined>;
  /** Terraform's own lock, whatever the scope of the job's is. */
  openTerraformLock(statePath: string): Promise<Lock | undefined>;
  openState(statePath: string): Promise<StateStores>;
  openStateWriter(statePath: string): Promise<StateWriter>;
  /** Everything in the states' bucket that may be a state, in the order of paths; snapshots are left out. */
  listStates(signal?: AbortSignal): AsyncIterable<ListedState>;
  /** Opens the connection to the state's store, where the lock is asked for elsewhere. Its errors are for nobody. */
  approachState(statePath: string, signal: AbortSignal): Promise<void>;
  /**
   * Terraform's digests of states, by their paths; none where no table is configured.
   *
   * @param statePaths All different, a hundred at most.
   */
  readDigests(statePaths: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** Of the bucket that has the states. */
  bucketVersioning(signal?: AbortSignal): Promise<BucketVersioning>;
  /** The index of the catalogues of all states of the bucket. */
  openIndex(): Promise<IndexStore>;
  /** The snapshots of all states of the bucket, in the order of their keys. */
  listCatalogues(range: KeyRange, signal?: AbortSignal): AsyncIterable<CataloguedSnapshot>;
  /** Where one drill restores snapshots for trial. */
  openScratch(drillId: string): Promise<Scratch>;
}

/** Nothing is loaded or connected here: start-up is most of a step's time. */
export function openStores(settings: BucketPlaces, identity: Identity, roots?: Roots): Stores {
  const connections = connectionsTo(settings, identity, roots);
  return {
    openLock: (statePath, around) => openLock(settings, connections, { statePath, around }),
    openTerraformLock: (statePath) => {
      const scope = { kind: 'state', terraformLockFlag: false } as const;
      const own = { ...settings, locking: { ...settings.locking, scope } };
      return openLock(own, connections, { statePath, around: (record) => record });
    },
    openState: async (statePath) => ({
      state: await openSource(settings, connections, statePath),
      catalogue: await openCatalogue(settings, connections, statePath),
    }),
    openStateWriter: (statePath) => openWriter(settings, connections, statePath),
    async *listStates(signal) {
      const { listStates } = await import('./s3/state-listing.js');
      const { backend, backup } = settings;
      const without = isSameBucket(backup, backend) ? backup.prefix : undefined;
      yield* listStates(await connections.stateS3(), { bucket: backend.bucket, without }, signal);
    },
    approachState: async (path, signal) => {
      if (settings.locking.lock.kind !== 'dynamodb') return;
      const { approachStateObject } = await import('./s3/state-object.js');
      const { bucket, encryption } = settings.backend;
      await approachStateObject(await connections.stateS3(), { bucket, path, encryption }, signal);
    },
    readDigests: (statePaths, signal) => readStateDigests(settings, connections, { statePaths, signal }),
    bucketVersioning: async (signal) => {
      const { readBucketVersioning } = await import('./s3/bucket-versioning.js');
      return readBucketVersioning(await connections.stateS3(), settings.backend.bucket, signal);
    },
    openIndex: () => openIndex(settings, connections),
    async *listCatalogues(range, signal) {
      const { listCatalogues } = await import('./s3/catalogues-listing.js');
      const { bucket, prefix: backupPrefix } = settings.backup;
      const folder = { bucket, backupPrefix, statesBucket: settings.backend.bucket };
      yield* listCatalogues(await connections.backupS3(), folder, { ...range, signal });
    },
    openScratch: (drillId) => openScratch(settings, connections, drillId),
  };
}

interface Connections {
  readonly identity: Identity;
  readonly stateS3: () => Promise<ConnectedS3>;
  readonly backupS3: () => Promise<ConnectedS3>;
  readonly dynamodb: () => Promise<ConnectedDynamodb>;
}

/** The backups' S3 is the state's, but for its region, its endpoint and who asks. */
function connectionsTo(
  { backend, backup, reach }: BucketPlaces,
  identity: Identity,
  roots?: Roots,
): Connections {
  const { region, maxAttempts, s3Endpoint, dynamodbEndpoint, usePathStyle, skipS3Checksum } = backend;
  const common = { region, maxAttempts, identity, reach, roots };
  const s3 = { ...common, usePathStyle, skipS3Checksum, endpoint: s3Endpoint };
  const stateS3 = once(() => connectS3(s3));
  const { forBackups } = identity;
  const together = !forBackups && backup.region === region && sameStore(backup.s3Endpoint, s3Endpoint);
  const backups = {
    ...s3,
    region: backup.region,
    endpoint: backup.s3Endpoint,
    identity: forBackups ?? identity,
  };
  return {
    identity,
    stateS3,
    backupS3: together ? stateS3 : once(() => connectS3(backups)),
    dynamodb: once(() => connectDynamodb({ ...common, endpoint: dynamodbEndpoint })),
  };
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => {
    opened ??= open();
    return opened;
  };
}

async function openLock(
  settings: BucketPlaces,
  connections: Connections,
  { statePath, around }: { readonly statePath: string; readonly around: (record: Lock) => Lock },
): Promise<Lock | undefined> {
  const { lock } = settings.locking;
  const lockfile = async () => around(await openLockfile(settings, connections, statePath));
  const item = async (table: string) =>
    around(await openLockItem(settings, connections, { statePath, table }));
  switch (lock.kind) {
    case 'none':
      return undefined;
    case 'dynamodb':
      return item(lock.table);
    case 'lockfile':
      return lockfile();
    case 'both':
      return bothLocks(
        await lockfile(),
        await item(lock.table),
        () => connections.identity.isAnother?.() ?? false,
      );
  }
}

async function openLockItem(
  { backend, locking }: BucketPlaces,
  { dynamodb }: Connections,
  { statePath, table }: { readonly statePath: string; readonly table: string },
): Promise<Lock> {
  const { dynamodbLock } = await import('./dynamodb/lock-item.js');
  const { path } = lockPlace({ bucket: backend.bucket, statePath }, locking.scope.kind);
  return dynamodbLock(await dynamodb(), table, path);
}

async function openLockfile(
  { backend, locking }: BucketPlaces,
  { stateS3 }: Connections,
  statePath: string,
): Promise<Lock> {
  const { s3Lock } = await import('./s3/lockfile.js');
  const { bucket, encryption, acl, lockTags: tags, s3Endpoint } = backend;
  const { path, lockfileKey } = lockPlace({ bucket, statePath }, locking.scope.kind);
  const conditionalWrites = s3Endpoint ? 'unproven' : 'known';
  const lockfile = { bucket, key: lockfileKey, path, encryption, acl, tags, conditionalWrites } as const;
  return s3Lock(await stateS3(), lockfile);
}

async function openSource(
  { backend, locking }: BucketPlaces,
  { stateS3, dynamodb }: Connections,
  path: string,
): Promise<StateSource> {
  const { s3StateReader } = await import('./s3/state-object.js');
  const { bucket, encryption } = backend;
  const get = s3StateReader(await stateS3(), { bucket, path, encryption });
  const table = tableOf(locking.lock);
  // Only a table has Terraform's digest.
  if (table === undefined) return { bucket, path, get, digest: async () => undefined };
  const { dynamodbDigestReader } = await import('./dynamodb/digest-item.js');
  return { bucket, path, get, digest: dynamodbDigestReader(await dynamodb(), table, digestId(bucket, path)) };
}

async function readStateDigests(
  { backend: { bucket }, locking }: BucketPlaces,
  { dynamodb }: Connections,
  {
    statePaths,
    signal,
  }: { readonly statePaths: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<ReadonlyMap<string, string>> {
  const table = tableOf(locking.lock);
  if (table === undefined) return new Map();
  const { readDigests } = await import('./dynamodb/digest-items.js');
  const pathOf = new Map(statePaths.map((path) => [digestId(bucket, path), path]));
  const items = { table, ids: [...pathOf.keys()], clock: systemClock };
  const digests = await readDigests(await dynamodb(), items, signal);
  return new Map([...digests].map(([id, digest]) => [pathOf.get(id) ?? id, digest]));
}

async function openWriter(
  { backend, locking }: BucketPlaces,
  { stateS3, dynamodb }: Connections,
  path: string,
): Promise<StateWriter> {
  const { s3StateWriter } = await import('./s3/state-writing.js');
  const { bucket, encryption, acl, stateTags: tags } = backend;
  const object = s3StateWriter(await stateS3(), { bucket, path, encryption, acl, tags });
  const table = tableOf(locking.lock);
  if (table === undefined) return object;
  const { dynamodbDigestWriter } = await import('./dynamodb/digest-item.js');
  return { ...object, digest: dynamodbDigestWriter(await dynamodb(), table, digestId(bucket, path)) };
}

function tableOf(lock: LockKind): string | undefined {
  switch (lock.kind) {
    case 'dynamodb':
    case 'both':
      return lock.table;
    case 'lockfile':
    case 'none':
      return undefined;
  }
}

async function openCatalogue(
  { backend, backup }: BucketPlaces,
  { backupS3 }: Connections,
  statePath: string,
) {
  const { s3Catalogue } = await import('./s3/snapshot-objects.js');
  const { bucket, encryption, acl } = backend;
  const { kmsKeyId, objectLock, storageClass, tags } = backup;
  return s3Catalogue(await backupS3(), {
    ...{ bucket: backup.bucket, prefix: cataloguePrefix(backup.prefix, bucket, statePath) },
    ...{ encryption, kmsKeyId, acl, objectLock, storageClass, tags },
  });
}

/** It tells of paths and times alone, and is encrypted as what else is written there. */
async function openIndex({ backend, backup }: BucketPlaces, { backupS3 }: Connections): Promise<IndexStore> {
  const { s3Index } = await import('./s3/index-object.js');
  const { kmsKeyId } = backup;
  return s3Index(await backupS3(), {
    bucket: backup.bucket,
    key: indexKey(backup.prefix, backend.bucket),
    encryption: kmsKeyId ? { kind: 'kms', keyId: kmsKeyId } : backend.encryption,
    acl: backend.acl,
    largest: LARGEST_PACKED,
  });
}

/** In the states' bucket, where a restore would write too. */
async function openScratch(
  settings: BucketPlaces,
  connections: Connections,
  drillId: string,
): Promise<Scratch> {
  const { scratchAt } = await import('./scratch.js');
  const { prefix } = settings.backup;
  return scratchAt(
    {
      backend: settings.backend,
      drills: drillsFolder(prefix),
      folder: drillFolder(prefix, drillId),
      table: tableOf(settings.locking.lock),
    },
    { ...connections, openSource: (path) => openSource(settings, connections, path) },
  );
}
