import type { Retention } from '../../config/settings.js';
import { snapshotName } from '../../names/snapshot-key.js';
import type { Catalogue, ListedSnapshot, Removal } from '../../snapshots/catalogue.js';
import { entryOf } from '../../snapshots/index/catalogue-index.js';
import { type Pruned, prune } from '../../snapshots/retention/prune.js';
import { explain } from '../../words/explain.js';
import { planLines } from '../../words/retention.js';
import type { BackupParts } from './backup-parts.js';
import { versionOf } from './copy-state.js';
import type { Outcome, Pruning } from './outcomes.js';

/**
 * Removes the snapshots of one state that no rule keeps. What does not work is told, and fails nothing.
 *
 * @returns The outcome with what became of it, and with what is known of the catalogue, which was listed for it
 */
export async function pruneState(
  { settings, clock, signal }: BackupParts,
  { catalogue, retention, outcome }: ToPrune,
): Promise<Outcome> {
  const now = clock.now();
  const isDry = retention.dryRun || settings.run.dryRun;
  try {
    const pruned = await prune(catalogue, {
      ...{ retention: { ...retention, dryRun: isDry }, now, signal },
      ...{ currentTag: currentTagOf(outcome), ...expectedOf(catalogue, outcome) },
    });
    const entry = isDry ? outcome.entry : entryOf(remaining(pruned));
    return { ...outcome, ...(entry && { entry }), pruning: pruningOf(pruned, isDry) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const pruning = { kept: 0, removed: [], locked: 0, refused: 0, problem: explain(error) };
    return { ...outcome, pruning };
  }
}

export interface ToPrune {
  readonly catalogue: Catalogue;
  readonly retention: Retention;
  readonly outcome: Outcome;
}

/** Of the version that was read, which may be newer than the one that was listed. */
function currentTagOf({ state, result }: Outcome): string {
  return result.kind === 'copied' ? result.tag : versionOf(state).tag;
}

/** In a dry run, the snapshot that would be there by then: without it, others would seem to stay. */
function expectedOf(
  catalogue: Catalogue,
  { state, result }: Outcome,
): { readonly expected?: ListedSnapshot } {
  if (result.kind !== 'would-copy') return {};
  const key = catalogue.prefix + snapshotName(state, undefined, 'verified');
  const storedAt = state.lastModified;
  return {
    expected: { key, kind: 'verified', serial: 0, bytes: state.bytes, storedAt, ...versionOf(state) },
  };
}

function remaining({ plan, removals }: Pruned): readonly ListedSnapshot[] {
  const gone = new Set(removals.flatMap(({ kind, key }) => (kind === 'removed' ? [key] : [])));
  return [...plan.keep.map(({ snapshot }) => snapshot), ...plan.remove].filter(({ key }) => !gone.has(key));
}

function pruningOf({ plan, removals }: Pruned, isDry: boolean): Pruning {
  const keys = isDry ? plan.remove.map(({ key }) => key) : keysOf(removals, 'removed');
  const locked = removals.filter((removal) => removal.kind === 'locked');
  const ends = locked.flatMap(({ until }) => (until === undefined ? [] : [until]));
  const refused = removals.filter((removal) => removal.kind === 'refused');
  return {
    kept: plan.keep.length,
    ...(isDry && { planned: planLines(plan) }),
    removed: keys.map((key) => key.slice(key.lastIndexOf('/') + 1)),
    locked: locked.length,
    ...(ends.length > 0 && { lockedUntil: Math.max(...ends) }),
    refused: refused.length,
    ...(refused[0] && { problem: explain(refused[0].error) }),
  };
}

const keysOf = (removals: readonly Removal[], kind: Removal['kind']) =>
  removals.flatMap((removal) => (removal.kind === kind ? [removal.key] : []));
