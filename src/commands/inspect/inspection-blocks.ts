import { type Block, code, plain, type Text } from '../../job/blocks.js';
import type { ListedSnapshot } from '../../snapshots/catalogue.js';
import { holderTable } from '../../words/holder-table.js';
import { linked } from '../../words/linked-text.js';
import type { Findings, HeldFinding, Inspection, LockFinding } from './findings.js';
import { inspectionRows, snapshotFacts } from './inspection-rows.js';
import { lockOutlook } from './lock-outlook.js';

/** In UTF-16 code units. */
const LONGEST = { sentence: 1_000, value: 1_200 };

/** How the state stands, at a glance: who has the lock and what to do, then the facts. */
export function inspectionBlocks(inspection: Inspection, now: number): readonly Block[] {
  const { findings, problems } = inspection;
  const { lock, state, snapshots } = findings;
  const sentences = [...problems, ...(state?.doubts ?? [])];
  const rows = inspectionRows(inspection, now).filter(({ name }) => name !== 'Lock' || lock?.kind !== 'held');
  const [first, ...others] = rows.map(({ name, value, exact }) => [
    name,
    exact ? code(value, LONGEST.value) : plain(value, LONGEST.value),
  ]);
  return [
    { kind: 'heading', text: headingOf(inspection) },
    { kind: 'list', items: sentences.map((sentence) => linked(sentence, LONGEST.sentence)) },
    ...(lock?.kind === 'held' ? heldBlocks(lock, inspection, now) : []),
    { kind: 'rows', header: first, rows: others },
    ...snapshotTable(snapshots?.newest ?? [], now),
  ];
}

/** ⚠️ where somebody has to act or to look, ❌ where not everything could be seen. */
function headingOf({ findings, places, problems }: Inspection): Text {
  const { lock, state } = findings;
  const serial = state?.kind === 'state' ? ` · serial ${state.inspection.header.serial ?? 'unknown'}` : '';
  const sign = problems.length > 0 ? '❌' : isAmiss(findings) ? '⚠️' : lock?.kind === 'held' ? '🔒' : '🔓';
  return [
    `${sign} `,
    plain(places.backend.statePath, LONGEST.value),
    ` · ${LOCK_WORDS[lock?.kind ?? 'unknown']}${serial}`,
  ];
}

const LOCK_WORDS: Readonly<Record<LockFinding['kind'] | 'unknown', string>> = {
  none: 'no lock configured',
  free: 'not locked',
  held: 'locked',
  unknown: 'lock unknown',
};

/** A lock that nobody will release, or a state that is not what Terraform left. */
function isAmiss({ lock, state }: Findings): boolean {
  const stuck = lock?.kind === 'held' && (lock.status?.ended || lock.by.holder?.kept !== undefined);
  return stuck || (state?.doubts.length ?? 0) > 0;
}

/** Who has it, and the way out, to be copied. */
function heldBlocks(held: HeldFinding, { places, runUrl }: Inspection, now: number): readonly Block[] {
  const { sentences, commands } = lockOutlook(places, held);
  return [
    holderTable(held.by, { runUrl, now }),
    { kind: 'paragraph', text: plain(sentences, LONGEST.sentence) },
    { kind: 'code', language: 'sh', lines: commands },
  ];
}

function snapshotTable(newest: readonly ListedSnapshot[], now: number): readonly Block[] {
  if (newest.length === 0) return [];
  const rows = newest.map((snapshot) => {
    const { serial, written, size, name } = snapshotFacts(snapshot, now);
    return [serial, written, size, code(name)];
  });
  return [{ kind: 'rows', header: ['Serial', 'Written', 'Size', 'Snapshot'], rows }];
}
