import type { LockableUnderTest, ObjectsUnderTest } from '../__tests__/contracts/catalogue-contract.js';
import type { LockUnderTest } from '../__tests__/contracts/lock-contract.js';
import type { DigestUnderTest, StateObjectUnderTest } from '../__tests__/contracts/state-writer-contract.js';
import type { AccessKey } from '../src/config/settings.js';
import { bothLocks } from '../src/lock/both.js';
import { digestId } from '../src/names/digest-id.js';
import { cataloguePrefix } from '../src/names/snapshot-key.js';
import { identityFrom } from '../src/stores/aws/identities/identity-from.js';
import { dynamodbDigestWriter } from '../src/stores/dynamodb/digest-item.js';
import { dynamodbLock } from '../src/stores/dynamodb/lock-item.js';
import { s3Lock } from '../src/stores/s3/lockfile.js';
import { s3Catalogue } from '../src/stores/s3/snapshot-objects.js';
import { s3StateWriter } from '../src/stores/s3/state-writing.js';
import { dynamodbConnection, newClients, s3Connection } from './connections.js';
import type { ServerProcess } from './server-process.js';
import { ANYBODY, viewDynamodb, viewS3 } from './server-view.js';
import { testSurroundings } from './surroundings.js';
import { BUCKET, LOCK_PATH, STATE_PATH } from './test-data.js';

/** Puts what the contracts test into a server of its own, which is closed with it. */

const TABLE = 'locks';
const LOCKFILE = `${STATE_PATH}.tflock`;

/** @param vanished What such a server leaves to be seen; DynamoDB says in the refusal itself who holds the lock. */
export async function lockInDynamodb(
  server: ServerProcess,
  vanished: LockUnderTest['vanished'] = 'told',
): Promise<LockUnderTest> {
  const view = viewDynamodb(server.endpoint);
  await view.createTable(TABLE);
  const clients = newClients();
  return {
    open: async ({ beforeLook } = {}) => {
      const dynamodb = await clients.dynamodb(dynamodbConnection(server.endpoint));
      dynamodb.client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === 'GetItemCommand') await beforeLook?.();
            return next(args);
          },
        { step: 'initialize' },
      );
      return dynamodbLock(dynamodb, TABLE, LOCK_PATH);
    },
    writeForeign: (text) =>
      text === undefined ? view.delete(TABLE, LOCK_PATH) : view.put(TABLE, { LockID: LOCK_PATH, Info: text }),
    readRaw: async () => (await view.get(TABLE, LOCK_PATH))?.['Info'],
    vanished,
    close: async () => {
      clients.destroy();
      view.close();
      await server.close();
    },
  };
}

/** Unless told otherwise, of a server at an endpoint of its own, which has to prove its conditional writes. */
export async function lockInS3(
  server: ServerProcess,
  { credentials = ANYBODY, conditionalWrites = 'unproven' as 'known' | 'unproven' } = {},
): Promise<LockUnderTest> {
  const view = viewS3(server.endpoint, credentials);
  await view.createBucket(BUCKET);
  const clients = newClients();
  return {
    open: async ({ beforeLook } = {}) => {
      const s3 = await clients.s3(connectionFor(server, credentials));
      s3.client.middlewareStack.add(
        (next, { commandName }) =>
          async (args) => {
            if (commandName === 'GetObjectCommand') await beforeLook?.();
            return next(args);
          },
        { step: 'initialize' },
      );
      return s3Lock(s3, {
        bucket: BUCKET,
        key: LOCKFILE,
        path: LOCK_PATH,
        encryption: { kind: 'bucket-default' },
        conditionalWrites,
      });
    },
    writeForeign: (text) =>
      text === undefined ? view.delete(BUCKET, LOCKFILE) : view.put(BUCKET, LOCKFILE, text),
    readRaw: async () => (await view.get(BUCKET, LOCKFILE))?.body.toString(),
    vanished: conditionalWrites === 'unproven' ? 'acquired' : 'lost-race',
    close: async () => {
      clients.destroy();
      view.close();
      await server.close();
    },
  };
}

/** A lockfile and an item, in a server that is S3 and DynamoDB. */
export async function bothLocksIn(server: ServerProcess): Promise<LockUnderTest> {
  const s3 = await lockInS3({ ...server, close: async () => {} });
  return bothOf(s3, await lockInDynamodb(server));
}

/** A lockfile and an item as one lock. */
export function bothOf(s3: LockUnderTest, dynamodb: LockUnderTest): LockUnderTest {
  return {
    open: async (options) => bothLocks(await s3.open(options), await dynamodb.open()),
    writeForeign: async (text) => {
      await s3.writeForeign(text);
      await dynamodb.writeForeign(text);
    },
    readRaw: async () => {
      const [one, two] = [await s3.readRaw(), await dynamodb.readRaw()];
      if (one !== two) throw new Error(`The records are of two locks: ${one} and ${two}`);
      return one;
    },
    vanished: s3.vanished,
    close: async () => {
      await s3.close();
      await dynamodb.close();
    },
  };
}

export async function catalogueInS3(
  server: ServerProcess,
  credentials = ANYBODY,
  bucket: { readonly objectLock?: boolean } = {},
): Promise<ObjectsUnderTest & LockableUnderTest> {
  const view = viewS3(server.endpoint, credentials);
  await view.createBucket(BUCKET, bucket);
  const clients = newClients();
  return {
    open: async (statePath = STATE_PATH) =>
      s3Catalogue(await clients.s3(connectionFor(server, credentials)), {
        bucket: BUCKET,
        prefix: cataloguePrefix('lockkeeper/', 'states', statePath),
        encryption: { kind: 'bucket-default' },
      }),
    inspect: (key) => view.get(BUCKET, key),
    metadataOf: async (key) => (await view.get(BUCKET, key))?.metadata ?? {},
    lock: (key, until) => view.lock(BUCKET, key, until),
    close: async () => {
      clients.destroy();
      view.close();
      await server.close();
    },
  };
}

/** A state's object, in a bucket without versions. */
export async function stateInS3(
  server: ServerProcess,
  { credentials = ANYBODY, skipS3Checksum = false } = {},
): Promise<StateObjectUnderTest> {
  const view = viewS3(server.endpoint, credentials);
  await view.createBucket(BUCKET);
  const clients = newClients();
  const connection = { ...connectionFor(server, credentials), skipS3Checksum };
  const stored = () => view.get(BUCKET, STATE_PATH);
  return {
    writer: s3StateWriter(await clients.s3(connection), {
      bucket: BUCKET,
      path: STATE_PATH,
      encryption: { kind: 'bucket-default' },
    }),
    store: async (body) => {
      await (body ? view.put(BUCKET, STATE_PATH, body) : view.delete(BUCKET, STATE_PATH));
      return (await stored())?.etag;
    },
    stored: async () => (await stored())?.body,
    close: async () => {
      clients.destroy();
      view.close();
      await server.close();
    },
  };
}

export async function digestInDynamodb(server: ServerProcess): Promise<DigestUnderTest> {
  const view = viewDynamodb(server.endpoint);
  await view.createTable(TABLE);
  const clients = newClients();
  const id = digestId(BUCKET, STATE_PATH);
  return {
    digest: dynamodbDigestWriter(await clients.dynamodb(dynamodbConnection(server.endpoint)), TABLE, id),
    store: (digest) =>
      digest === undefined ? view.delete(TABLE, id) : view.put(TABLE, { LockID: id, Digest: digest }),
    stored: async () => (await view.get(TABLE, id))?.['Digest'],
    close: async () => {
      clients.destroy();
      view.close();
      await server.close();
    },
  };
}

function connectionFor({ endpoint }: ServerProcess, credentials: AccessKey) {
  return s3Connection(endpoint, {
    identity: identityFrom({ kind: 'keys', ...credentials }, testSurroundings()),
  });
}
