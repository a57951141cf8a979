import type { ListedSnapshot } from '../catalogue.js';

/** A snapshot, and the state path whose catalogue it is in. */
export interface CataloguedSnapshot extends ListedSnapshot {
  readonly statePath: string;
}

/**
 * What is known of all catalogues of one bucket without listing them. It is a hint: the names of the snapshots are the
 * truth, and whoever may write there can have changed it.
 */
export interface CatalogueIndex {
  /** By state path. Paths whose state is gone stay as long as there are snapshots. */
  readonly entries: IndexEntries;
  /** Of the rules that every catalogue was last planned with; absent where there were none. */
  readonly retentionHash?: string;
  /** When all entries were last compared with a listing, in milliseconds since the Unix epoch. */
  readonly reconciledAt: number;
  /** The state path that was the last to be compared in rotation; absent before the first. */
  readonly comparedUpTo?: string;
}

export type IndexEntries = ReadonlyMap<string, IndexEntry>;

/** What is known of one catalogue. */
export interface IndexEntry {
  /** Absent where there are only copies of another kind, which are no version that the state had. */
  readonly newest?: VersionMark;
  /** The same of verified snapshots alone. */
  readonly verified?: VersionMark;
  /** Snapshots of any kind. */
  readonly count: number;
  /** Of all of them. */
  readonly bytes: number;
}

/** The version that a snapshot is of, as its name has it. */
export interface VersionMark {
  /** Milliseconds since the Unix epoch, of whole seconds. */
  readonly lastModified: number;
  readonly tag: string;
}

/** Whether two marks, or none, are of the same version. */
export function isSameVersion(one: VersionMark | undefined, other: VersionMark | undefined): boolean {
  return one?.tag === other?.tag && one?.lastModified === other?.lastModified;
}

/** What an entry takes from a snapshot. */
export type Seen = Pick<ListedSnapshot, 'kind' | 'lastModified' | 'tag' | 'bytes'>;

/** An entry with one more snapshot in it. */
export function withSnapshot(
  entry: IndexEntry | undefined,
  { kind, lastModified, tag, bytes }: Seen,
): IndexEntry {
  const mark = { lastModified, tag };
  const isVersion = kind === 'verified' || kind === 'doubtful';
  const newest = isVersion ? later(entry?.newest, mark) : entry?.newest;
  const verified = kind === 'verified' ? later(entry?.verified, mark) : entry?.verified;
  return {
    ...(newest && { newest }),
    ...(verified && { verified }),
    count: (entry?.count ?? 0) + 1,
    bytes: (entry?.bytes ?? 0) + bytes,
  };
}

/** The entry of a whole catalogue; undefined if there is nothing in it. */
export function entryOf(snapshots: Iterable<Seen>): IndexEntry | undefined {
  let entry: IndexEntry | undefined;
  for (const snapshot of snapshots) entry = withSnapshot(entry, snapshot);
  return entry;
}

/** The later of two, so that the order of a listing does not matter: of the same second, the greater tag. */
function later(known: VersionMark | undefined, other: VersionMark): VersionMark {
  if (!known) return other;
  const difference = known.lastModified - other.lastModified || (known.tag < other.tag ? -1 : 1);
  return difference < 0 ? other : known;
}
