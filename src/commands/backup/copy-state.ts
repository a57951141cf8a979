import {
  cataloguePrefix,
  LONGEST_NAME_BYTES,
  parseSnapshotKey,
  versionTag,
} from '../../names/snapshot-key.js';
import type { ListedSnapshot, StateStores } from '../../snapshots/catalogue.js';
import {
  type IndexEntry,
  isSameVersion,
  type Seen,
  type VersionMark,
  withSnapshot,
} from '../../snapshots/index/catalogue-index.js';
import { takeSnapshot } from '../../snapshots/snapshot.js';
import type { ListedState } from '../../state/listed-state.js';
import { type ReadState, readState } from '../../state/read-state.js';
import { Failure } from '../../words/failure.js';
import type { BackupParts } from './backup-parts.js';
import { type Digests, withKnownDigest } from './grouped-digests.js';
import type { Outcome } from './outcomes.js';

/** A state whose version may have no verified snapshot yet. */
export interface ToCopy {
  readonly state: ListedState;
  /** What is known of its catalogue. */
  readonly entry: IndexEntry | undefined;
  /** Whether that was listed in this run. Else a job may have taken snapshots since. */
  readonly isListed: boolean;
  readonly stores: StateStores;
  readonly digests: Digests;
}

/** The version that a listing shows, as a snapshot's name has it. */
export function versionOf({ etag, lastModified }: ListedState): VersionMark {
  return { lastModified: Math.floor(lastModified / 1_000) * 1_000, tag: versionTag(etag) };
}

/** Whether the version at the source has its verified snapshot, as far as an entry knows. */
export function isKnown(state: ListedState, entry: IndexEntry | undefined): boolean {
  return entry?.verified !== undefined && isSameVersion(entry.verified, versionOf(state));
}

/**
 * Reads one version of a state, and stores it: with one listing at most, if a snapshot is there already.
 *
 * @throws What its requests throw.
 */
export async function copyState(parts: BackupParts, toCopy: ToCopy): Promise<Outcome> {
  const { state, entry, stores, isListed } = toCopy;
  requireShortKey(parts, state.path);
  const isNewest = isListed && isLater(versionOf(state), entry?.newest);
  const found = isNewest ? undefined : await findSnapshot(stores, state, parts.signal);
  if (found) return withFound(state, entry, found);
  if (parts.settings.run.dryRun) return { state, ...(entry && { entry }), result: { kind: 'would-copy' } };
  const source = withKnownDigest(stores.state, toCopy.digests);
  const reading = await readState(source, { clock: parts.clock, signal: parts.signal });
  // Only a reader that names a version hears that it is unchanged.
  if (reading.kind !== 'state') return { state, ...(entry && { entry }), result: { kind: 'gone' } };
  return storeState(parts, toCopy, reading);
}

async function storeState(
  parts: BackupParts,
  { state, entry, stores }: ToCopy,
  read: ReadState,
): Promise<Outcome> {
  const { runUrl, commit } = parts.job;
  const occasion = { phase: 'scheduled', takenAt: parts.clock.now(), runUrl, commit } as const;
  const { key, created } = await takeSnapshot(stores.catalogue, read, occasion, parts.signal);
  const name = parseSnapshotKey(key, stores.catalogue.prefix);
  const { version, doubts, md5, body } = read;
  const copy = { key, bytes: body.length, ...versionOf({ ...state, ...version }), md5 };
  const taken = name && { ...name, bytes: body.length };
  if (taken && !created && doubts.length === 0) return withFound(state, entry, taken);
  const isNew = created || !isSameVersion(entry?.newest, copy);
  const known = taken && isNew ? withSnapshot(entry, taken) : entry;
  const told = { ...copy, created, serial: read.inspection.header.serial };
  const result =
    doubts.length > 0
      ? ({ kind: 'doubtful', doubts, ...told } as const)
      : ({ kind: 'copied', ...told } as const);
  return { state, ...(known && { entry: known }), result };
}

/** The snapshot was there. It may be older than what is known, as after a rollback: then nothing is new. */
function withFound(state: ListedState, entry: IndexEntry | undefined, found: Seen): Outcome {
  const grown = withSnapshot(entry, found);
  const isNews = !isSameVersion(grown.verified, entry?.verified);
  return { state, entry: entry && !isNews ? entry : grown, result: { kind: 'unchanged', found: isNews } };
}

/** An entry has the newest version alone: of an older one, as after a rollback, it does not tell whether it is there. */
function isLater({ lastModified }: VersionMark, newest: VersionMark | undefined): boolean {
  return newest === undefined || lastModified > newest.lastModified;
}

async function findSnapshot(
  { catalogue }: StateStores,
  state: ListedState,
  signal: AbortSignal,
): Promise<ListedSnapshot | undefined> {
  const { tag } = versionOf(state);
  for await (const snapshot of catalogue.list(signal, state.lastModified)) {
    if (snapshot.kind === 'verified' && snapshot.tag === tag) return snapshot;
  }
  return undefined;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const LONGEST_KEY_BYTES = 1_024;

function requireShortKey({ settings: { backup, backend } }: BackupParts, path: string): void {
  const bytes = Buffer.byteLength(cataloguePrefix(backup.prefix, backend.bucket, path)) + LONGEST_NAME_BYTES;
  if (bytes <= LONGEST_KEY_BYTES) return;
  throw new Failure(
    'Snapshot key too long',
    `The key of a snapshot of it would have ${bytes} bytes, and S3 allows ${LONGEST_KEY_BYTES}. Shorten "backup_prefix" or the state's key.`,
  );
}
