import { isNoSuchObject } from '../../job/backend-error.js';
import type { Catalogue, ListedSnapshot } from '../../snapshots/catalogue.js';
import { readContent, type SnapshotContent } from '../../snapshots/verification/content.js';
import { contentDoubts } from '../../snapshots/verification/content-findings.js';
import { type Doubt, type Finding, newestVerified } from '../../snapshots/verification/finding.js';
import { chooseSnapshots } from '../../snapshots/verification/selection.js';
import { type ReadSnapshot, serialDoubts } from '../../snapshots/verification/serials.js';
import { stateDoubts } from '../../snapshots/verification/state-findings.js';
import type { ListedState } from '../../state/listed-state.js';
import { patiently } from './patience.js';
import type { VerifyParts } from './verify-parts.js';

/** What one state's catalogue is like. */
export interface CatalogueReport {
  readonly statePath: string;
  /** Whether there is a state at this path. */
  readonly hasState: boolean;
  /** How many there are, of any kind, and how many of these were read. */
  readonly snapshots: number;
  readonly checked: number;
  /** That were read. */
  readonly bytes: number;
  readonly newest?: ListedSnapshot;
  readonly findings: readonly Finding[];
  /** Keys of snapshots that were not read, as far as somebody has acknowledged them. */
  readonly unseen: readonly string[];
}

/** One state path, and what is known of it from listings. */
export interface ToCheck {
  readonly statePath: string;
  /** Absent if it is gone. */
  readonly state?: ListedState;
  /** Its whole catalogue, oldest first. */
  readonly snapshots: readonly ListedSnapshot[];
}

/** Lets so many reads go on at a time. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Reads what the depth asks for of one catalogue, and says what is wrong with any of it. */
export async function checkCatalogue(
  parts: VerifyParts,
  { statePath, state, snapshots }: ToCheck,
  gate: Gate,
): Promise<CatalogueReport> {
  const { verification } = parts.settings;
  const chosen = chooseSnapshots(snapshots, verification.depth, parts.random);
  const { catalogue } = await parts.stores.openState(statePath);
  const looks = await Promise.all(chosen.map((snapshot) => gate(() => look(parts, catalogue, snapshot))));
  const serials = serialDoubts(looks.flatMap(readVerified), snapshots);
  const own = state ? stateDoubts(state, { snapshots, now: parts.clock.now() }) : [];
  const isRead = new Set(chosen.map(({ key }) => key));
  const keys = new Set(snapshots.map(({ key }) => key));
  return {
    statePath,
    hasState: state !== undefined,
    snapshots: snapshots.length,
    checked: looks.filter(({ content }) => content).length,
    bytes: looks.reduce((sum, { content }) => sum + (content?.bytes ?? 0), 0),
    newest: newestVerified(snapshots),
    findings: [
      ...own.map((doubt) => ({ key: statePath, statePath, doubt })),
      ...looks.flatMap(({ snapshot: { key }, doubts }) => doubts.map((doubt) => ({ key, statePath, doubt }))),
      ...serials.map(({ snapshot: { key }, doubt }) => ({ key, statePath, doubt })),
    ],
    unseen: verification.acknowledged.filter((key) => keys.has(key) && !isRead.has(key)),
  };
}

interface Look {
  readonly snapshot: ListedSnapshot;
  /** Absent if it could not be read. */
  readonly content?: SnapshotContent;
  readonly doubts: readonly Doubt[];
}

/** @throws only when the job is cancelled: one that cannot be read does not hide the others. */
async function look(parts: VerifyParts, catalogue: Catalogue, snapshot: ListedSnapshot): Promise<Look> {
  try {
    const read = async () => {
      const opened = await catalogue.open(snapshot.key, parts.signal);
      return { recorded: opened.recorded, content: await readContent(opened.body) };
    };
    const { content, recorded } = await patiently(parts, read, true);
    return { snapshot, content, doubts: contentDoubts(snapshot, recorded, content) };
  } catch (error) {
    parts.signal.throwIfAborted();
    const doubt = isNoSuchObject(error) ? ({ kind: 'gone' } as const) : ({ kind: 'unread', error } as const);
    return { snapshot, doubts: [doubt] };
  }
}

/** Bytes that are not the snapshot's own say nothing of its serial. */
function readVerified({ snapshot, content, doubts }: Look): readonly ReadSnapshot[] {
  const isSound = doubts.every(({ kind }) => kind === 'unrecorded');
  if (!content || !isSound || snapshot.kind !== 'verified') return [];
  const { lineage, encrypted } = content.inspection.header;
  return [{ snapshot, lineage, encrypted, sha256: content.sha256 }];
}
