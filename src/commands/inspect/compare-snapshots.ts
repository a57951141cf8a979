import type { ComparedReference, SnapshotPair } from '../../config/settings.js';
import type { Catalogue, ListedSnapshot } from '../../snapshots/catalogue.js';
import { selectSnapshot } from '../../snapshots/select.js';
import { inspectState, type StateInspection } from '../../state/inspection.js';
import { compareResources } from '../../state/resources.js';
import { chosenSnapshot } from '../../words/chosen-snapshot.js';
import type { ComparedSide, ComparisonFinding, StateFinding } from './findings.js';

/** What a comparison takes. */
interface CompareParts {
  readonly catalogue: Catalogue;
  /** The state itself, which is read anyway. */
  readonly state: () => Promise<StateFinding | undefined>;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * Which resources come, go and change between two versions of a state.
 *
 * @throws Failure where a reference means no snapshot, or several
 */
export async function compareSnapshots(
  { from, to }: SnapshotPair,
  parts: CompareParts,
): Promise<ComparisonFinding> {
  const isListed = from.kind !== 'current' || to.kind !== 'current';
  const snapshots = isListed ? await allOf(parts) : [];
  // Both are chosen before either is read: a state may be large.
  const chosen = { from: choose(from, snapshots, parts), to: choose(to, snapshots, parts) };
  const [before, after] = await Promise.all([read(chosen.from, parts), read(chosen.to, parts)]);
  const sides = { from: before.side, to: after.side };
  return before.resources && after.resources
    ? { kind: 'compared', ...sides, changes: compareResources(before.resources, after.resources) }
    : { kind: 'opaque', ...sides };
}

async function allOf({ catalogue, signal }: CompareParts): Promise<readonly ListedSnapshot[]> {
  const snapshots: ListedSnapshot[] = [];
  for await (const snapshot of catalogue.list(signal)) snapshots.push(snapshot);
  return snapshots;
}

type Chosen = Pick<ComparedSide, 'reference' | 'snapshot'>;

function choose(
  reference: ComparedReference,
  snapshots: readonly ListedSnapshot[],
  { catalogue: { prefix }, now }: CompareParts,
): Chosen {
  if (reference.kind === 'current') return { reference };
  const selection = selectSnapshot(snapshots, reference);
  return { reference, snapshot: chosenSnapshot(selection, { reference, prefix, now }) };
}

interface Side {
  readonly side: ComparedSide;
  /** Absent where nothing can be told of them. */
  readonly resources?: StateInspection['resources'];
}

async function read(chosen: Chosen, { catalogue, state, signal }: CompareParts): Promise<Side> {
  if (chosen.snapshot) {
    const { body } = await catalogue.open(chosen.snapshot.key, signal);
    const { header, resources } = await inspectState(body);
    return { side: { ...chosen, header }, resources };
  }
  const found = await state();
  if (found?.kind === 'absent') return { side: chosen, resources: new Map() };
  const { header, resources } = found?.inspection ?? {};
  return { side: { ...chosen, header }, resources };
}
