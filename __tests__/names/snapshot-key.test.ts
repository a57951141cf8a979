import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  cataloguePrefix,
  LONGEST_NAME_BYTES,
  parseSnapshotKey,
  snapshotName,
} from '../../src/names/snapshot-key.js';

const NOON = Date.parse('2026-11-22T12:00:00Z');

test('a catalogue lies below the backup prefix, by bucket and state path', () => {
  expect(cataloguePrefix('lockkeeper/', 'states', 'env:/prod/network.tfstate')).toBe(
    'lockkeeper/states/env:/prod/network.tfstate/',
  );
});

describe('the name of a snapshot is <stamp>-<serial>-<tag>.tfstate', () => {
  test.each<[string, { etag: string; lastModified: number }, number | undefined, string]>([
    [
      'with the serial in ten digits',
      { etag: '"d41d8cd98f00b204e9800998ecf8427e"', lastModified: Date.parse('2026-11-22T01:15:51Z') },
      42,
      '20261122T011551Z-0000000042-f215faf9d88b.tfstate',
    ],
    [
      'with zeros for a serial that is not known',
      { etag: '"d41d8cd98f00b204e9800998ecf8427e"', lastModified: Date.parse('2026-11-22T01:15:51Z') },
      undefined,
      '20261122T011551Z-0000000000-f215faf9d88b.tfstate',
    ],
    [
      'with a serial of more digits in full',
      { etag: '"x-2"', lastModified: 0 },
      Number.MAX_SAFE_INTEGER,
      '19700101T000000Z-9007199254740991-e6f1a76bd1a2.tfstate',
    ],
  ])('%s', (_, version, serial, name) => {
    expect(snapshotName(version, serial, 'verified')).toBe(name);
  });

  test('the tag is the beginning of the SHA-256 of the ETag', () => {
    const tag = createHash('sha256').update('an-etag').digest('hex').slice(0, 12);
    expect(snapshotName({ etag: 'an-etag', lastModified: NOON }, 1, 'verified')).toContain(`-${tag}.tfstate`);
  });
});

test('an ETag without its quotes, as some stores list it, is the same version', () => {
  const named = (etag: string) => snapshotName({ etag, lastModified: NOON }, 1, 'verified');
  expect(named('abc-2')).toBe(named('"abc-2"'));
});

test('two versions of one second and one serial have two names', () => {
  const named = (etag: string) => snapshotName({ etag, lastModified: NOON }, 1, 'verified');
  expect(named('"a"')).not.toBe(named('"b"'));
});

test('names sort by time, and within a second by serial', () => {
  const names = [
    snapshotName({ etag: 'a', lastModified: NOON }, 9, 'verified'),
    snapshotName({ etag: 'b', lastModified: NOON }, 10, 'verified'),
    snapshotName({ etag: 'c', lastModified: NOON + 1_000 }, 3, 'verified'),
    snapshotName({ etag: 'd', lastModified: Date.parse('2027-01-01T00:00:00Z') }, 1, 'verified'),
  ];
  expect([...names].reverse().sort()).toEqual(names);
});

test('fractions of a second are cut: a listing has none', () => {
  const named = (lastModified: number) => snapshotName({ etag: 'a', lastModified }, 1, 'verified');
  expect(named(NOON + 999)).toBe(named(NOON));
});

describe('a copy that may not pass for the state says so in its name', () => {
  const version = { etag: 'a', lastModified: NOON };
  const PREFIX = 'lockkeeper/states/network.tfstate/';

  test.each([
    ['verified', '20261122T120000Z-0000000007-ca978112ca1b.tfstate'],
    ['doubtful', '20261122T120000Z-0000000007-ca978112ca1b.doubtful.tfstate'],
    ['errored', '20261122T120000Z-0000000007-ca978112ca1b.errored.tfstate'],
    ['pre-restore', '20261122T120000Z-0000000007-ca978112ca1b.pre-restore.tfstate'],
  ] as const)('%s', (kind, name) => {
    expect(snapshotName(version, 7, kind)).toBe(name);
    expect(parseSnapshotKey(PREFIX + name, PREFIX)).toEqual({
      kind,
      lastModified: NOON,
      serial: 7,
      tag: 'ca978112ca1b',
    });
  });

  test('and the longest of them is what keys must have room for', () => {
    const longest = snapshotName(version, Number.MAX_SAFE_INTEGER, 'pre-restore');
    expect(Buffer.byteLength(longest)).toBe(LONGEST_NAME_BYTES);
  });

  test.each([
    [
      'another state’s snapshot, which the prefix lists too',
      `${PREFIX}b/20261122T120000Z-0000000007-ca978112ca1b.tfstate`,
    ],
    ['one of another catalogue', 'other/20261122T120000Z-0000000007-ca978112ca1b.tfstate'],
    ['a kind that nobody knows', `${PREFIX}20261122T120000Z-0000000007-ca978112ca1b.old.tfstate`],
    ['a day that is none', `${PREFIX}20261340T120000Z-0000000007-ca978112ca1b.tfstate`],
    ['a serial too short', `${PREFIX}20261122T120000Z-7-ca978112ca1b.tfstate`],
    ['a copy with a suffix', `${PREFIX}20261122T120000Z-0000000007-ca978112ca1b.tfstate.bak`],
    ['the folder itself', PREFIX],
  ])('%s is no snapshot of this state', (_, key) => {
    expect(parseSnapshotKey(key, PREFIX)).toBeUndefined();
  });
});
