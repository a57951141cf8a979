import { describe, expect, test } from '@jest/globals';
import { parseInspectPlaces } from '../../src/config/inputs.js';
import type { InspectionWishes } from '../../src/config/settings.js';
import { HOME, inputs } from './environment.js';

const NAME = '20261122T011551Z-0000000007-0123456789ab.tfstate';
const LATEST = { kind: 'latest' };
const CURRENT = { kind: 'current' };

function wishesOf(given: Readonly<Record<string, string>>): InspectionWishes {
  const required = { bucket: 'states', key: 'network/terraform.tfstate', region: 'us-east-1' };
  return parseInspectPlaces(inputs({ ...required, ...given }), { homeDir: HOME }).inspection;
}

test('ten snapshots are shown, and nothing is compared, unless something else is said', () => {
  expect(wishesOf({})).toEqual({ snapshots: 10, compare: undefined });
});

test.each([
  ['1', 1],
  ['250', 250],
  ['unlimited', 'unlimited'],
] as const)('snapshots %s', (text, snapshots) => {
  expect(wishesOf({ snapshots: text }).snapshots).toBe(snapshots);
});

describe('compare', () => {
  test.each([
    ['latest..current', LATEST, CURRENT],
    ['latest .. current', LATEST, CURRENT],
    ['latest\ncurrent', LATEST, CURRENT],
    ['\n  latest\n\n  current\n', LATEST, CURRENT],
    ['serial:41..serial:42', { kind: 'serial', serial: 41 }, { kind: 'serial', serial: 42 }],
    [
      'before:2026-11-22T01:15:00Z..latest-verified',
      { kind: 'before', moment: Date.UTC(2026, 10, 22, 1, 15) },
      { kind: 'latest-verified' },
    ],
    [`lockkeeper/a..b/${NAME}..current`, { kind: 'key', key: `lockkeeper/a..b/${NAME}` }, CURRENT],
    [`current..lockkeeper/a..b/${NAME}`, CURRENT, { kind: 'key', key: `lockkeeper/a..b/${NAME}` }],
    [`a.tfstate..b/${NAME}\nlatest`, { kind: 'key', key: `a.tfstate..b/${NAME}` }, LATEST],
  ])('%j', (text, from, to) => {
    expect(wishesOf({ compare: text }).compare).toEqual({ from, to });
  });

  test.each([
    'latest',
    'latest...current',
    'latest..',
    '..latest',
    'latest..newest',
    'latest\ncurrent\nlatest',
    // Which of the two it is cut at, nobody can tell.
    'a.tfstate..b.tfstate..c.tfstate',
  ])('is not %j', (text) => {
    expect(() => wishesOf({ compare: text })).toThrow(
      `Input "compare" must be two snapshots, as <from>..<to> or on two lines`,
    );
  });
});
