import { formatSnapshotReference } from '../../config/snapshot-reference.js';
import { type Block, code, plain, strong, type Text } from '../../job/blocks.js';
import { fact } from '../../words/facts.js';
import { changeList, countsOf, KINDS_OF_CHANGE } from '../hold/summary/change-blocks.js';
import type { ComparedSide, ComparedSides, ComparisonFinding } from './findings.js';

/** In UTF-16 code units. */
const LONGEST = { side: 200, key: 1_200 };

const OPAQUE =
  'Which resources differ cannot be told: one of the two is encrypted, or is no state that can be read.';
const OTHER_LINEAGE =
  'They are of different lineages, so that Terraform does not take them for versions of one state.';

/** What became of the resources from one version to the other: in a line, and address by address. */
export function comparisonBlocks(comparison: ComparisonFinding): readonly Block[] {
  const sides: Text = [
    plain(sideWords(comparison.from), LONGEST.side),
    ' to ',
    plain(sideWords(comparison.to), LONGEST.side),
  ];
  const remarks = { kind: 'list', items: remarksOn(comparison) } as const;
  switch (comparison.kind) {
    case 'opaque':
      return [{ kind: 'paragraph', text: ['Compared: ', ...sides] }, remarks];
    case 'compared':
      return [
        { kind: 'paragraph', text: [strong(countsOf(comparison.changes)), ', ', ...sides] },
        remarks,
        changeList(comparison.changes),
      ];
  }
}

/** The same for the log, with every address. */
export function comparisonLines(comparison: ComparisonFinding): readonly string[] {
  const counts = comparison.kind === 'compared' ? `, ${countsOf(comparison.changes)}` : '';
  return [
    `Compared: ${sideWords(comparison.from)} to ${sideWords(comparison.to)}${counts}`,
    ...remarksOn(comparison),
    ...(comparison.kind === 'compared' ? addressLines(comparison.changes) : []),
  ];
}

function addressLines(changes: Extract<ComparisonFinding, { kind: 'compared' }>['changes']): string[] {
  return KINDS_OF_CHANGE.flatMap(({ kind, sign }) => changes[kind].map((address) => `  ${sign} ${address}`));
}

/** Which snapshots they are. */
export function comparisonFacts({ from, to }: ComparedSides): readonly Text[] {
  return [from, to].flatMap(({ snapshot }, index) =>
    snapshot ? [fact(index === 0 ? 'From snapshot' : 'To snapshot', code(snapshot.key, LONGEST.key))] : [],
  );
}

function remarksOn(comparison: ComparisonFinding): readonly string[] {
  const [one, other] = [comparison.from.header?.lineage, comparison.to.header?.lineage];
  const differ = one !== undefined && other !== undefined && one !== other;
  return [...(comparison.kind === 'opaque' ? [OPAQUE] : []), ...(differ ? [OTHER_LINEAGE] : [])];
}

function sideWords({ reference, snapshot, header }: ComparedSide): string {
  if (reference.kind === 'current')
    return header ? `serial ${header.serial ?? 'unknown'} (current)` : 'no state (current)';
  const name = snapshot?.key.slice(snapshot.key.lastIndexOf('/') + 1);
  const asked = reference.kind === 'key' ? name : formatSnapshotReference(reference);
  return `serial ${header?.serial ?? 'unknown'} (${asked})`;
}
