import { withTimeout } from '../../job/clock.js';
import type { CatalogueIndex, IndexEntries, IndexEntry } from '../../snapshots/index/catalogue-index.js';
import { entryOf } from '../../snapshots/index/catalogue-index.js';
import { type FoundIndex, type IndexStore, loadIndex, saveIndex } from '../../snapshots/index/index-store.js';
import {
  type Difference,
  differencesBetween,
  listEntries,
  nextInRotation,
} from '../../snapshots/index/reconcile.js';
import { counted } from '../../words/counts.js';
import { reason } from '../../words/explain.js';
import type { BackupParts } from './backup-parts.js';

/** What is known of the catalogues of all states, and where that is kept. */
export interface KnownCatalogues {
  /** By state path; this run adds what it learns. */
  readonly entries: Map<string, IndexEntry>;
  /** Whether all were listed in this run. Else the entries are a hint. */
  readonly isListed: boolean;
  /** Of the rules that all catalogues were last planned with. */
  readonly retentionHash?: string;
  /** Writes the index; once another run was faster, no more. What does not work is told. */
  save(facts: { readonly retentionHash: string | undefined }): Promise<void>;
}

/** So many catalogues are listed in each run, in rotation, and compared with the index. */
const COMPARED_IN_A_RUN = 8;
/** After so long all are listed. */
const WEEK_MS = 7 * 86_400_000;

/**
 * Learns what the catalogues have: from the index, and a few of them from a listing; from a listing of all where there is no
 * index that can be read, or all were last listed a week ago.
 *
 * @param found As {@link findIndex} found it.
 * @param statePaths Of the bucket, in the order of S3.
 */
export async function knowCatalogues(
  parts: BackupParts,
  { store, found }: OpenedIndex,
  statePaths: readonly string[],
): Promise<KnownCatalogues> {
  const { index } = found;
  const now = parts.clock.now();
  const isDue = index !== undefined && now - index.reconciledAt >= WEEK_MS;
  if (index && !isDue && index.reconciledAt <= now) {
    const { entries, comparedUpTo } = await compareSome(parts, index);
    const kept = { ...index, entries, ...(comparedUpTo !== undefined && { comparedUpTo }) };
    return known(parts, { store, found }, { isListed: false, kept });
  }
  parts.report.info(whyAllAreListed(found, isDue));
  const entries = await listEntries(parts.stores.listCatalogues, statePaths, parts.signal);
  if (index) tellDifferences(parts, differencesBetween(index.entries, entries));
  const kept = { ...index, entries, reconciledAt: now };
  return known(parts, { store, found }, { isListed: true, kept });
}

/** The index as it was found, before anything is done with it. */
export interface OpenedIndex {
  readonly store: IndexStore;
  readonly found: FoundIndex;
}

/** Looks for the index. That it is not to be had is no failure: the catalogues are listed then. */
export async function findIndex({ stores, settings, report, signal }: BackupParts): Promise<OpenedIndex> {
  const store = await stores.openIndex();
  try {
    return { store, found: await loadIndex(store, settings.backend.bucket, signal) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    report.info(`The index of snapshots could not be read: ${reason(error)}`);
    return { store, found: {} };
  }
}

function whyAllAreListed({ index, version }: FoundIndex, isDue: boolean): string {
  if (isDue) return 'All snapshots are listed, as once a week, and compared with the index.';
  if (index) return 'All snapshots are listed: the index of them says that it is of a time to come.';
  return version === undefined
    ? 'All snapshots are listed: there is no index of them yet.'
    : 'All snapshots are listed: the index of them cannot be read, or is of another version.';
}

async function compareSome(parts: BackupParts, index: CatalogueIndex) {
  const paths = nextInRotation(index.entries, index.comparedUpTo, COMPARED_IN_A_RUN);
  const listed = await Promise.all(paths.map(async (path) => [path, await listEntry(parts, path)] as const));
  const found = new Map(listed.flatMap(([path, entry]) => (entry ? [[path, entry] as const] : [])));
  const said = new Map(paths.flatMap((path) => entryIn(index.entries, path)));
  tellDifferences(parts, differencesBetween(said, found));
  const entries = new Map(index.entries);
  for (const [path, entry] of listed) {
    if (entry) entries.set(path, entry);
    else entries.delete(path);
  }
  return { entries, comparedUpTo: paths.at(-1) };
}

function entryIn(entries: IndexEntries, path: string): readonly (readonly [string, IndexEntry])[] {
  const entry = entries.get(path);
  return entry ? [[path, entry]] : [];
}

async function listEntry({ stores, signal }: BackupParts, path: string): Promise<IndexEntry | undefined> {
  const { catalogue } = await stores.openState(path);
  const snapshots = [];
  for await (const snapshot of catalogue.list(signal)) snapshots.push(snapshot);
  return entryOf(snapshots);
}

/** That the index did not know the newest snapshots is as it should be: jobs take them without it. */
function tellDifferences({ report }: BackupParts, differences: readonly Difference[]): void {
  const missing = differences.filter(({ kind }) => kind === 'missing').map(({ statePath }) => statePath);
  const behind = differences.length - missing.length;
  if (behind > 0)
    report.info(`The index of snapshots was behind in ${counted(behind, 'state')}, and is mended.`);
  if (missing.length === 0) return;
  const more = missing.length > MOST_NAMED ? `, and ${missing.length - MOST_NAMED} more` : '';
  report.warning(
    'Snapshots missing',
    `The newest verified snapshot that the index names is not there, of ${counted(missing.length, 'state')}: ` +
      `${missing.slice(0, MOST_NAMED).join(', ')}${more}. A person or a lifecycle rule removed it, or somebody changed the index. ` +
      'What the states have now is copied again.',
  );
}

const MOST_NAMED = 10;

/** When the job is cancelled, the runner waits for so long at most. */
const PATIENCE_MS = 5_000;

function known(
  { settings, report, clock, signal }: BackupParts,
  { store, found }: OpenedIndex,
  { isListed, kept }: { readonly isListed: boolean; readonly kept: CatalogueIndex },
): KnownCatalogues {
  const entries = new Map(kept.entries);
  const { bucket } = settings.backend;
  let replaced = found.version;
  let isOvertaken = false;
  const write = async (retentionHash: string | undefined, until?: AbortSignal) => {
    const index = { ...without(kept), entries, ...(retentionHash !== undefined && { retentionHash }) };
    const written = await saveIndex(store, { bucket, index, replaced }, until);
    if (written === 'refused') {
      isOvertaken = true;
      report.info(
        'The index of snapshots was written by another run meanwhile; this one leaves it as it is.',
      );
    } else replaced = written.version;
  };
  return {
    entries,
    isListed,
    ...(kept.retentionHash !== undefined && { retentionHash: kept.retentionHash }),
    async save({ retentionHash }) {
      if (isOvertaken || settings.run.dryRun) return;
      try {
        if (!signal.aborted) await write(retentionHash, signal);
        else await withTimeout(clock, PATIENCE_MS, (timeUp) => write(retentionHash, timeUp));
      } catch (error) {
        isOvertaken = true;
        report.warning(
          'Index not written',
          `The index of snapshots was not written, so the next run takes longer: ${reason(error)}`,
        );
      }
    },
  };
}

const without = ({ retentionHash: _, ...index }: CatalogueIndex) => index;
