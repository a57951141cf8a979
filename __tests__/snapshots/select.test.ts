import { describe, expect, test } from '@jest/globals';
import type { SnapshotReference } from '../../src/config/snapshot-reference.js';
import type { SnapshotKind } from '../../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../../src/snapshots/catalogue.js';
import { selectSnapshot } from '../../src/snapshots/select.js';

const PREFIX = 'lockkeeper/states/network/terraform.tfstate/';

/** A snapshot that was written in the given minute. */
function copy(
  minute: number,
  { serial = minute, kind = 'verified', tag = `tag-${minute}` }: Partial<ListedSnapshot> = {},
): ListedSnapshot {
  const lastModified = minute * 60_000;
  const key = `${PREFIX}${minute}-${serial}-${tag}.${kind}.tfstate`;
  return { key, kind, serial, lastModified, tag, bytes: 1, storedAt: 0 };
}

const found = (snapshot: ListedSnapshot) => ({ kind: 'found', snapshot });
const OTHER_KINDS: readonly SnapshotKind[] = ['doubtful', 'errored', 'pre-restore'];

test.each<SnapshotReference>([
  { kind: 'latest' },
  { kind: 'latest-verified' },
  { kind: 'serial', serial: 1 },
  { kind: 'before', moment: 0 },
  { kind: 'key', key: 'x.tfstate' },
])('in an empty catalogue, there is none: %j', (reference) => {
  expect(selectSnapshot([], reference)).toEqual({ kind: 'none', passedOver: [] });
});

describe('latest', () => {
  test('is the newest, whatever the order of the listing', () => {
    expect(selectSnapshot([copy(1), copy(3), copy(2)], { kind: 'latest' })).toEqual(found(copy(3)));
  });
  test('may be doubtful', () => {
    const doubtful = copy(3, { kind: 'doubtful' });
    expect(selectSnapshot([copy(1), doubtful], { kind: 'latest' })).toEqual(found(doubtful));
  });
  test('is the verified copy of a version that has a doubtful one too', () => {
    const both = [copy(3, { kind: 'doubtful' }), copy(3)];
    expect(selectSnapshot(both, { kind: 'latest' })).toEqual(found(copy(3)));
  });
  test.each(['errored', 'pre-restore'] as const)('is never one of the kind %s', (kind) => {
    const newest = copy(3, { kind });
    expect(selectSnapshot([copy(1), newest], { kind: 'latest' })).toEqual(found(copy(1)));
    expect(selectSnapshot([newest], { kind: 'latest' })).toEqual({ kind: 'none', passedOver: [newest] });
  });
});

test.each(OTHER_KINDS)('latest-verified is never one of the kind %s', (kind) => {
  const newest = copy(3, { kind });
  expect(selectSnapshot([copy(1), newest], { kind: 'latest-verified' })).toEqual(found(copy(1)));
  expect(selectSnapshot([newest], { kind: 'latest-verified' })).toEqual({
    kind: 'none',
    passedOver: [newest],
  });
});

describe('before a moment', () => {
  const all = [copy(1), copy(2), copy(4)];
  test.each([
    [120_000, copy(2)],
    [119_999, copy(1)],
    [1e12, copy(4)],
  ])('%d, it is the newest verified one of then or earlier', (moment, expected) => {
    expect(selectSnapshot(all, { kind: 'before', moment })).toEqual(found(expected));
  });
  test.each(OTHER_KINDS)('it is never one of the kind %s', (kind) => {
    const other = copy(2, { kind });
    expect(selectSnapshot([other, copy(3)], { kind: 'before', moment: 150_000 })).toEqual({
      kind: 'none',
      passedOver: [other],
    });
  });
});

describe('a serial', () => {
  const reference = { kind: 'serial', serial: 42 } as const;
  test('is the one that has it', () => {
    expect(selectSnapshot([copy(1), copy(2, { serial: 42 })], reference)).toEqual(
      found(copy(2, { serial: 42 })),
    );
  });
  test('that one content has more than once is the newest of them', () => {
    const same = { serial: 42, tag: 'same' };
    expect(selectSnapshot([copy(1, same), copy(2, same)], reference)).toEqual(found(copy(2, same)));
  });
  test('that different contents have is for a person to choose', () => {
    const [older, newer] = [copy(1, { serial: 42 }), copy(2, { serial: 42 })];
    expect(selectSnapshot([older, newer], reference)).toEqual({ kind: 'several', snapshots: [newer, older] });
  });
  test.each(OTHER_KINDS)('is never one of the kind %s, nor a reason to ask', (kind) => {
    const other = copy(2, { serial: 42, kind });
    expect(selectSnapshot([copy(1, { serial: 42 }), other], reference)).toEqual(
      found(copy(1, { serial: 42 })),
    );
    expect(selectSnapshot([other], reference)).toEqual({ kind: 'none', passedOver: [other] });
  });
});

describe('a key', () => {
  test.each([...OTHER_KINDS, 'verified'] as const)('leads to a copy of any kind: %s', (kind) => {
    const wanted = copy(1, { kind });
    expect(selectSnapshot([copy(2), wanted], { kind: 'key', key: wanted.key })).toEqual(found(wanted));
  });
  test('may be the name alone', () => {
    const key = copy(1).key.slice(PREFIX.length);
    expect(selectSnapshot([copy(2), copy(1)], { kind: 'key', key })).toEqual(found(copy(1)));
  });
  test('that only ends alike is another', () => {
    const key = copy(1).key.slice(PREFIX.length + 1);
    expect(selectSnapshot([copy(1)], { kind: 'key', key })).toEqual({ kind: 'none', passedOver: [] });
  });
});
