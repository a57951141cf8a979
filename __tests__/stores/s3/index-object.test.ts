import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadIndex, saveIndex } from '../../../src/snapshots/index/index-store.js';
import { listCatalogues } from '../../../src/stores/s3/catalogues-listing.js';
import { s3Index } from '../../../src/stores/s3/index-object.js';
import { type Clients, newClients, s3Connection } from '../../../testing/connections.js';
import { type S3Double, startS3Double } from '../../../testing/s3-double/index.js';

const KEY = 'lockkeeper/.index/states.json.gz';
const INDEX = { entries: new Map([['a', { count: 1, bytes: 1 }]]), reconciledAt: 0 };

let server: S3Double;
let clients: Clients;

beforeEach(async () => {
  server = await startS3Double();
  server.createBucket('backups');
  clients = newClients();
});

afterEach(async () => {
  clients.destroy();
  await server.close();
});

async function openIndex(differences: { largest?: number } = {}) {
  const encryption = { kind: 'bucket-default' } as const;
  const s3 = await clients.s3(s3Connection(server.endpoint));
  return s3Index(s3, { bucket: 'backups', key: KEY, encryption, largest: 1_000_000, ...differences });
}

const save = async (replaced: string | undefined) =>
  saveIndex(await openIndex(), { bucket: 'states', index: INDEX, replaced });

describe('an index in S3', () => {
  test('is not there at first, and then what was written', async () => {
    expect(await loadIndex(await openIndex(), 'states')).toEqual({});
    const written = await save(undefined);
    expect(await loadIndex(await openIndex(), 'states')).toEqual({ index: INDEX, ...(written as object) });
  });

  test('is replaced by whoever has read it', async () => {
    await save(undefined);
    const { version } = await loadIndex(await openIndex(), 'states');
    expect(await save(version)).toMatchObject({ version: expect.any(String) });
  });

  test.each<[string, string | undefined]>([
    ['did not see it', undefined],
    ['saw another', '"0123"'],
  ])('is not replaced by whoever %s', async (_, replaced) => {
    await save(undefined);
    const before = server.getObject('backups', KEY);
    expect(await save(replaced)).toBe('refused');
    expect(server.getObject('backups', KEY)).toEqual(before);
  });

  test('that is gone is not written by whoever has read it', async () => {
    expect(await save('"0123"')).toBe('refused');
    expect(server.listKeys('backups')).toEqual([]);
  });

  test('that nobody can read is replaced all the same', async () => {
    server.putObject('backups', KEY, 'rubbish');
    const { index, version } = await loadIndex(await openIndex(), 'states');
    expect(index).toBeUndefined();
    expect(await save(version)).not.toBe('refused');
  });

  test('that is too large is not read', async () => {
    server.putObject('backups', KEY, 'x'.repeat(2_000));
    const found = await loadIndex(await openIndex({ largest: 1_000 }), 'states');
    expect(found).toEqual({ version: server.getObject('backups', KEY)?.etag });
  });
});

test('the catalogues of a bucket are listed from one state path to another, and nothing else that lies there', async () => {
  const name = '20260101T000000Z-0000000001-0123456789ab.tfstate';
  const paths = ['a', 'a/b', 'c', 'd\u{1f600}', 'd\uffff'];
  for (const path of paths) server.putObject('backups', `lockkeeper/states/${path}/${name}`, 'x');
  for (const other of [
    `lockkeeper/states/${name}`,
    `lockkeeper/states2/a/${name}`,
    'lockkeeper/states/a/notes',
  ])
    server.putObject('backups', other, 'x');
  const s3 = await clients.s3(s3Connection(server.endpoint));
  const folder = { bucket: 'backups', backupPrefix: 'lockkeeper/', statesBucket: 'states' };
  const listed = async (range: { after?: string; upTo?: string }) => {
    const found: string[] = [];
    for await (const { statePath } of listCatalogues(s3, folder, range)) found.push(statePath);
    return found;
  };
  // By their bytes in UTF-8, U+FFFF is before the smiling face.
  expect(await listed({})).toEqual(['a', 'a/b', 'c', 'd\uffff', 'd\u{1f600}']);
  expect(await listed({ after: 'b', upTo: 'd' })).toEqual(['c']);
  expect(await listed({ upTo: 'd\u{1f600}' })).toEqual(['a', 'a/b', 'c', 'd\uffff']);
});
