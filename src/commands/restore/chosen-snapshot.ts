import { createHash } from 'node:crypto';
import type { SnapshotReference } from '../../config/snapshot-reference.js';
import type { Catalogue, ListedSnapshot, RecordedFacts } from '../../snapshots/catalogue.js';
import { selectSnapshot } from '../../snapshots/select.js';
import { md5Hex } from '../../state/digest.js';
import { inspectState, type StateInspection } from '../../state/inspection.js';
import { noSuchSnapshot, severalSnapshots, snapshotDamaged, snapshotNoState } from './refusals.js';

/** A snapshot that was read and found sound. */
export interface ChosenSnapshot {
  readonly listed: ListedSnapshot;
  readonly body: Uint8Array;
  readonly inspection: StateInspection;
  readonly serial: number;
  readonly lineage: string;
  /** By OpenTofu. */
  readonly encrypted: boolean;
  /** Whether its bytes could be compared with what was recorded when it was stored. */
  readonly checked: boolean;
}

/** What the catalogue of a state has to say. */
export interface Choice {
  readonly snapshot: ListedSnapshot;
  /** Of all snapshots, whatever their kind. */
  readonly highestSerial: number;
}

/**
 * The snapshot that is meant.
 *
 * @throws Failure if it is none, or not one alone; it names those that come next to it.
 */
export async function chooseSnapshot(
  catalogue: Catalogue,
  reference: SnapshotReference,
  signal: AbortSignal,
): Promise<Choice> {
  const snapshots: ListedSnapshot[] = [];
  for await (const snapshot of catalogue.list(signal)) snapshots.push(snapshot);
  const selection = selectSnapshot(snapshots, verifiedUnlessNamed(reference));
  switch (selection.kind) {
    case 'none':
      throw noSuchSnapshot(reference, { ...selection, snapshots, catalogue });
    case 'several':
      throw severalSnapshots(reference, selection.snapshots);
    case 'found': {
      const highestSerial = snapshots.reduce((highest, { serial }) => Math.max(highest, serial), 0);
      return { snapshot: selection.snapshot, highestSerial };
    }
  }
}

/**
 * What is put in a state's place is never a doubtful copy that nobody has named: it may be the very state that somebody wants
 * to get away from. Whoever only looks may mean it by `latest`.
 */
function verifiedUnlessNamed(reference: SnapshotReference): SnapshotReference {
  return reference.kind === 'latest' ? { kind: 'latest-verified' } : reference;
}

/**
 * Reads a snapshot whole, and checks it: its bytes are those that were stored, and they are a state.
 *
 * @throws Failure if they are not.
 */
export async function readSnapshot(
  catalogue: Catalogue,
  listed: ListedSnapshot,
  signal: AbortSignal,
): Promise<ChosenSnapshot> {
  const opened = await catalogue.open(listed.key, signal);
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.body) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const damage = damageOf(body, opened.recorded);
  if (damage !== undefined) throw snapshotDamaged(listed.key, damage);
  const inspection = await inspectState(body);
  const { serial, lineage, encrypted } = inspection.header;
  if (inspection.doubts.length > 0 || serial === undefined || lineage === undefined)
    throw snapshotNoState(listed.key, inspection.doubts);
  const checked = opened.recorded.sha256 !== undefined || opened.recorded.md5 !== undefined;
  return { listed, body, inspection, serial, lineage, encrypted, checked };
}

/** What is not as it was recorded, for the first checksum that is not. */
function damageOf(body: Uint8Array, { sha256, md5 }: RecordedFacts): string | undefined {
  const actual = { sha256: createHash('sha256').update(body).digest('hex'), md5: md5Hex(body) };
  if (sha256 !== undefined && sha256 !== actual.sha256)
    return `their SHA-256 is ${actual.sha256}, and ${sha256} was recorded`;
  if (md5 !== undefined && md5 !== actual.md5) return `their MD5 is ${actual.md5}, and ${md5} was recorded`;
  return undefined;
}
