import type { Settings } from '../../config/settings.js';
import { type Clock, withTimeout } from '../../job/clock.js';
import type { Job } from '../../job/job.js';
import { persist, persistFor } from '../../job/persistence.js';
import type { Report } from '../../job/report.js';
import type { StateStores } from '../../snapshots/catalogue.js';
import { inspectState } from '../../state/inspection.js';
import { readState, type StateReading } from '../../state/read-state.js';
import { compareResources } from '../../state/resources.js';
import type { StateSource } from '../../state/state-source.js';
import { warnOfDoubts } from '../../words/doubtful-state.js';
import { reason } from '../../words/explain.js';
import { Failure } from '../../words/failure.js';
import type { StateBefore } from './run-state.js';
import { storeSnapshot } from './store-snapshot.js';
import type { HoldSummary, SnapshotSummary } from './summary/summary-facts.js';

/** What looking at the state after the job takes. */
export interface StateAfterParts {
  readonly settings: Settings;
  readonly job: Job;
  readonly openState: () => Promise<StateStores>;
  readonly report: Report;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long the lock is kept for a store that does not answer. */
  readonly patienceMs: number;
}

/** The state after the job. A failure to read or copy it never stands in the way of the release. */
export interface StateAfter {
  readonly reading: StateReading | { readonly kind: 'unknown' };
  readonly snapshot?: SnapshotSummary;
  readonly failure?: Failure;
}

/** Reads the state if it is another version than `before`, and stores the snapshot *after* where it is wanted. */
export async function lookAtStateAfter(parts: StateAfterParts, before: StateBefore): Promise<StateAfter> {
  const { report, settings, clock, patienceMs } = parts;
  const wanted = settings.backup.phases.includes('after');
  const persistence = { ...parts, reached: true };
  let reading: StateAfter['reading'] = { kind: 'unknown' };
  try {
    return await withTimeout(clock, patienceMs, async (signal) => {
      const { state, catalogue } = await parts.openState();
      const read = () => readState(state, { clock, unlessEtag: before.etag, signal });
      const found = await persist(read, persistence, signal);
      reading = found;
      tellReading(report, found, state);
      if (found.kind !== 'state' || !wanted) return { reading };
      const snapshotParts = { ...parts, catalogue, phase: 'after', signal } as const;
      const snapshot = await persist(() => storeSnapshot(found, snapshotParts), persistence, signal);
      return { reading, snapshot };
    });
  } catch (error) {
    if (wanted) return { reading, failure: notCopied(error) };
    report.warning('State not read', `The summary cannot tell what changed: ${reason(error)}`);
    return { reading };
  }
}

/** Of the version that the state has after the job; undefined if there is no state, or it could not be read. */
export function etagAfter(before: StateBefore, { reading }: StateAfter): string | undefined {
  if (reading.kind === 'state') return reading.version.etag;
  return reading.kind === 'unchanged' ? before.etag : undefined;
}

function tellReading(report: Report, reading: StateReading, { bucket, path }: StateSource): void {
  if (reading.kind === 'unchanged') report.info('The state did not change, so there is no new snapshot.');
  if (reading.kind === 'absent') report.info(`There is no state at s3://${bucket}/${path}.`);
  if (reading.kind === 'state') warnOfDoubts(report, reading.doubts);
}

function notCopied(error: unknown): Failure {
  return new Failure(
    'Snapshot not stored',
    `${reason(error)}\nIf this job changed the state, there is no snapshot of that. Run the job again once this is mended.`,
    { cause: error },
  );
}

/**
 * Which resources changed, from the snapshot *before* and the state as it was just read. It costs a request, so it
 * is for when the lock is free again.
 */
export async function changesSince(
  before: StateBefore,
  { reading }: StateAfter,
  {
    openState,
    clock,
    random,
    patienceMs,
  }: Pick<StateAfterParts, 'openState' | 'clock' | 'random' | 'patienceMs'>,
): Promise<Pick<HoldSummary, 'changes' | 'changesUnknown'>> {
  if (reading.kind !== 'state') return {};
  const { resources } = reading.inspection;
  if (!resources) return { changesUnknown: 'The state is encrypted or not JSON.' };
  if (!before.state.exists) return { changes: compareResources(new Map(), resources) };
  if (!before.snapshot) return { changesUnknown: 'There is no snapshot from before this job.' };
  const { key } = before.snapshot;
  try {
    const earlier = await persistFor(
      patienceMs,
      async (signal) => {
        const { catalogue } = await openState();
        const { body } = await catalogue.open(key, signal);
        return inspectState(body);
      },
      { clock, random, reached: true },
    );
    if (!earlier.resources) {
      return { changesUnknown: 'The snapshot from before this job is encrypted or not JSON.' };
    }
    return { changes: compareResources(earlier.resources, resources) };
  } catch (error) {
    return { changesUnknown: reason(error) };
  }
}
