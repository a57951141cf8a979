import type { CalendarDuration, RetentionRule } from '../src/config/settings.js';
import { snapshotName, versionTag } from '../src/names/snapshot-key.js';
import type { ListedSnapshot } from '../src/snapshots/catalogue.js';

const PREFIX = 'lockkeeper/states/network/terraform.tfstate/';

/** A snapshot of a version that was written at this moment, as a listing shows it. */
export function listedSnapshot(
  lastModified: number,
  { serial = 1, kind = 'verified', storedAt = lastModified }: Partial<ListedSnapshot> = {},
): ListedSnapshot {
  const etag = `"${lastModified}-${serial}"`;
  const key = PREFIX + snapshotName({ etag, lastModified }, serial, kind);
  return { key, kind, serial, lastModified, tag: versionTag(etag), bytes: 1, storedAt };
}

type Random = () => number;

const whole = (random: Random, most: number) => Math.floor(random() * (most + 1));
const oneOf = <T>(random: Random, all: readonly T[]) => all[whole(random, all.length - 1)] as T;

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
/** How far snapshots lie apart: within one period of a rule, about one, or many. */
const GAPS_MS = [0, SECOND_MS, 20 * 60_000, HOUR_MS, 7 * HOUR_MS, 24 * HOUR_MS, 170 * HOUR_MS, 900 * HOUR_MS];

/** Moments of whole seconds, newest first; of some lists, the first are of the future. */
export function randomMoments(random: Random, now: number): readonly number[] {
  const gaps = [oneOf(random, GAPS_MS), oneOf(random, GAPS_MS), oneOf(random, GAPS_MS)];
  const newest = random() < 0.3 ? now + 40 * HOUR_MS : now - 10 * SECOND_MS - whole(random, 9_000 * HOUR_MS);
  let moment = Math.floor(newest / SECOND_MS) * SECOND_MS;
  return Array.from({ length: 1 + whole(random, 40) }, () => {
    moment -= Math.floor((oneOf(random, gaps) * random() * 2) / SECOND_MS) * SECOND_MS;
    return moment;
  });
}

const PER = ['snapshot', 'hour', 'day', 'week', 'month', 'year'] as const;

/** One to four rules, each of another input. */
export function randomRules(random: Random): readonly RetentionRule[] {
  const rules = Array.from({ length: 1 + whole(random, 3) }, () => randomRule(random));
  return rules.filter(
    (rule, index) => rules.findIndex(({ kind, per }) => kind === rule.kind && per === rule.per) === index,
  );
}

function randomRule(random: Random): RetentionRule {
  const per = oneOf(random, PER);
  if (random() < 0.5) return { kind: 'within', per, duration: randomDuration(random) };
  return { kind: 'count', per, count: random() < 0.1 ? 'unlimited' : 1 + whole(random, 12) };
}

function randomDuration(random: Random): CalendarDuration {
  const some = (most: number) => (random() < 0.4 ? whole(random, most) : 0);
  return { years: some(3), months: some(14), days: some(40), hours: 1 + whole(random, 60) };
}
