import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { cataloguePrefix, snapshotName } from '../../src/names/snapshot-key.js';

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
    expect(snapshotName(version, serial)).toBe(name);
  });

  test('the tag is the beginning of the SHA-256 of the ETag', () => {
    const tag = createHash('sha256').update('an-etag').digest('hex').slice(0, 12);
    expect(snapshotName({ etag: 'an-etag', lastModified: NOON }, 1)).toContain(`-${tag}.tfstate`);
  });
});

test('an ETag without its quotes, as some stores list it, is the same version', () => {
  const named = (etag: string) => snapshotName({ etag, lastModified: NOON }, 1);
  expect(named('abc-2')).toBe(named('"abc-2"'));
});

test('two versions of one second and one serial have two names', () => {
  const named = (etag: string) => snapshotName({ etag, lastModified: NOON }, 1);
  expect(named('"a"')).not.toBe(named('"b"'));
});

test('names sort by time, and within a second by serial', () => {
  const names = [
    snapshotName({ etag: 'a', lastModified: NOON }, 9),
    snapshotName({ etag: 'b', lastModified: NOON }, 10),
    snapshotName({ etag: 'c', lastModified: NOON + 1_000 }, 3),
    snapshotName({ etag: 'd', lastModified: Date.parse('2027-01-01T00:00:00Z') }, 1),
  ];
  expect([...names].reverse().sort()).toEqual(names);
});

test('fractions of a second are cut: a listing has none', () => {
  const named = (lastModified: number) => snapshotName({ etag: 'a', lastModified }, 1);
  expect(named(NOON + 999)).toBe(named(NOON));
});
