import { describe, expect, test } from '@jest/globals';
import { type BudgetFacts, postBudget } from '../../../../src/commands/hold/writers/post-budget.js';

const SINCE = Date.parse('2026-11-22T01:15:51Z');
const MINUTE = 60_000;

/** The budget of a post step that begins this long after the first one. */
function budgetAfter(ms: number, facts: Partial<BudgetFacts> = {}) {
  return postBudget({ now: SINCE + ms, since: SINCE, locksHeld: 1, ...facts });
}

describe('waiting for processes ends', () => {
  test.each<[string, number, Partial<BudgetFacts>, number]>([
    ['30 s before the four minutes of all post steps', 0, {}, 210_000],
    ['then too, if this is a later post step', MINUTE, {}, 210_000],
    ['another 30 s earlier for each lock that is still held', 0, { locksHeld: 3 }, 150_000],
    ['at once when only the other locks have time left', 3 * MINUTE, { locksHeld: 3 }, 3 * MINUTE],
    ['before it began when the four minutes are over', 5 * MINUTE, {}, 4 * MINUTE],
    ['after "process_timeout"', 0, { processTimeoutMs: 5_000 }, 5_000],
    ['but not later than without it', 0, { processTimeoutMs: 60 * MINUTE }, 210_000],
    ['after "process_timeout" from the first post step on', 4_000, { processTimeoutMs: 5_000 }, 5_000],
    ['with the release of a lock that nobody has counted', 0, { locksHeld: 0 }, 210_000],
  ])('%s', (_name, ms, facts, until) => expect(budgetAfter(ms, facts).stopUntil - SINCE).toBe(until));
});

describe('the parts of a post step', () => {
  const timesAfter = (ms: number, at: number, facts: Partial<BudgetFacts> = {}) => {
    const { timeFor } = budgetAfter(ms, facts);
    return [
      timeFor('snapshot', SINCE + at),
      timeFor('comparison', SINCE + at),
      timeFor('release', SINCE + at),
    ];
  };

  test.each<[string, number[], number[]]>([
    ['have all that they need when nothing had to be stopped', [0, 0], [180_000, 60_000, 60_000]],
    ['have what is left after the wait, less what comes after them', [0, 150_000], [70_000, 60_000, 60_000]],
    ['leave the last 15 s to the release', [0, 200_000], [20_000, 25_000, 40_000]],
    ['keep time for all of it when the wait took what it could', [0, 210_000], [10_000, 15_000, 30_000]],
    ['have their least when nothing is left', [5 * MINUTE, 5 * MINUTE], [10_000, 5_000, 15_000]],
  ])('%s', (_name, [begin = 0, at = 0], times) => expect(timesAfter(begin, at)).toEqual(times));

  test('of one of 48 locks share what is left, and none is without time', () => {
    expect(timesAfter(0, 0, { locksHeld: 48 })).toEqual([10_000, 5_000, 15_000]);
    expect(timesAfter(47 * 1_000, 47 * 1_000, { locksHeld: 1 })).toEqual([173_000, 60_000, 60_000]);
  });
});
