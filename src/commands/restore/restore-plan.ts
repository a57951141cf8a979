import { md5Hex, parseDigest } from '../../state/digest.js';
import { compareResources, type ResourceChanges } from '../../state/resources.js';
import { isSameButSerial, withSerial } from '../../state/serial-digits.js';
import type { ChosenSnapshot } from './chosen-snapshot.js';
import { type CurrentState, isReadable, lineageOf, serialOf } from './current-state.js';
import { anotherLineage, serialTooHigh } from './refusals.js';

/** What a restore would do. It is known before anything is done. */
export interface RestorePlan {
  /** `in-place`: the state is the snapshot's content already, so at most its digest is put right. */
  readonly kind: 'restore' | 'in-place';
  readonly snapshot: ChosenSnapshot;
  /** What is there now. */
  readonly current: CurrentState;
  /** The state as it will be. */
  readonly body: Uint8Array;
  readonly md5: string;
  readonly serial: { readonly before?: number; readonly after: number };
  readonly lineage: { readonly before?: string; readonly after: string };
  /** The serial could not be raised, because OpenTofu has encrypted it too. */
  readonly verbatim: boolean;
  /** The digest that Terraform keeps is not that of the state as it will be. */
  readonly digestDiffers: boolean;
  /** What comes, goes and changes, by address; absent where one of the two cannot be read. */
  readonly changes?: ResourceChanges;
}

/** What a plan is made of. */
export interface RestoreFacts {
  readonly snapshot: ChosenSnapshot;
  readonly current: CurrentState;
  /** Of all snapshots of the state. */
  readonly highestSerial: number;
  readonly allowLineageChange: boolean;
}

/** Where the state is gone or cannot be read, there may have been versions that nobody has a copy of. */
const UNSEEN_SERIALS = 1_000;

/**
 * Decides what a restore does.
 *
 * A saved plan is stale by serial and lineage alone. So the state gets a serial above every one that is known: no plan that
 * was saved before fits it. docs/restore.md
 *
 * @throws Failure if it must not be done.
 */
export function planRestore(facts: RestoreFacts): RestorePlan {
  const { snapshot, current, allowLineageChange } = facts;
  const lineage = { before: lineageOf(current), after: snapshot.lineage };
  if (lineage.before !== undefined && lineage.before !== lineage.after && !allowLineageChange)
    throw anotherLineage(snapshot.listed.key, { before: lineage.before, after: lineage.after });
  const common = { snapshot, current, lineage, verbatim: snapshot.encrypted, changes: changesOf(facts) };
  const before = serialOf(current);
  const inPlace = isReadable(current) && isInPlace(current, facts);
  const after = inPlace || snapshot.encrypted ? undefined : nextSerial(facts);
  const body = inPlace
    ? current.body
    : after === undefined
      ? snapshot.body
      : withSerial(snapshot.body, after);
  const md5 = md5Hex(body);
  return {
    ...common,
    kind: inPlace ? 'in-place' : 'restore',
    body,
    md5,
    serial: { before, after: after ?? (inPlace ? (before ?? snapshot.serial) : snapshot.serial) },
    digestDiffers: parseDigest(current.digest ?? '') !== md5,
  };
}

/** An older serial is not in place: what was planned or applied since then still bears the serials above it. */
function isInPlace({ body, inspection }: CurrentState & { kind: 'state' }, facts: RestoreFacts): boolean {
  const { snapshot, highestSerial } = facts;
  if (snapshot.encrypted) return Buffer.compare(body, snapshot.body) === 0;
  if (inspection.header.encrypted || !isSameButSerial(body, snapshot.body)) return false;
  return (inspection.header.serial ?? 0) >= highestSerial;
}

function nextSerial({ snapshot, current, highestSerial }: RestoreFacts): number {
  const highest = Math.max(snapshot.serial, highestSerial, serialOf(current) ?? 0);
  const next = highest + (isReadable(current) ? 1 : UNSEEN_SERIALS);
  if (!Number.isSafeInteger(next)) throw serialTooHigh(snapshot.listed.key, highest);
  return next;
}

function changesOf({ snapshot, current }: RestoreFacts): ResourceChanges | undefined {
  const before = current.kind === 'absent' ? new Map() : current.inspection.resources;
  const after = snapshot.inspection.resources;
  return before && after && compareResources(before, after);
}
