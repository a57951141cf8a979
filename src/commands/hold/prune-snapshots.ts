import type { Retention } from '../../config/settings.js';
import { type Clock, withTimeout } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import { versionTag } from '../../names/snapshot-key.js';
import type { Removal, StateStores } from '../../snapshots/catalogue.js';
import { type Pruned, prune } from '../../snapshots/retention/prune.js';
import { reason } from '../../words/explain.js';
import { formatMoment } from '../../words/moment.js';
import { planLines } from '../../words/retention.js';
import type { RetentionSummary } from './summary/summary-facts.js';

/** What removing old snapshots takes. */
export interface PruneParts {
  readonly retention: Retention;
  /** Of the version that the state has now. */
  readonly etag: string;
  readonly openState: () => Promise<StateStores>;
  readonly report: Report;
  readonly clock: Clock;
  /** How long it may take. */
  readonly patienceMs: number;
}

/**
 * Removes the snapshots that no rule keeps, and says so. What does not work is a warning: the next job does it.
 *
 * @returns undefined where it did not work
 */
export async function pruneSnapshots(parts: PruneParts): Promise<RetentionSummary | undefined> {
  const { retention, etag, openState, report, clock, patienceMs } = parts;
  const now = clock.now();
  try {
    const pruned = await withTimeout(clock, patienceMs, async (signal) => {
      const { catalogue } = await openState();
      return prune(catalogue, { retention, now, currentTag: versionTag(etag), signal });
    });
    const summary = summaryOf(pruned, retention);
    tellPruned(parts, pruned, summary);
    return summary;
  } catch (error) {
    report.warning('Snapshots not removed', `Old snapshots were not removed: ${reason(error)}`);
    return undefined;
  }
}

function summaryOf({ plan, removals }: Pruned, { dryRun }: Retention): RetentionSummary {
  const keysOf = (kind: Removal['kind']) =>
    removals.flatMap((removal) => (removal.kind === kind ? [removal.key] : []));
  return {
    dryRun,
    kept: plan.keep.length,
    removed: dryRun ? plan.remove.map(({ key }) => key) : keysOf('removed'),
    locked: keysOf('locked').length,
    refused: keysOf('refused').length,
  };
}

function tellPruned(
  { report, clock }: PruneParts,
  { plan, removals }: Pruned,
  summary: RetentionSummary,
): void {
  const oldest = plan.keep.at(-1)?.snapshot.lastModified;
  const span = oldest === undefined ? '' : `, the oldest of ${formatMoment(oldest, clock.now())}`;
  if (summary.dryRun) {
    const title = `Retention of snapshots, dry run: ${summary.removed.length} would be removed, ${summary.kept} kept${span}`;
    report.group(title, planLines(plan));
    return;
  }
  report.info(`Retention of snapshots: ${summary.removed.length} removed, ${summary.kept} kept${span}.`);
  tellLocked(report, removals);
  tellRefused(report, removals);
}

function tellLocked(report: Report, removals: readonly Removal[]): void {
  const locked = removals.filter((removal) => removal.kind === 'locked');
  if (locked.length === 0) return;
  const ends = locked.flatMap(({ until }) => (until === undefined ? [] : [until]));
  const last = ends.length > 0 ? `, until ${new Date(Math.max(...ends)).toISOString()} at the latest` : '';
  const holds = locked.length - ends.length;
  const held = holds > 0 ? `, ${holds} by a legal hold` : '';
  report.info(
    `Object Lock holds ${locked.length} of the snapshots that no rule keeps${last}${held}. They stay.`,
  );
}

function tellRefused(report: Report, removals: readonly Removal[]): void {
  const [first, ...others] = removals.filter((removal) => removal.kind === 'refused');
  if (!first) return;
  report.warning(
    'Snapshots not removed',
    `Not all old snapshots were removed, ${others.length + 1} are left: ${reason(first.error)}`,
  );
}
