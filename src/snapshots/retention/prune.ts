import type { Retention } from '../../config/settings.js';
import type { Catalogue, ListedSnapshot, Removal } from '../catalogue.js';
import { planRetention, type RetentionPlan } from './plan.js';

/** What the rules made of one catalogue. */
export interface Pruned {
  readonly plan: RetentionPlan;
  /** Of each that the plan removes; none in a dry run. */
  readonly removals: readonly Removal[];
}

export interface Pruning {
  readonly retention: Retention;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** The tag of the version that the state has now; undefined if there is no state: then nothing is removed. */
  readonly currentTag: string | undefined;
  /** A snapshot that is not there yet, and counts as if it were; for a dry run. */
  readonly expected?: ListedSnapshot;
  readonly signal?: AbortSignal;
}

/** Lists a catalogue, and removes what is not to be kept; in a dry run, only plans it. */
export async function prune(
  catalogue: Catalogue,
  { retention, now, currentTag, expected, signal }: Pruning,
): Promise<Pruned> {
  const snapshots: ListedSnapshot[] = expected ? [expected] : [];
  for await (const snapshot of catalogue.list(signal)) snapshots.push(snapshot);
  const plan = planRetention({ snapshots, rules: retention.rules, now, currentTag });
  if (retention.dryRun || plan.remove.length === 0) return { plan, removals: [] };
  const keys = plan.remove.map(({ key }) => key);
  return { plan, removals: await catalogue.remove(keys, { now, signal }) };
}
