import { persistFor } from '../../../job/persistence.js';
import type { StateClient } from '../../../job/state-client.js';
import { drillPath } from '../../../names/drill-place.js';
import type { Catalogue, ListedSnapshot } from '../../../snapshots/catalogue.js';
import type { DrillDoubt } from '../../../snapshots/verification/finding.js';
import type { Scratch } from '../../../snapshots/verification/scratch.js';
import { md5Hex } from '../../../state/digest.js';
import { inspectState, type StateInspection } from '../../../state/inspection.js';
import { readState } from '../../../state/read-state.js';
import { reason } from '../../../words/explain.js';
import { Failure } from '../../../words/failure.js';
import { type Patience, patiently } from '../patience.js';
import { differenceOfAddresses } from './compare-addresses.js';

/** Where snapshots are restored for trial, and who looks at them there. */
export interface DrillPlace {
  readonly scratch: Scratch;
  /** Absent where there is none on this machine: then states are only read back. */
  readonly client?: StateClient;
}

export interface DrillParts extends Patience {
  readonly place: DrillPlace;
}

/** The newest verified snapshot of one state. */
export interface DrillTarget {
  readonly catalogue: Catalogue;
  readonly snapshot: ListedSnapshot;
  /** A name that no other state of this drill has, of letters, digits and `-`. */
  readonly workspace: string;
}

/** What one restore for trial showed. */
export interface DrillOutcome {
  /** By whom it was looked at. `encrypted`: only its bytes were, for OpenTofu has encrypted it. */
  readonly kind: 'listed' | 'read-back' | 'encrypted';
  readonly doubts: readonly DrillDoubt[];
}

/**
 * Restores a snapshot for trial, looks at it there, and takes it away again whatever comes of it.
 *
 * @throws what the stores throw; then there is no outcome
 */
export async function drill(parts: DrillParts, target: DrillTarget): Promise<DrillOutcome> {
  const { scratch } = parts.place;
  const { signal } = parts;
  const path = drillPath(scratch.folder, target.workspace);
  const body = await patiently(parts, () => readWhole(target, signal), true);
  const inspection = await inspectState(body);
  try {
    await patiently(parts, () => scratch.put(path, { body, md5: md5Hex(body) }, signal), true);
    return await lookAt(parts, { path, workspace: target.workspace, body, inspection });
  } finally {
    await takeAway(parts, path);
  }
}

async function readWhole({ catalogue, snapshot }: DrillTarget, signal: AbortSignal): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const { body } = await catalogue.open(snapshot.key, signal);
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface Restored {
  readonly path: string;
  readonly workspace: string;
  readonly body: Uint8Array;
  readonly inspection: StateInspection;
}

async function lookAt(parts: DrillParts, restored: Restored): Promise<DrillOutcome> {
  const { client } = parts.place;
  const { resources } = restored.inspection;
  if (!resources) return { kind: 'encrypted', doubts: await readBack(parts, restored) };
  if (!client) return { kind: 'read-back', doubts: await readBack(parts, restored) };
  try {
    const listed = await client.listState(restored.workspace, parts.signal);
    const difference = differenceOfAddresses(resources, listed);
    return { kind: 'listed', doubts: difference ? [{ kind: 'drill-differs', ...difference }] : [] };
  } catch (error) {
    parts.signal.throwIfAborted();
    return { kind: 'listed', doubts: [{ kind: 'drill-failed', error }] };
  }
}

/** As Terraform reads it: its bytes, against its digest. */
async function readBack(parts: DrillParts, { path, body }: Restored): Promise<readonly DrillDoubt[]> {
  const { clock, signal } = parts;
  const source = await parts.place.scratch.open(path);
  const found = await patiently(parts, () => readState(source, { clock, signal }), true);
  const isSame = found.kind === 'state' && Buffer.compare(found.body, body) === 0;
  const doubts = found.kind === 'unchanged' ? [] : found.doubts;
  if (isSame && doubts.length === 0) return [];
  const [first = 'What is read there is not what was written.'] = doubts;
  return [{ kind: 'drill-failed', error: new Error(first) }];
}

/** So long a step that is cancelled still cleans up; the runner ends it after some ten seconds. */
const CLEANING_MS = 30_000;

/** Whatever is still there after that, the end of the drill takes away. */
async function takeAway({ place, clock, random }: DrillParts, path: string): Promise<void> {
  const persistence = { clock, random, reached: true };
  await persistFor(CLEANING_MS, (signal) => place.scratch.remove(path, signal), persistence).catch(() => {});
}

/** A drill restores one state after the other, and none stays longer than a client takes: what is older than this is left over. */
const LEFT_OVER_MS = 3_600_000;

/** Removes what drills that were killed have left. */
export async function removeLeftOvers({ place, clock, signal }: DrillParts): Promise<number> {
  const { scratch } = place;
  let removed = 0;
  for await (const { path, storedAt } of scratch.list(signal)) {
    if (clock.now() - storedAt < LEFT_OVER_MS) continue;
    await scratch.remove(path, signal);
    removed++;
  }
  return removed;
}

/**
 * Removes all that is there of this drill, also when it was cancelled.
 *
 * @throws Failure if anything stays
 */
export async function cleanUp({ place, clock, random }: DrillParts, bucket: string): Promise<void> {
  const { scratch } = place;
  const removeAll = async (signal: AbortSignal) => {
    for await (const { path } of scratch.list(signal)) {
      if (path.startsWith(`${scratch.folder}/`)) await scratch.remove(path, signal);
    }
  };
  try {
    await persistFor(CLEANING_MS, removeAll, { clock, random, reached: true });
  } catch (cause) {
    throw new Failure(
      'Drill not cleaned up',
      `What the drill has restored for trial could not all be removed from s3://${bucket}/${scratch.folder}/. ` +
        `No state of yours is concerned, and the next drill removes it once an hour has passed. ${reason(cause)}`,
      { cause },
    );
  }
}
