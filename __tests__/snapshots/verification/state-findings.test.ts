import { expect, test } from '@jest/globals';
import { versionTag } from '../../../src/names/snapshot-key.js';
import { stateDoubts } from '../../../src/snapshots/verification/state-findings.js';
import { listed } from './listed.js';

const HOUR_MS = 3_600_000;
const { lastModified, ...snapshot } = listed(0, 7);
const saved = { ...snapshot, lastModified, tag: versionTag('"e"') };
const state = { etag: '"e"', lastModified: lastModified + 250 };
const later = { snapshots: [saved], now: lastModified + 2 * HOUR_MS };

test.each([
  ['its version is saved', state, later, []],
  ['the ETag comes without quotes', { ...state, etag: 'e' }, later, []],
  ['another version is saved', { ...state, etag: '"f"' }, later, ['unsaved']],
  [
    'the same content was written again later',
    { ...state, lastModified: lastModified + 5_000 },
    later,
    ['unsaved'],
  ],
  ['a listing without ETags does not tell', { ...state, etag: '' }, later, []],
  ['there is none', state, { ...later, snapshots: [] }, ['no-snapshot']],
  ['none is verified', state, { ...later, snapshots: [listed(0, 7, 'doubtful')] }, ['no-snapshot']],
  [
    'only a doubtful one is of this version',
    state,
    { ...later, snapshots: [listed(-1, 6), { ...saved, kind: 'doubtful' as const }] },
    ['unsaved'],
  ],
  ['the first job may still go on', state, { snapshots: [], now: lastModified + HOUR_MS / 2 }, ['unsaved']],
])('%s', (_, of, surroundings, kinds) => {
  expect(stateDoubts(of, surroundings).map(({ kind }) => kind)).toEqual(kinds);
});
