import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { md5Hex } from '../../src/state/digest.js';
import type { DigestWriter, StateWriter } from '../../src/state/state-writer.js';
import { dynamodbDigestWriter } from '../../src/stores/dynamodb/digest-item.js';
import { s3StateWriter } from '../../src/stores/s3/state-writing.js';
import { dynamodbConnection, newClients, s3Connection } from '../../testing/connections.js';
import { BUCKET, STATE_PATH, startServers, TABLE } from '../../testing/environment.js';
import { type MemoryState, memoryStateWriter } from '../../testing/memory-state.js';
import { stateBody } from '../../testing/test-data.js';

/** A writer, and what is stored where it writes. */
interface WriterUnderTest {
  readonly writer: StateWriter;
  /** Another client writes, on no condition; nothing removes what is there. */
  store(body: Uint8Array | undefined): Promise<string | undefined>;
  storeDigest(digest: string | undefined): Promise<void>;
  stored(): Promise<{ body?: Uint8Array; digest?: string }>;
  close(): Promise<void>;
}

const ID = `${BUCKET}/${STATE_PATH}-md5`;
const OLD = stateBody({ serial: 7 });
const NEW = stateBody({ serial: 8 });

async function inServers(differences: { skipS3Checksum?: boolean } = {}): Promise<WriterUnderTest> {
  const { s3, dynamodb, close } = await startServers();
  const clients = newClients();
  const encryption = { kind: 'bucket-default' } as const;
  const connected = await clients.s3(s3Connection(s3.endpoint, differences));
  const table = await clients.dynamodb(dynamodbConnection(dynamodb.endpoint));
  return {
    writer: {
      ...s3StateWriter(connected, { bucket: BUCKET, path: STATE_PATH, encryption }),
      digest: dynamodbDigestWriter(table, TABLE, ID),
    },
    store: async (body) => {
      if (body) return s3.putObject(BUCKET, STATE_PATH, Buffer.from(body)).etag;
      s3.deleteObject(BUCKET, STATE_PATH);
      return undefined;
    },
    storeDigest: async (digest) =>
      digest === undefined
        ? dynamodb.deleteItem(TABLE, { LockID: ID })
        : dynamodb.putItem(TABLE, { LockID: ID, Digest: digest }),
    stored: async () => ({
      body: s3.getObject(BUCKET, STATE_PATH)?.body,
      digest: (await dynamodb.getItem(TABLE, { LockID: ID }))?.['Digest'],
    }),
    close: async () => {
      clients.destroy();
      await close();
    },
  };
}

async function inMemory(): Promise<WriterUnderTest> {
  const state: MemoryState = {};
  return {
    writer: memoryStateWriter(state),
    store: async (body) => {
      state.body = body;
      return body && `"${md5Hex(body)}"`;
    },
    storeDigest: async (digest) => {
      state.digest = digest;
    },
    stored: async () => state,
    close: async () => {},
  };
}

describe.each([
  ['in memory', inMemory],
  ['in S3 and DynamoDB', () => inServers()],
  ['in a store that wants no new checksums', () => inServers({ skipS3Checksum: true })],
])('a writer of states %s', (_, start) => {
  let place: WriterUnderTest;
  let writer: StateWriter;
  let digest: DigestWriter;

  beforeEach(async () => {
    place = await start();
    ({ writer } = place);
    digest = writer.digest as DigestWriter;
  });
  afterEach(() => place.close());

  test('writes over the version that was read', async () => {
    const etag = await place.store(OLD);
    expect(await writer.put(NEW, etag)).toBe('written');
    expect(Buffer.from((await place.stored()).body ?? [])).toEqual(Buffer.from(NEW));
  });

  test('writes where there is nothing', async () => {
    expect(await writer.put(NEW, undefined)).toBe('written');
    expect(Buffer.from((await place.stored()).body ?? [])).toEqual(Buffer.from(NEW));
  });

  test.each([
    ['another version', OLD, stateBody({ serial: 9 })],
    ['no state any more', OLD, undefined],
    ['a state where there was none', undefined, OLD],
  ])('is refused where there is %s by now', async (__, read, now) => {
    const etag = await place.store(read);
    await place.store(now);
    expect(await writer.put(NEW, etag)).toBe('refused');
    const { body } = await place.stored();
    expect(body && Buffer.from(body)).toEqual(now && Buffer.from(now));
  });

  test('takes what is there for written if it is the same, whoever was refused by it', async () => {
    const etag = await place.store(OLD);
    await place.store(NEW);
    expect(await writer.put(NEW, etag)).toBe('written');
  });

  test('knows an object without a byte, and writes over it', async () => {
    expect(await writer.emptyObject()).toBeUndefined();
    await place.store(OLD);
    expect(await writer.emptyObject()).toBeUndefined();
    await place.store(Buffer.alloc(0));
    const etag = await writer.emptyObject();
    expect(etag).toMatch(/^".+"$/);
    expect(await writer.put(NEW, etag)).toBe('written');
  });

  test('removes the digest that was read, and no other', async () => {
    await place.storeDigest('read');
    expect(await digest.remove('another')).toBe('refused');
    expect(await place.stored()).toMatchObject({ digest: 'read' });
    expect(await digest.remove('read')).toBe('removed');
    expect((await place.stored()).digest).toBeUndefined();
    expect(await digest.remove('read')).toBe('removed');
  });

  test('puts a digest where there is none, or the same, and over no other', async () => {
    const [md5, other] = [md5Hex(NEW), md5Hex(OLD)];
    expect(await digest.put(md5)).toBe('written');
    expect(await digest.put(md5)).toBe('written');
    expect(await place.stored()).toMatchObject({ digest: md5 });
    expect(await digest.put(other)).toBe('refused');
    expect(await place.stored()).toMatchObject({ digest: md5 });
  });

  test('ends when the signal has aborted', async () => {
    const reason = new Error('The job was cancelled.');
    const aborted = AbortSignal.abort(reason);
    await expect(writer.put(NEW, undefined, aborted)).rejects.toBe(reason);
    await expect(writer.emptyObject(aborted)).rejects.toBe(reason);
    await expect(digest.put('x', aborted)).rejects.toBe(reason);
    await expect(digest.remove('x', aborted)).rejects.toBe(reason);
  });
});
