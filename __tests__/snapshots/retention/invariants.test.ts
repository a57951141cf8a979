import { describe, expect, test } from '@jest/globals';
import type { SnapshotKind } from '../../../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../../../src/snapshots/catalogue.js';
import { planRetention, type RetentionFacts } from '../../../src/snapshots/retention/plan.js';
import { seededRandom } from '../../../testing/hcl-mutations.js';
import { listedSnapshot, randomMoments, randomRules } from '../../../testing/retention-cases.js';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const CASES = 1000;
const KINDS: readonly SnapshotKind[] = ['doubtful', 'errored', 'pre-restore'];

const random = seededRandom(7);
const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)];

/** A catalogue of one to forty snapshots, most of them verified, and rules. */
function randomFacts(): RetentionFacts {
  const snapshots = randomMoments(random, NOW).map((moment, index) =>
    listedSnapshot(moment, {
      serial: 1000 - index,
      kind: random() < 0.2 ? pick(KINDS) : 'verified',
      storedAt: moment + Math.floor(random() * 9 * 86_400_000),
    }),
  );
  const currentTag = random() < 0.9 ? (pick(snapshots)?.tag ?? '') : 'another';
  return { snapshots, rules: randomRules(random), now: NOW, currentTag };
}

const ALL = Array.from({ length: CASES }, randomFacts);
const keptOf = (facts: RetentionFacts) => planRetention(facts).keep.map(({ snapshot }) => snapshot);

/** Shows the first catalogue that breaks a promise. */
function forAll(isHeld: (facts: RetentionFacts) => boolean): void {
  expect(ALL.find((facts) => !isHeld(facts))).toBeUndefined();
}

const isReal = ({ kind, lastModified }: ListedSnapshot) => kind === 'verified' && lastModified < NOW;

const shuffled = (list: readonly ListedSnapshot[]) =>
  list
    .map((snapshot) => ({ snapshot, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ snapshot }) => snapshot);

describe(`of ${CASES} catalogues`, () => {
  test('most lose snapshots, or the rest of this proves little', () => {
    expect(ALL.filter((facts) => planRetention(facts).remove.length > 0).length).toBeGreaterThan(CASES / 2);
  });

  test('each snapshot is kept, for a reason, or removed', () =>
    forAll((facts) => {
      const { keep, remove } = planRetention(facts);
      const all = new Set([...keep.map(({ snapshot }) => snapshot), ...remove]);
      return (
        keep.length + remove.length === facts.snapshots.length &&
        facts.snapshots.every((snapshot) => all.has(snapshot)) &&
        keep.every(({ reasons }) => reasons.length > 0)
      );
    }));

  test('none loses all, or its newest verified one, or the current one', () =>
    forAll((facts) => {
      const kept = keptOf(facts);
      const newest = Math.max(...facts.snapshots.filter(isReal).map(({ lastModified }) => lastModified));
      const keepsNewest = kept.some((each) => isReal(each) && each.lastModified === newest);
      return (
        kept.length > 0 &&
        (newest === Number.NEGATIVE_INFINITY || keepsNewest) &&
        facts.snapshots.every((each) => each.tag !== facts.currentTag || kept.includes(each))
      );
    }));

  test('the plan is of the set, in whatever order it was listed', () =>
    forAll((facts) => {
      const again = planRetention({ ...facts, snapshots: shuffled(facts.snapshots) });
      return JSON.stringify(again) === JSON.stringify(planRetention(facts));
    }));

  test('one more rule removes nothing that was kept', () =>
    forAll((facts) => {
      const kept = new Set(keptOf({ ...facts, rules: [...facts.rules, ...randomRules(random)] }));
      return keptOf(facts).every((snapshot) => kept.has(snapshot));
    }));

  test('a larger number removes nothing that was kept', () =>
    forAll((facts) => {
      const rules = facts.rules.map((rule) =>
        rule.kind === 'count' && rule.count !== 'unlimited' ? { ...rule, count: rule.count + 1 } : rule,
      );
      const kept = new Set(keptOf({ ...facts, rules }));
      return keptOf(facts).every((snapshot) => kept.has(snapshot));
    }));

  test('once it is done, nothing is left to remove', () =>
    forAll((facts) => planRetention({ ...facts, snapshots: keptOf(facts) }).remove.length === 0));
});
