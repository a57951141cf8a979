import { expect, test } from '@jest/globals';
import type { RetentionRule } from '../../src/config/settings.js';
import { planRetention } from '../../src/snapshots/retention/plan.js';
import { planLines } from '../../src/words/retention.js';
import { listedSnapshot } from '../../testing/retention-cases.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const at = (moment: string, parts: Parameters<typeof listedSnapshot>[1] = {}) =>
  listedSnapshot(Date.parse(moment), parts);

/** As in the log, without the tags. */
const linesOf = (facts: Partial<Parameters<typeof planRetention>[0]>) =>
  planLines(planRetention({ snapshots: [], rules: [], now: NOW, currentTag: 'another', ...facts })).map(
    (line) => line.replace(/-0000000001-\w{12}/, ''),
  );

test('a plan is read line by line, newest first, each with its reasons', () => {
  const current = at('2026-10-01T00:00:00Z');
  const rules: RetentionRule[] = [
    { kind: 'count', per: 'snapshot', count: 1 },
    { kind: 'count', per: 'month', count: 'unlimited' },
    { kind: 'within', per: 'day', duration: { years: 0, months: 1, days: 2, hours: 0 } },
  ];
  const snapshots = [
    at('2026-11-22T00:00:00Z'),
    at('2026-11-21T00:00:00Z', { kind: 'doubtful' }),
    at('2026-11-20T00:00:00Z'),
    at('2026-10-02T00:00:00Z'),
    current,
    at('2026-09-15T00:00:00Z', { kind: 'pre-restore', storedAt: NOW }),
    at('2026-01-02T00:00:00Z'),
    at('2026-01-01T12:00:00Z'),
    at('2026-01-01T00:00:00Z'),
  ];
  expect(linesOf({ snapshots, rules, currentTag: current.tag })).toEqual([
    'keep    20261122T000000Z.tfstate: keep_last 1; keep_monthly unlimited; keep_within_daily 1m2d; the newest; the newest verified one',
    'keep    20261121T000000Z.doubtful.tfstate: not verified, beside a verified one that stays',
    'keep    20261120T000000Z.tfstate: keep_within_daily 1m2d',
    'keep    20261002T000000Z.tfstate: keep_monthly unlimited',
    'keep    20261001T000000Z.tfstate: the version that the state has now',
    'keep    20260915T000000Z.pre-restore.tfstate: from before a restore of the last 7 days; not verified, beside a verified one that stays',
    'keep    20260102T000000Z.tfstate: keep_monthly unlimited',
    'remove  20260101T120000Z.tfstate',
    'keep    20260101T000000Z.tfstate: keep_monthly unlimited, as the oldest',
  ]);
});

test('where nothing is to go, the lines say that too', () => {
  const snapshots = [at('2026-01-01T00:00:00Z'), at('2025-01-01T00:00:00Z')];
  expect(linesOf({ snapshots, currentTag: undefined })[1]).toBe(
    'keep    20250101T000000Z.tfstate: nothing says what to keep; there is no state any more',
  );
});
