import {
  type CataloguedSnapshot,
  type IndexEntries,
  type IndexEntry,
  isSameVersion,
  withSnapshot,
} from './catalogue-index.js';

/** A part of all catalogues of a bucket, by the order of their keys in S3, which is that of their bytes. */
export interface KeyRange {
  /** It begins behind this text; at the first if absent. */
  readonly after?: string;
  /** It ends before whatever comes behind this text; with the last if absent. */
  readonly upTo?: string;
}

export type ListRange = (range: KeyRange, signal?: AbortSignal) => AsyncIterable<CataloguedSnapshot>;

/** So many listings go on at a time, and so many states are worth one of them. */
const MOST_RANGES = 16;
const STATES_PER_RANGE = 250;

/**
 * Lists all catalogues of a bucket, several parts at a time, and keeps what an index has of them. The parts leave nothing
 * out: catalogues of states that are gone, or that nobody knows, are in them too.
 *
 * @param statePaths Where the parts may be cut, in the order of S3. They need not have catalogues.
 */
export async function listEntries(
  list: ListRange,
  statePaths: readonly string[],
  signal?: AbortSignal,
): Promise<IndexEntries> {
  const parts = await Promise.all(rangesOf(statePaths).map((range) => entriesIn(list(range, signal))));
  const entries = new Map<string, IndexEntry>();
  // A catalogue is in two parts if a path of the cuts lies between its keys.
  for (const [path, entry] of parts.flatMap((part) => [...part]))
    entries.set(path, joined(entries.get(path), entry));
  return entries;
}

/** Ranges that follow each other from the first key to the last. */
export function rangesOf(statePaths: readonly string[]): readonly KeyRange[] {
  const count = Math.max(1, Math.min(MOST_RANGES, Math.ceil(statePaths.length / STATES_PER_RANGE)));
  const cuts = Array.from(
    { length: count - 1 },
    (_, index) => statePaths[Math.floor(((index + 1) * statePaths.length) / count)],
  );
  return [...cuts, undefined].map((upTo, index) => ({ after: cuts[index - 1], upTo }));
}

async function entriesIn(snapshots: AsyncIterable<CataloguedSnapshot>): Promise<IndexEntries> {
  const entries = new Map<string, IndexEntry>();
  for await (const snapshot of snapshots) {
    entries.set(snapshot.statePath, withSnapshot(entries.get(snapshot.statePath), snapshot));
  }
  return entries;
}

/** Of one catalogue, what two parts have. The later part has the later names. */
function joined(earlier: IndexEntry | undefined, later: IndexEntry): IndexEntry {
  if (!earlier) return later;
  return {
    ...earlier,
    ...later,
    count: earlier.count + later.count,
    bytes: earlier.bytes + later.bytes,
  };
}

/** How an entry was wrong. */
export type Difference =
  /** The newest verified snapshot that it names is not there: it was removed, or somebody changed the index. */
  | { readonly kind: 'missing'; readonly statePath: string }
  /** Its catalogue went on without it, as by a job of the root action. */
  | { readonly kind: 'behind'; readonly statePath: string };

/**
 * Compares what an index said with what a listing shows.
 *
 * @param known As the index has it.
 * @param listed As the listing has it, of the same state paths.
 */
export function differencesBetween(known: IndexEntries, listed: IndexEntries): readonly Difference[] {
  const paths = new Set([...known.keys(), ...listed.keys()]);
  return [...paths].flatMap((statePath) =>
    differenceOf(statePath, known.get(statePath), listed.get(statePath)),
  );
}

function differenceOf(
  statePath: string,
  known: IndexEntry | undefined,
  listed: IndexEntry | undefined,
): readonly Difference[] {
  if (isSameEntry(known, listed)) return [];
  const isMissing = isLater(known, listed);
  return [{ kind: isMissing ? 'missing' : 'behind', statePath }];
}

/** Whether an entry names a later verified version than there is. An earlier one may have gone by the rules. */
function isLater(known: IndexEntry | undefined, listed: IndexEntry | undefined): boolean {
  if (!known?.verified || isSameVersion(known.verified, listed?.verified)) return false;
  return known.verified.lastModified >= (listed?.verified?.lastModified ?? Number.NEGATIVE_INFINITY);
}

function isSameEntry(one: IndexEntry | undefined, other: IndexEntry | undefined): boolean {
  return (
    one?.count === other?.count &&
    one?.bytes === other?.bytes &&
    isSameVersion(one?.newest, other?.newest) &&
    isSameVersion(one?.verified, other?.verified)
  );
}

/** The state paths that are compared next, in rotation: those behind the last one that was, and then from the first. */
export function nextInRotation(
  entries: IndexEntries,
  comparedUpTo: string | undefined,
  most: number,
): readonly string[] {
  const paths = [...entries.keys()].sort();
  const start = paths.findIndex((path) => comparedUpTo !== undefined && path > comparedUpTo);
  const from = Math.max(0, start);
  return [...paths.slice(from), ...paths.slice(0, from)].slice(0, most);
}
