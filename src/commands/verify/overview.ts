import { isMeant } from '../../config/key-globs.js';
import { loadIndex, saveIndex } from '../../snapshots/index/index-store.js';
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
export interface Overview {
  /** Those that are meant, by their paths. */
  readonly states: ReadonlyMap<string, ListedState>;
  /** Of all states of the bucket, those that are gone too. */
  readonly catalogues: PackedCatalogues;
  /** What is meant: states, and catalogues whose state is gone. */
  readonly paths: readonly string[];
  readonly index: IndexOutcome;
  /** Absent where nobody tells. */
  readonly versioning?: BucketVersioning;
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
export async function lookAround(parts: VerifyParts): Promise<Overview> {
  const { settings, stores, report, signal } = parts;
  const versioning = versioningOf(parts);
  const states = await patiently(parts, () => statesOf(parts));
  const paths = [...states.keys()];
  report.info(`Verifying ${counted(states.size, 'state')} of the bucket "${settings.backend.bucket}".`);
  const catalogues = await patiently(parts, () => gatherCatalogues(stores.listCatalogues, paths, signal));
  const gone = [...catalogues.keys()].filter((path) => !states.has(path) && isMeant(settings.keys, path));
  return {
    states,
    catalogues,
    paths: [...paths, ...gone],
    index: await reconcileIndex(parts, catalogues),
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

/** A verifier that may not write there finds all the same. */
async function reconcileIndex(parts: VerifyParts, catalogues: PackedCatalogues): Promise<IndexOutcome> {
  const { settings, stores, clock, signal } = parts;
  const { bucket } = settings.backend;
  let findings: readonly Finding[] = [];
  try {
    const store = await stores.openIndex();
    const found = await patiently(parts, () => loadIndex(store, bucket, signal));
    const { index, behind, ...rest } = reconcile(found.index, catalogues, clock.now());
    findings = rest.findings;
    const toSave = { bucket, index, replaced: found.version };
    const written = await patiently(parts, () => saveIndex(store, toSave, signal));
    const isThere = found.index !== undefined;
    const before = isThere ? (behind > 0 ? 'behind' : 'right') : 'unreadable';
    return {
      kind: 'reconciled',
      was: found.version === undefined ? 'absent' : before,
      behind,
      findings,
      written: written === 'refused' ? 'refused' : 'written',
    };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'failed', reason: reason(error), findings };
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
