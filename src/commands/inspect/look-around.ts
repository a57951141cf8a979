import type { InspectionWishes, Places } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import { persistFor } from '../../job/persistence.js';
import type { Report } from '../../job/report.js';
import { type Liveness, statusOfHolder } from '../../lock/liveness.js';
import type { Lock } from '../../lock/lock.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import { type NewestSnapshots, newestSnapshots } from '../../snapshots/newest.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import { readState } from '../../state/read-state.js';
import { explain, reason } from '../../words/explain.js';
import type { Failure } from '../../words/failure.js';
import { compareSnapshots } from './compare-snapshots.js';
import type { ComparisonFinding, Findings, LockFinding, StateFinding } from './findings.js';

/** What looking takes. */
export interface LookParts {
  readonly places: Places;
  readonly wishes: InspectionWishes;
  /** Absent when neither `dynamodb_table` nor `use_lockfile` is set. */
  readonly lock?: Lock;
  readonly openState: () => Promise<StateStores>;
  readonly bucketVersioning: (signal: AbortSignal) => Promise<BucketVersioning>;
  readonly liveness: Liveness;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/** Looks at everything at once: one place that cannot be seen does not hide the others. */
export async function lookAround(
  parts: LookParts,
): Promise<{ findings: Findings; failures: readonly Failure[] }> {
  const failures: Failure[] = [];
  const unlessFailed = async <T>(look: Promise<T>): Promise<T | undefined> => {
    try {
      return await look;
    } catch (error) {
      failures.push(explain(error));
      return undefined;
    }
  };
  const stores = parts.openState();
  const finding = patiently(parts, async (signal) => findState(await stores, parts.clock, signal));
  const [lock, state, snapshots, comparison, versioning] = await Promise.all([
    unlessFailed(findLock(parts)),
    unlessFailed(finding),
    unlessFailed(findSnapshots(parts, stores)),
    unlessFailed(findComparison(parts, stores, finding)),
    findVersioning(parts),
  ]);
  // A bucket or a table that does not exist has no lock either; the state's own look tells that.
  const believed = lock?.kind === 'free' && !state ? undefined : lock;
  return {
    findings: { lock: believed, state, snapshots, comparison, versioning },
    failures: withoutRepetitions(failures),
  };
}

/** Whoever waits for an answer is a person, or a job that holds nothing. */
const PATIENCE_MS = 60_000;

function patiently<T>(
  { clock, random, signal }: LookParts,
  look: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return persistFor(PATIENCE_MS, look, { clock, random, reached: false }, signal);
}

async function findLock(parts: LookParts): Promise<LockFinding> {
  const { lock } = parts;
  if (!lock) return { kind: 'none' };
  const by = await patiently(parts, (signal) => lock.read(signal));
  return by ? { kind: 'held', by, status: await statusOfHolder(by, parts) } : { kind: 'free' };
}

async function findState(
  { state }: StateStores,
  clock: Clock,
  signal: AbortSignal,
): Promise<StateFinding | undefined> {
  const reading = await readState(state, { clock, signal });
  // Only a reader that names a version hears that it is unchanged.
  return reading.kind === 'unchanged' ? undefined : reading;
}

function findSnapshots(parts: LookParts, stores: Promise<StateStores>): Promise<NewestSnapshots> {
  const { snapshots } = parts.wishes;
  const most = snapshots === 'unlimited' ? Number.POSITIVE_INFINITY : snapshots;
  return patiently(parts, async (signal) => newestSnapshots((await stores).catalogue, most, signal));
}

async function findComparison(
  parts: LookParts,
  stores: Promise<StateStores>,
  state: Promise<StateFinding | undefined>,
): Promise<ComparisonFinding | undefined> {
  const { compare } = parts.wishes;
  if (!compare) return undefined;
  return patiently(parts, async (signal) =>
    compareSnapshots(compare, {
      catalogue: (await stores).catalogue,
      state: () => state,
      now: parts.clock.now(),
      signal,
    }),
  );
}

/** Not to know it is no failure: the permission is one that nothing else here needs, and some stores know no versions. */
async function findVersioning(parts: LookParts): Promise<BucketVersioning | undefined> {
  try {
    return await patiently(parts, parts.bucketVersioning);
  } catch (error) {
    parts.report.info(`Whether the bucket is versioned could not be seen: ${reason(error)}`);
    return undefined;
  }
}

/** Bad credentials are bad for every look. */
function withoutRepetitions(failures: readonly Failure[]): readonly Failure[] {
  return [...new Map(failures.map((failure) => [failure.message, failure])).values()];
}
