import { isMeant } from '../../config/key-globs.js';
import { loadIndex, saveIndex, type WrittenIndex } from '../../snapshots/index/index-store.js';
import type { Finding } from '../../snapshots/verification/finding.js';
import { gatherCatalogues, type PackedCatalogues } from '../../snapshots/verification/packed-catalogue.js';
import { reconcile } from '../../snapshots/verification/reconciliation.js';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import type { ListedState } from '../../state/listed-state.js';
import { counted } from '../../words/counts.js';
import { reason } from '../../words/explain.js';
import { patiently } from './patience.js';
import type { VerifyParts } from './verify-parts.js';

/** All that listings tell, before any snapshot is read. */
export interface Sight {
  /** Those that are meant, by their paths. */
  readonly states: ReadonlyMap<string, ListedState>;
  /** Of all states of the bucket, those that are gone too. */
  readonly catalogues: PackedCatalogues;
  /** What is meant: states, catalogues whose state is gone, and what the index alone knows. */
  readonly paths: readonly string[];
  /** Of the index. */
  readonly findings: readonly Finding[];
  /** Makes the index anew. What is wrong with it is known no longer from then on. */
  readonly remakeIndex: () => Promise<IndexOutcome>;
  /** Absent where nobody tells. */
  readonly versioning?: BucketVersioning;
}

/** The same, once the index is made anew. */
export interface Overview extends Omit<Sight, 'remakeIndex' | 'findings'> {
  readonly index: IndexOutcome;
}

/** What became of the index. */
export type IndexOutcome =
  | {
      readonly kind: 'reconciled';
      /** What it was before. */
      readonly was: 'right' | 'behind' | 'absent' | 'unreadable';
      /** Of how many states it did not know the newest. */
      readonly behind: number;
      readonly findings: readonly Finding[];
      /** `refused`: another run has written it meanwhile. */
      readonly written: 'written' | 'refused';
    }
  /** It could not be read or written. */
  | { readonly kind: 'failed'; readonly reason: string; readonly findings: readonly Finding[] };

/** States first: a version that is seen there has had the time that the catalogues take to be copied. */
export async function lookAround(parts: VerifyParts): Promise<Sight> {
  const { settings, stores, report, signal } = parts;
  const versioning = versioningOf(parts);
  const states = await patiently(parts, () => statesOf(parts));
  const paths = [...states.keys()];
  report.info(`Verifying ${counted(states.size, 'state')} of the bucket "${settings.backend.bucket}".`);
  const catalogues = await patiently(parts, () => gatherCatalogues(stores.listCatalogues, paths, signal));
  const { findings, remake } = await compareIndex(parts, catalogues);
  const others = new Set([...catalogues.keys(), ...findings.map(({ statePath }) => statePath)]);
  const gone = [...others].filter((path) => !states.has(path) && isMeant(settings.keys, path));
  return {
    states,
    catalogues,
    paths: [...paths, ...gone],
    findings,
    remakeIndex: remake,
    versioning: await versioning,
  };
}

async function statesOf({
  settings,
  stores,
  signal,
}: VerifyParts): Promise<ReadonlyMap<string, ListedState>> {
  const states = new Map<string, ListedState>();
  for await (const state of stores.listStates(signal)) {
    if (isMeant(settings.keys, state.path)) states.set(state.path, state);
  }
  return states;
}

interface ComparedIndex {
  readonly findings: readonly Finding[];
  readonly remake: () => Promise<IndexOutcome>;
}

async function compareIndex(parts: VerifyParts, catalogues: PackedCatalogues): Promise<ComparedIndex> {
  const { settings, stores, clock, signal } = parts;
  const { bucket } = settings.backend;
  try {
    const store = await stores.openIndex();
    const { index: known, version } = await patiently(parts, () => loadIndex(store, bucket, signal));
    const meant = { now: clock.now(), isMeant: (path: string) => isMeant(settings.keys, path) };
    const { index, behind, findings } = reconcile(known, catalogues, meant);
    const before = known ? (behind > 0 ? 'behind' : 'right') : 'unreadable';
    const was = version === undefined ? 'absent' : before;
    const save = () => saveIndex(store, { bucket, index, replaced: version }, signal);
    return { findings, remake: () => remakeIndex(parts, save, { was, behind, findings }) };
  } catch (error) {
    signal.throwIfAborted();
    const failed = { kind: 'failed', reason: reason(error), findings: [] } as const;
    return { findings: [], remake: async () => failed };
  }
}

/** A verifier that may not write there finds all the same. */
async function remakeIndex(
  parts: VerifyParts,
  save: () => Promise<WrittenIndex | 'refused'>,
  before: Pick<Extract<IndexOutcome, { kind: 'reconciled' }>, 'was' | 'behind' | 'findings'>,
): Promise<IndexOutcome> {
  try {
    const written = await patiently(parts, save);
    return { kind: 'reconciled', ...before, written: written === 'refused' ? 'refused' : 'written' };
  } catch (error) {
    parts.signal.throwIfAborted();
    return { kind: 'failed', reason: reason(error), findings: before.findings };
  }
}

/** Not to know it is no failure: some stores know no versions. */
async function versioningOf(parts: VerifyParts): Promise<BucketVersioning | undefined> {
  try {
    return await patiently(parts, () => parts.stores.bucketVersioning(parts.signal));
  } catch (error) {
    parts.report.info(`Whether the bucket is versioned could not be seen: ${reason(error)}`);
    return undefined;
  }
}
