import type { StateStores } from '../../snapshots/catalogue.js';
import { policyHash } from '../../snapshots/retention/policy-hash.js';
import type { ListedState } from '../../state/listed-state.js';
import { explain } from '../../words/explain.js';
import { tellProgress } from '../../words/progress.js';
import type { BackupParts } from './backup-parts.js';
import { workWithin } from './bounded-work.js';
import { copyState, isKnown } from './copy-state.js';
import { type Digests, groupedDigests } from './grouped-digests.js';
import type { KnownCatalogues } from './known-catalogues.js';
import { isSafe, type Outcome } from './outcomes.js';
import { pruneState } from './prune-state.js';

/** What a run goes through. */
export interface ToGoThrough {
  /** In the order of S3. */
  readonly states: readonly ListedState[];
  readonly known: KnownCatalogues;
}

/** How far it came: to the end, unless the job was cancelled. */
export interface Gone {
  /** In the order of S3. */
  readonly outcomes: readonly Outcome[];
  readonly total: number;
}

/** In bytes. Of states on their way at once; each is held whole, because a copy is checked before it is stored. */
const MOST_BYTES = 96 * 1024 * 1024;

/** So often what was learned is kept during a long run, for the next one after a kill. */
const SAVE_EVERY_MS = 60_000;

/** Copies what has no verified snapshot, applies the rules where they are due, and writes the index. */
export async function goThrough(parts: BackupParts, { states, known }: ToGoThrough): Promise<Gone> {
  const { settings, clock, signal } = parts;
  const policy = settings.retention && policyHash(settings.retention, settings.keys);
  const isPlanned = settings.retention?.dryRun !== true && policy === known.retentionHash;
  const isDue = (state: ListedState) =>
    !isKnown(state, known.entries.get(state.path)) || (policy !== undefined && !isPlanned);
  const due = states.filter(isDue);
  const digests = digestsOf(parts, due, known);
  const outcomes = new Map<string, Outcome>();
  const progress = tellProgress(due.length, parts);
  let savedAt = clock.now();
  const work = async (state: ListedState) => {
    const outcome = await outcomeOf(parts, { state, known, digests, isPlanned });
    if (!outcome) return;
    outcomes.set(state.path, outcome);
    if (outcome.entry) known.entries.set(state.path, outcome.entry);
    progress.step(state.bytes);
    if (clock.now() - savedAt < SAVE_EVERY_MS) return;
    savedAt = clock.now();
    await known.save({ retentionHash: undefined });
  };
  try {
    await workWithin(due, { concurrency: settings.run.concurrency, bytes: MOST_BYTES }, work);
  } finally {
    progress.end();
  }
  const dueSet = new Set(due);
  const all = states.flatMap(
    (state) => outcomes.get(state.path) ?? (dueSet.has(state) ? [] : unchanged(state, known)),
  );
  await known.save({ retentionHash: signal.aborted ? undefined : hashAfter(all, { policy, parts, known }) });
  return { outcomes: all, total: states.length };
}

function digestsOf(parts: BackupParts, due: readonly ListedState[], known: KnownCatalogues): Digests {
  const changed = due.filter((state) => !isKnown(state, known.entries.get(state.path)));
  return groupedDigests(
    parts.stores,
    changed.map(({ path }) => path),
    parts.signal,
  );
}

function unchanged(state: ListedState, known: KnownCatalogues): Outcome {
  const entry = known.entries.get(state.path);
  return { state, ...(entry && { entry }), result: { kind: 'unchanged', found: false } };
}

interface OneState {
  readonly state: ListedState;
  readonly known: KnownCatalogues;
  readonly digests: Digests;
  /** Whether the rules have been applied to all that was there before. */
  readonly isPlanned: boolean;
}

/** @returns undefined if the job was cancelled meanwhile */
async function outcomeOf(parts: BackupParts, one: OneState): Promise<Outcome | undefined> {
  const { state, known } = one;
  const entry = known.entries.get(state.path);
  try {
    const stores = await parts.stores.openState(state.path);
    const outcome = isKnown(state, entry)
      ? unchanged(state, known)
      : await copyState(parts, {
          ...{ state, entry, stores, isListed: known.isListed },
          digests: one.digests,
        });
    return await withRules(parts, { outcome, stores, isPlanned: one.isPlanned });
  } catch (error) {
    if (parts.signal.aborted) return undefined;
    return { state, ...(entry && { entry }), result: { kind: 'failed', failure: explain(error) } };
  }
}

interface ForRules {
  readonly outcome: Outcome;
  readonly stores: StateStores;
  readonly isPlanned: boolean;
}

/** The rules depend on what is there alone: they are applied where that grew, or where they are others than before. */
async function withRules(parts: BackupParts, { outcome, stores, isPlanned }: ForRules): Promise<Outcome> {
  const { retention } = parts.settings;
  const isEligible = isSafe(outcome) || outcome.result.kind === 'would-copy';
  if (!retention || !isEligible || (isPlanned && !hasGained(outcome))) return outcome;
  return pruneState(parts, { catalogue: stores.catalogue, retention, outcome });
}

/** Whether its catalogue has more than the index knew. */
function hasGained({ result }: Outcome): boolean {
  switch (result.kind) {
    case 'copied':
    case 'doubtful':
    case 'would-copy':
      return true;
    case 'unchanged':
      return result.found;
    case 'gone':
    case 'failed':
      return false;
  }
}

interface AfterRun {
  readonly policy: string | undefined;
  readonly parts: BackupParts;
  readonly known: KnownCatalogues;
}

/**
 * The rules that all catalogues are planned with now. What a run without these rules added, and what could not be removed,
 * is for the next one: it plans all of them.
 */
function hashAfter(outcomes: readonly Outcome[], { policy, parts, known }: AfterRun): string | undefined {
  if (policy === undefined || parts.settings.retention?.dryRun) {
    return outcomes.some(hasGained) ? undefined : known.retentionHash;
  }
  return outcomes.some(({ pruning }) => pruning?.problem) ? undefined : policy;
}
