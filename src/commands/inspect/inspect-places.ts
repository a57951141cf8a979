import type { Places } from '../../config/settings.js';
import type { Clock } from '../../job/clock.js';
import { persistFor } from '../../job/persistence.js';
import type { Report } from '../../job/report.js';
import type { Runner } from '../../job/runner.js';
import { type Liveness, statusOfHolder } from '../../lock/liveness.js';
import type { Lock } from '../../lock/lock.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import { newestSnapshots } from '../../snapshots/newest.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import { readState } from '../../state/read-state.js';
import { warnOfDoubts } from '../../words/doubtful-state.js';
import { explain, reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import { warnOfVersioning } from '../../words/versioning.js';
import type { Findings, Inspection, LockFinding, StateFinding } from './findings.js';
import { inspectionBlocks } from './inspection-blocks.js';
import { inspectionJson } from './inspection-json.js';
import { inspectionRows, snapshotFacts } from './inspection-rows.js';
import { lockOutlook } from './lock-outlook.js';

/** What the step works with. */
export interface InspectParts {
  readonly places: Places;
  /** Absent when neither `dynamodb_table` nor `use_lockfile` is set. */
  readonly lock?: Lock;
  readonly openState: () => Promise<StateStores>;
  readonly bucketVersioning: (signal: AbortSignal) => Promise<BucketVersioning>;
  readonly liveness: Liveness;
  /** Of this job's run: a link to the same site is a link to GitHub. */
  readonly runUrl: string;
  readonly runner: Pick<Runner, 'setOutput'>;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborts when the job is cancelled. */
  readonly signal: AbortSignal;
}

/**
 * Tells how a state stands: who holds its lock, what is in it, which snapshots there are. Changes nothing. A lock that is
 * held is no failure; what cannot be looked at is one, once all else is told.
 *
 * @throws AggregateError of all that could not be looked at, each a Failure
 */
export async function inspectPlaces(parts: InspectParts): Promise<void> {
  const { places, runUrl, runner, report, clock, signal } = parts;
  const { findings, failures } = await lookAround(parts);
  if (signal.aborted) {
    throw new Failure('Cancelled', 'The job was cancelled before all was looked at.', {
      cause: signal.reason,
    });
  }
  const inspection = { places, runUrl, findings, problems: failures.map(({ message }) => message) };
  tellLog(report, inspection, clock.now());
  warnOfDoubts(report, findings.state?.doubts ?? []);
  warnOfVersioning(report, places.backend.bucket, findings.versioning);
  await report.summary(inspectionBlocks(inspection, clock.now()));
  const all = [...failures, ...handOn(runner, inspection)];
  if (all.length > 0) throw new AggregateError(all);
}

/** On a full disk nothing can be handed on. It is the last that is told, and does not hide what was found. */
function handOn(runner: InspectParts['runner'], inspection: Inspection): readonly Failure[] {
  try {
    runner.setOutput('report', inspectionJson(inspection));
    return [];
  } catch (error) {
    return [explain(error)];
  }
}

function tellLog(report: Report, inspection: Inspection, now: number): void {
  const { lock, snapshots } = inspection.findings;
  const { newest } = snapshots ?? { newest: [] };
  for (const { name, value } of inspectionRows(inspection, now)) report.info(`${name}: ${value}`);
  for (const snapshot of newest) {
    const { serial, written, size, name } = snapshotFacts(snapshot, now);
    report.info(`  serial ${serial}, written ${written}, ${size}: ${name}`);
  }
  if (lock?.kind !== 'held') return;
  const { sentences, commands } = lockOutlook(inspection.places, lock);
  for (const line of [sentences, ...commands]) report.info(line);
}

/** Looks at everything at once: one place that cannot be seen does not hide the others. */
async function lookAround(
  parts: InspectParts,
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
  const [lock, state, snapshots, versioning] = await Promise.all([
    unlessFailed(findLock(parts)),
    unlessFailed(patiently(parts, async (signal) => findState(await stores, parts.clock, signal))),
    unlessFailed(patiently(parts, async (signal) => newestSnapshots((await stores).catalogue, MOST, signal))),
    findVersioning(parts),
  ]);
  // A bucket or a table that does not exist has no lock either; the state's own look tells that.
  const believed = lock?.kind === 'free' && !state ? undefined : lock;
  return {
    findings: { lock: believed, state, snapshots, versioning },
    failures: withoutRepetitions(failures),
  };
}

/** So many snapshots fit on a screen. */
const MOST = 10;

/** Whoever waits for an answer is a person, or a job that holds nothing. */
const PATIENCE_MS = 60_000;

function patiently<T>(
  { clock, random, signal }: InspectParts,
  look: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return persistFor(PATIENCE_MS, look, { clock, random, reached: false }, signal);
}

async function findLock(parts: InspectParts): Promise<LockFinding> {
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

/** Not to know it is no failure: the permission is one that nothing else here needs, and some stores know no versions. */
async function findVersioning(parts: InspectParts): Promise<BucketVersioning | undefined> {
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
