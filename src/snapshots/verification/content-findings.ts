import type { ListedSnapshot, RecordedFacts } from '../catalogue.js';
import type { SnapshotContent } from './content.js';
import type { Doubt } from './finding.js';

/**
 * What is wrong with a snapshot by itself: its bytes, what was recorded of them, its name. A copy that is not verified need
 * not be a state, but its bytes must be those that were stored.
 */
export function contentDoubts(
  snapshot: ListedSnapshot,
  recorded: RecordedFacts,
  content: SnapshotContent,
): readonly Doubt[] {
  const altered = alteration(snapshot, recorded, content);
  // The rest would only be told of bytes that are not the snapshot's own.
  if (altered) return [altered];
  return [
    ...(recorded.sha256 === undefined && recorded.md5 === undefined ? [{ kind: 'unrecorded' } as const] : []),
    ...(snapshot.kind === 'verified' ? stateDoubts(snapshot, content) : []),
  ];
}

/** The first of what was recorded that the bytes do not have. */
function alteration(
  { bytes }: ListedSnapshot,
  { sha256, md5 }: RecordedFacts,
  content: SnapshotContent,
): Doubt | undefined {
  const comparisons = [
    { what: 'length', recorded: String(bytes), found: String(content.bytes) },
    { what: 'SHA-256', recorded: sha256 ?? content.sha256, found: content.sha256 },
    { what: 'MD5', recorded: md5 ?? content.md5, found: content.md5 },
  ] as const;
  const differs = comparisons.find(({ recorded, found }) => recorded !== found);
  return differs && { kind: 'altered', ...differs };
}

function stateDoubts(
  { serial: named }: ListedSnapshot,
  { inspection: { doubts, header } }: SnapshotContent,
): readonly Doubt[] {
  if (doubts.length > 0) return [{ kind: 'not-a-state', reasons: doubts }];
  return header.serial === named ? [] : [{ kind: 'misnamed', named, serial: header.serial }];
}
