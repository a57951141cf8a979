import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { CatalogueIndex } from '../../../src/snapshots/index/catalogue-index.js';
import { packIndex, unpackIndex } from '../../../src/snapshots/index/index-format.js';
import { BUCKET } from '../../../testing/test-data.js';

const [OLDER, NEWER] = [
  { lastModified: Date.parse('2026-11-21T00:00:00Z'), tag: '0123456789ab' },
  { lastModified: Date.parse('2026-11-22T01:15:51Z'), tag: 'ba9876543210' },
];

const INDEX: CatalogueIndex = {
  entries: new Map([
    ['a/terraform.tfstate', { newest: NEWER, verified: OLDER, count: 2, bytes: 40_000 }],
    ['b/terraform.tfstate', { newest: NEWER, verified: NEWER, count: 1, bytes: 20_000 }],
    ['copies of another kind.tfstate', { count: 3, bytes: 0 }],
    ['__proto__', { newest: OLDER, count: 1, bytes: 1 }],
  ]),
  retentionHash: 'f'.repeat(64),
  reconciledAt: Date.parse('2026-11-20T03:04:05.678Z'),
  comparedUpTo: 'a/terraform.tfstate',
};

const textOf = async (index: CatalogueIndex) => gunzipSync(await packIndex(BUCKET, index)).toString('utf8');

describe('an index', () => {
  test('comes back as it was written', async () => {
    expect(await unpackIndex(BUCKET, await packIndex(BUCKET, INDEX))).toEqual(INDEX);
  });

  test('of nothing does too', async () => {
    const empty = { entries: new Map(), reconciledAt: 0 };
    expect(await unpackIndex(BUCKET, await packIndex(BUCKET, empty))).toEqual(empty);
  });

  test('is the same bytes, whatever the order of its entries', async () => {
    const turned = { ...INDEX, entries: new Map([...INDEX.entries].reverse()) };
    expect(await packIndex(BUCKET, turned)).toEqual(await packIndex(BUCKET, INDEX));
  });

  test('of 100,000 states is packed to less than 4 MB', async () => {
    const entries = Array.from({ length: 100_000 }, (_, number) => {
      const tag = Math.imul(number + 1, 0x9e3779b1)
        .toString(16)
        .replace('-', '')
        .padStart(12, '0');
      const mark = { lastModified: OLDER.lastModified + number * 1_000, tag };
      const path = `teams/team-${number % 97}/service-${number}/terraform.tfstate`;
      return [path, { newest: mark, verified: mark, count: 100, bytes: 2_000_000 + number }] as const;
    });
    const packed = await packIndex(BUCKET, { ...INDEX, entries: new Map(entries) });
    expect(packed.length).toBeLessThan(4_000_000);
    expect((await unpackIndex(BUCKET, packed))?.entries.size).toBe(100_000);
  });
});

describe('is taken for none', () => {
  test('where its bytes break off, or are no gzip', async () => {
    const packed = await packIndex(BUCKET, INDEX);
    expect(await unpackIndex(BUCKET, packed.subarray(0, packed.length - 9))).toBeUndefined();
    expect(await unpackIndex(BUCKET, Buffer.from('{}'))).toBeUndefined();
    expect(await unpackIndex(BUCKET, new Uint8Array())).toBeUndefined();
  });

  test('where it is of another bucket', async () => {
    expect(await unpackIndex('another', await packIndex(BUCKET, INDEX))).toBeUndefined();
  });

  test('where it unpacks to more than any index has', async () => {
    const bomb = gzipSync(Buffer.alloc(130 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await unpackIndex(BUCKET, bomb)).toBeUndefined();
  });

  const ROW = ['a.tfstate', 1, '0123456789ab', 1, '0123456789ab', 1, 1];
  const GOOD = { version: 1, bucket: BUCKET, reconciled: '2026-11-20T03:04:05Z', states: [ROW] };
  const row = (at: number, value: unknown) => ({ ...GOOD, states: [ROW.with(at, value as never)] });

  const unpack = (value: unknown) => unpackIndex(BUCKET, gzipSync(JSON.stringify(value)));

  test('not where all is well, which the cases below start from', async () => {
    expect((await unpack(GOOD))?.entries.size).toBe(1);
  });

  test.each<[string, unknown]>([
    ['is no object', null],
    ['is a list', [GOOD]],
    ['is of another version', { ...GOOD, version: 2 }],
    ['has no version', { ...GOOD, version: undefined }],
    ['has no states', { ...GOOD, states: undefined }],
    ['has states by name', { ...GOOD, states: { 'a.tfstate': ROW } }],
    ['has no time', { ...GOOD, reconciled: undefined }],
    ['has a time that is none', { ...GOOD, reconciled: '2026-13-20T03:04:05Z' }],
    ['has a policy that is no hash', { ...GOOD, retention: 'daily' }],
    ['was compared up to a number', { ...GOOD, compared: 7 }],
    ['has a row that is none', { ...GOOD, states: ['a.tfstate'] }],
    ['has a row that is too long', { ...GOOD, states: [[...ROW, 1]] }],
    ['has a state twice', { ...GOOD, states: [ROW, ROW] }],
    ['has a state without a path', row(0, '')],
    ['has a path that is a number', row(0, 7)],
    ['has half a version', row(1, null)],
    ['has a version before 1970', row(1, -1)],
    ['has a version at no moment', row(1, 1e15)],
    ['has a version at a text', row(1, '1')],
    ['has a tag that is none', row(2, '0123456789AB')],
    ['has a verified version after the newest', row(3, 2)],
    [
      'has a verified version and no newest',
      { ...GOOD, states: [ROW.with(1, null as never).with(2, null as never)] },
    ],
    ['counts no snapshots', row(5, 0)],
    ['counts half a snapshot', row(5, 1.5)],
    ['counts fewer bytes than none', row(6, -1)],
  ])('where it %s', async (_, value) => {
    expect(await unpack(value)).toBeUndefined();
  });

  test('where it is no JSON', async () => {
    const text = await textOf(INDEX);
    expect(await unpackIndex(BUCKET, gzipSync(text.slice(1)))).toBeUndefined();
  });
});
