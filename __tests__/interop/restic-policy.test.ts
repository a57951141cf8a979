import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { formatCalendarDuration } from '../../src/config/retention.js';
import type { RetentionRule } from '../../src/config/settings.js';
import { newestFirst } from '../../src/snapshots/newest.js';
import { keptByRule } from '../../src/snapshots/retention/rules.js';
import { seededRandom } from '../../testing/hcl-mutations.js';
import { describeWithTools } from '../../testing/interop-tools.js';
import { type ResticPolicy, startResticPolicy } from '../../testing/restic-policy.js';
import { listedSnapshot, randomMoments, randomRules } from '../../testing/retention-cases.js';

const CASES = 5000;

describeWithTools('the rules are those of restic', ['restic_policy'], () => {
  let restic: ResticPolicy;
  beforeAll(() => {
    restic = startResticPolicy();
  });
  afterAll(() => restic.close());

  test(`which keeps the same of ${CASES} lists, for the same reasons`, async () => {
    const random = seededRandom(20_261_122);
    const now = Date.now();
    let removed = 0;
    for (let number = 1; number <= CASES; number++) {
      const moments = randomMoments(random, now);
      const rules = randomRules(random);
      const { keep, reasons } = await restic.ask(moments, rules);
      const theirs = { keep, reasons: reasons.map((each) => [...each].sort()) };
      const ours = keptOf(moments, rules, now);
      expect({ number, moments, rules, ...ours }).toEqual({ number, moments, rules, ...theirs });
      removed += moments.length - theirs.keep.length;
    }
    expect(removed).toBeGreaterThan(CASES);
  });
});

/** In restic's terms. The moments are newest first, and may be there more than once. */
function keptOf(moments: readonly number[], rules: readonly RetentionRule[], now: number) {
  const sorted = moments.map((moment, index) => listedSnapshot(moment, { serial: 1000 - index }));
  expect([...sorted].sort(newestFirst)).toEqual(sorted);
  const kept = rules.flatMap((rule) => keptByRule(rule, sorted, now).map((each) => ({ ...each, rule })));
  const why = sorted.map((snapshot) => kept.filter((each) => each.snapshot === snapshot).map(wordsOf));
  const keep = why.flatMap((reasons, index) => (reasons.length > 0 ? [index] : []));
  return { keep, reasons: keep.map((index) => why[index]?.sort()) };
}

const ADJECTIVES = { hour: 'hourly', day: 'daily', week: 'weekly', month: 'monthly', year: 'yearly' };

function wordsOf({ rule, asOldest }: { readonly rule: RetentionRule; readonly asOldest: boolean }): string {
  const oldest = asOldest ? 'oldest ' : '';
  if (rule.kind === 'count')
    return `${oldest}${rule.per === 'snapshot' ? 'last' : ADJECTIVES[rule.per]} snapshot`;
  const span = formatCalendarDuration(rule.duration);
  return rule.per === 'snapshot' ? `within ${span}` : `${oldest}${ADJECTIVES[rule.per]} within ${span}`;
}
