import { describe, expect, test } from '@jest/globals';
import { formatSnapshotReference, snapshotReference } from '../../src/config/snapshot-reference.js';

const MOMENT = Date.UTC(2026, 10, 22, 1, 15, 0);
const NAME = '20261122T011551Z-0000000007-0123456789ab';

describe('a reference to a snapshot', () => {
  test.each([
    ['latest', { kind: 'latest' }],
    ['latest-verified', { kind: 'latest-verified' }],
    ['serial:42', { kind: 'serial', serial: 42 }],
    ['serial:0', { kind: 'serial', serial: 0 }],
    ['before:2026-11-22T01:15:00Z', { kind: 'before', moment: MOMENT }],
    ['before:2026-11-22t01:15:00z', { kind: 'before', moment: MOMENT }],
    ['before:2026-11-22T03:45:00+02:30', { kind: 'before', moment: MOMENT }],
    ['before:2026-11-22T01:15:00.250Z', { kind: 'before', moment: MOMENT + 250 }],
    [`${NAME}.tfstate`, { kind: 'key', key: `${NAME}.tfstate` }],
    [`lockkeeper/states/a b/${NAME}.tfstate`, { kind: 'key', key: `lockkeeper/states/a b/${NAME}.tfstate` }],
    [`lockkeeper/${NAME}.errored.tfstate`, { kind: 'key', key: `lockkeeper/${NAME}.errored.tfstate` }],
  ])('%s', (text, value) => {
    expect(snapshotReference(text)).toEqual({ value });
  });

  test.each([
    '',
    'Latest',
    'newest',
    'current',
    '42',
    'serial:',
    'serial:-1',
    'serial:1.5',
    'serial:9007199254740992',
    'before:yesterday',
    'before:2026-11-22',
    'before:2026-11-22T01:15Z',
    'before:2026-11-22T01:15:00',
    'before:2026-11-22 01:15:00Z',
    'before:2026-02-30T00:00:00Z',
    'before:2026-13-01T00:00:00Z',
    'before:2026-11-22T25:00:00Z',
    '/lockkeeper/a.tfstate',
    'lockkeeper/a.json',
    'a\nb.tfstate',
    '.tfstate',
  ])('is not %j', (text) => {
    expect(snapshotReference(text)).toEqual({ expected: expect.stringContaining('latest-verified') });
  });

  test.each([
    'latest',
    'latest-verified',
    'serial:42',
    'before:2026-11-22T01:15:00Z',
    'before:2026-11-22T01:15:00.250Z',
    `${NAME}.tfstate`,
  ])('%s is written as it is read', (text) => {
    const read = snapshotReference(text);
    expect('value' in read && formatSnapshotReference(read.value)).toBe(text);
  });
});
