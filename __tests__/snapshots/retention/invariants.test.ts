import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CalendarDuration, RetentionRule } from '../../../src/config/settings.js';
import type { ListedSnapshot } from '../../../src/snapshots/catalogue.js';
import { planRetention, type RetentionFacts } from '../../../src/snapshots/retention/plan.js';
import { listedSnapshot } from '../../../testing/retention-cases.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Within one period of a rule, about one, or many. */
const gap = fc.oneof(
  fc.integer({ min: 0, max: 90 * MINUTE_MS }),
  fc.integer({ min: 0, max: 3 * DAY_MS }),
  fc.integer({ min: 0, max: 90 * DAY_MS }),
);
const kind = fc.oneof(
  { weight: 4, arbitrary: fc.constant('verified' as const) },
  { weight: 1, arbitrary: fc.constantFrom('doubtful', 'errored', 'pre-restore') },
);
const taken = fc.record({ gap, kind, storedAfter: fc.integer({ min: 0, max: 9 * DAY_MS }) });
/** Newest first; the first of some are of the future. */
const snapshots = fc
  .tuple(fc.integer({ min: -40 * DAY_MS, max: 2 * DAY_MS }), fc.array(taken, { minLength: 1, maxLength: 40 }))
  .map(([newest, all]) => {
    let moment = NOW + newest;
    return all.map((each, index) => {
      moment = Math.floor((moment - each.gap) / 1000) * 1000;
      const storedAt = moment + each.storedAfter;
      return listedSnapshot(moment, { serial: 1000 - index, kind: each.kind, storedAt });
    });
  });

const duration: fc.Arbitrary<CalendarDuration> = fc.record({
  years: fc.integer({ min: 0, max: 2 }),
  months: fc.integer({ min: 0, max: 14 }),
  days: fc.integer({ min: 0, max: 40 }),
  hours: fc.integer({ min: 1, max: 60 }),
});
const per = fc.constantFrom('snapshot', 'hour', 'day', 'week', 'month', 'year');
const count = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant('unlimited' as const));
const rule: fc.Arbitrary<RetentionRule> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), per, count }),
  fc.record({ kind: fc.constant('within' as const), per, duration }),
);
const rules = fc.uniqueArray(rule, {
  minLength: 1,
  maxLength: 4,
  selector: (each) => `${each.kind} ${each.per}`,
});
const facts: fc.Arbitrary<RetentionFacts> = fc.tuple(snapshots, rules, fc.nat()).map(([all, given, at]) => ({
  snapshots: all,
  rules: given,
  now: NOW,
  // Sometimes that of a version without a snapshot.
  currentTag: all[at % (all.length + 1)]?.tag ?? 'another',
}));

const keptOf = (given: RetentionFacts) => planRetention(given).keep.map(({ snapshot }) => snapshot);
const isReal = ({ kind: of, lastModified }: ListedSnapshot) => of === 'verified' && lastModified < NOW;

const RUNS = { numRuns: 1000 };
/** Shows the smallest catalogue that breaks a promise. */
const forAll = (isHeld: (given: RetentionFacts) => boolean) => fc.assert(fc.property(facts, isHeld), RUNS);

describe('of any catalogue', () => {
  test('most lose snapshots, or the rest of this proves little', () => {
    const losing = fc
      .sample(facts, { ...RUNS, seed: 7 })
      .filter((given) => planRetention(given).remove.length > 0);
    expect(losing.length).toBeGreaterThan(RUNS.numRuns / 3);
  });

  test('each snapshot is kept, for a reason, or removed', () =>
    forAll((given) => {
      const { keep, remove } = planRetention(given);
      const all = new Set([...keep.map(({ snapshot }) => snapshot), ...remove]);
      return (
        keep.length + remove.length === given.snapshots.length &&
        given.snapshots.every((snapshot) => all.has(snapshot)) &&
        keep.every(({ reasons }) => reasons.length > 0)
      );
    }));

  test('none loses all, or its newest verified one, or the current one', () =>
    forAll((given) => {
      const kept = keptOf(given);
      const newest = Math.max(...given.snapshots.filter(isReal).map(({ lastModified }) => lastModified));
      const keepsNewest = kept.some((each) => isReal(each) && each.lastModified === newest);
      return (
        kept.length > 0 &&
        (newest === Number.NEGATIVE_INFINITY || keepsNewest) &&
        given.snapshots.every((each) => each.tag !== given.currentTag || kept.includes(each))
      );
    }));

  test('the plan is of the set, in whatever order it was listed', () =>
    fc.assert(
      fc.property(
        facts.chain((given) =>
          fc.tuple(
            fc.constant(given),
            fc.shuffledSubarray([...given.snapshots], { minLength: given.snapshots.length }),
          ),
        ),
        ([given, shuffled]) =>
          JSON.stringify(planRetention({ ...given, snapshots: shuffled })) ===
          JSON.stringify(planRetention(given)),
      ),
      RUNS,
    ));

  test('more rules remove nothing that was kept', () =>
    fc.assert(
      fc.property(facts, rules, (given, more) => {
        const kept = new Set(keptOf({ ...given, rules: [...given.rules, ...more] }));
        return keptOf(given).every((snapshot) => kept.has(snapshot));
      }),
      RUNS,
    ));

  test('a larger number removes nothing that was kept', () =>
    forAll((given) => {
      const larger = given.rules.map((each) =>
        each.kind === 'count' && each.count !== 'unlimited' ? { ...each, count: each.count + 1 } : each,
      );
      const kept = new Set(keptOf({ ...given, rules: larger }));
      return keptOf(given).every((snapshot) => kept.has(snapshot));
    }));

  test('once it is done, nothing is left to remove', () =>
    forAll((given) => planRetention({ ...given, snapshots: keptOf(given) }).remove.length === 0));
});
