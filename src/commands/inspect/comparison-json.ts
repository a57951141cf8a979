import { formatSnapshotReference } from '../../config/snapshot-reference.js';
import type { ResourceChanges } from '../../state/resources.js';
import type { ComparedSide, ComparisonFinding } from './findings.js';

/** What became of the resources, for other programs. Null where one of the two cannot be read so far. */
export interface ComparisonJson {
  readonly from: SideJson;
  readonly to: SideJson;
  /** Of all, also where the lists are cut. */
  readonly counts: Readonly<Record<keyof ResourceChanges, number>> | null;
  readonly added: readonly string[] | null;
  readonly removed: readonly string[] | null;
  readonly changed: readonly string[] | null;
}

interface SideJson {
  /** As it was asked for. */
  readonly reference: string;
  /** Null for the state itself. */
  readonly key: string | null;
  readonly serial: number | null;
  readonly lineage: string | null;
}

/** How much is told of addresses, which are other people's text. */
export interface AddressExtent {
  /** Of each kind of change. */
  readonly addresses: number;
  /** In UTF-16 code units. */
  readonly longestAddress: number;
}

export function comparisonJson(
  comparison: ComparisonFinding,
  { addresses: most, longestAddress }: AddressExtent,
): ComparisonJson {
  const sides = { from: sideJson(comparison.from), to: sideJson(comparison.to) };
  switch (comparison.kind) {
    case 'opaque':
      return { ...sides, counts: null, added: null, removed: null, changed: null };
    case 'compared': {
      const { added, removed, changed } = comparison.changes;
      const counts = { added: added.length, removed: removed.length, changed: changed.length };
      const first = (addresses: readonly string[]) =>
        addresses.slice(0, most).map((address) => address.slice(0, longestAddress));
      return { ...sides, counts, added: first(added), removed: first(removed), changed: first(changed) };
    }
  }
}

function sideJson({ reference, snapshot, header }: ComparedSide): SideJson {
  return {
    reference: reference.kind === 'current' ? 'current' : formatSnapshotReference(reference),
    key: snapshot?.key ?? null,
    serial: header?.serial ?? null,
    lineage: header?.lineage ?? null,
  };
}
