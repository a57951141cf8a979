import { createHash } from 'node:crypto';
import { type SnapshotKind, snapshotName } from '../names/snapshot-key.js';
import type { ReadState } from '../state/read-state.js';
import type { Catalogue, Phase, Snapshot } from './catalogue.js';

/** Why and when a snapshot is taken. */
export interface Occasion {
  readonly phase: Phase;
  /** Milliseconds since the Unix epoch. */
  readonly takenAt: number;
  readonly runUrl: string;
  readonly commit: string;
}

/** Where a snapshot is, and whether it is new. */
export interface StoredSnapshot {
  readonly key: string;
  readonly created: boolean;
}

/** Stores a copy of `state`, byte for byte, a doubtful one too: the copy's name says so, and its metadata why. */
export async function takeSnapshot(
  catalogue: Catalogue,
  state: ReadState,
  occasion: Occasion,
  signal?: AbortSignal,
): Promise<StoredSnapshot> {
  const snapshot = snapshotOf(catalogue, state, occasion);
  const outcome = await catalogue.add(snapshot, signal);
  return { key: snapshot.key, created: outcome === 'created' };
}

function kindOf({ phase }: Occasion, doubts: readonly string[]): SnapshotKind {
  if (phase === 'pre-restore') return 'pre-restore';
  return doubts.length > 0 ? 'doubtful' : 'verified';
}

function snapshotOf(catalogue: Catalogue, state: ReadState, occasion: Occasion): Snapshot {
  const { version, body, md5, inspection, doubts } = state;
  const { serial, lineage } = inspection.header;
  return {
    key: `${catalogue.prefix}${snapshotName(version, serial, kindOf(occasion, doubts))}`,
    body,
    sourceEncryption: version.encryption,
    metadata: {
      lineage,
      serial,
      sourceVersionId: version.versionId,
      md5,
      sha256: createHash('sha256').update(body).digest('hex'),
      takenAt: new Date(occasion.takenAt).toISOString(),
      phase: occasion.phase,
      runUrl: occasion.runUrl,
      commit: occasion.commit,
      doubts,
    },
  };
}
