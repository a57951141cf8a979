import type { RetentionRule } from '../../config/settings.js';
import type { ListedSnapshot } from '../catalogue.js';
import { newestFirst } from '../newest.js';
import { keptByRule, newestPast } from './rules.js';

/** What is to become of the snapshots of one state path; both newest first. */
export interface RetentionPlan {
  readonly keep: readonly KeptSnapshot[];
  readonly remove: readonly ListedSnapshot[];
}

export interface KeptSnapshot {
  readonly snapshot: ListedSnapshot;
  /** At least one. */
  readonly reasons: readonly KeepReason[];
}

export type KeepReason =
  /** `asOldest`: its period has a newer one, but the rule asks for more than there is. */
  | { readonly kind: 'rule'; readonly rule: RetentionRule; readonly asOldest: boolean }
  /** Whatever the rules say. `beside`: it is not verified, and a verified one next to it is kept. */
  | { readonly kind: Floor };

export type Floor =
  | 'no-rule'
  | 'no-state'
  | 'newest'
  | 'newest-verified'
  | 'current'
  | 'recent-restore'
  | 'beside';

export interface RetentionFacts {
  /** The whole catalogue of one state path, in any order. One that is listed twice is one. */
  readonly snapshots: readonly ListedSnapshot[];
  /** What any of them keeps is kept. */
  readonly rules: readonly RetentionRule[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** The tag of the version that the state has now; undefined if there is no state. */
  readonly currentTag: string | undefined;
}

interface Claim {
  readonly snapshot: ListedSnapshot;
  readonly reason: KeepReason;
}

/**
 * Decides which snapshots are kept. Depends on nothing but what it is given.
 *
 * The rules count verified snapshots alone. Some are kept whatever the rules say (see {@link Floor}): nothing is removed
 * without a rule or a state, and what is not verified goes only with the verified ones next to it.
 */
export function planRetention(facts: RetentionFacts): RetentionPlan {
  const sorted = eachOnce(facts.snapshots).sort(newestFirst);
  const reasons = new Map<ListedSnapshot, KeepReason[]>(sorted.map((snapshot) => [snapshot, []]));
  const keep = (claims: readonly Claim[]) => {
    for (const { snapshot, reason } of claims) reasons.get(snapshot)?.push(reason);
  };
  const isKept = (snapshot: ListedSnapshot) => reasons.get(snapshot)?.length !== 0;

  keep(claimsOfRules(sorted.filter(isVerified), facts));
  keep(claimsOfFloors(sorted, facts));
  keep(claimsBeside(sorted, isKept));
  return {
    keep: [...reasons].flatMap(([snapshot, own]) => (own.length > 0 ? [{ snapshot, reasons: own }] : [])),
    remove: sorted.filter((snapshot) => !isKept(snapshot)),
  };
}

/**
 * A store that repeats an object in its listing has one object: counted twice, the one would be kept as the newest of its day,
 * and the other removed.
 */
const eachOnce = (snapshots: readonly ListedSnapshot[]): ListedSnapshot[] => [
  ...new Map(snapshots.map((snapshot) => [snapshot.key, snapshot])).values(),
];

const isVerified = ({ kind }: ListedSnapshot) => kind === 'verified';

function claimsOfRules(
  verified: readonly ListedSnapshot[],
  { rules, now }: RetentionFacts,
): readonly Claim[] {
  return rules.flatMap((rule) =>
    keptByRule(rule, verified, now).map(({ snapshot, asOldest }) => ({
      snapshot,
      reason: { kind: 'rule', rule, asOldest } as const,
    })),
  );
}

/** What is kept whatever the rules say, but for what stands beside it. */
function claimsOfFloors(sorted: readonly ListedSnapshot[], facts: RetentionFacts): readonly Claim[] {
  const { rules, now, currentTag } = facts;
  const verified = sorted.filter(isVerified);
  const newest = newestPast(sorted, now);
  const newestVerified = newestPast(verified, now) ?? verified[0];
  const floors: readonly (readonly [Floor, (snapshot: ListedSnapshot) => boolean])[] = [
    ['no-rule', () => rules.length === 0],
    ['no-state', () => currentTag === undefined],
    ['newest', (snapshot) => snapshot === newest],
    ['newest-verified', (snapshot) => snapshot === newestVerified],
    ['current', ({ tag }) => tag === currentTag],
    ['recent-restore', ({ kind, storedAt }) => kind === 'pre-restore' && now - storedAt < WEEK_MS],
  ];
  return floors.flatMap(([kind, applies]) =>
    sorted.filter(applies).map((snapshot) => ({ snapshot, reason: { kind } })),
  );
}

/** The copy from before a restore is the way back from it, however old the state in it is. */
const WEEK_MS = 7 * 86_400_000;

/** What is not verified, and has a verified one next to it that is kept, or none on either side. */
function claimsBeside(
  sorted: readonly ListedSnapshot[],
  isKept: (snapshot: ListedSnapshot) => boolean,
): readonly Claim[] {
  const newer = verifiedBefore(sorted);
  const older = verifiedBefore(sorted.toReversed()).toReversed();
  const staying = sorted.filter((snapshot, index) => {
    const around = [newer[index], older[index]].filter((each) => each !== undefined);
    return !isVerified(snapshot) && (around.length === 0 || around.some(isKept));
  });
  return staying.map((snapshot) => ({ snapshot, reason: { kind: 'beside' } }));
}

/** Of each, the last verified one that stands before it. */
function verifiedBefore(list: readonly ListedSnapshot[]): readonly (ListedSnapshot | undefined)[] {
  let last: ListedSnapshot | undefined;
  return list.map((snapshot) => {
    const before = last;
    if (isVerified(snapshot)) last = snapshot;
    return before;
  });
}
