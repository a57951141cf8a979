import { type Block, code, plain, type Text } from '../../job/blocks.js';
import type { ListedSnapshot } from '../../snapshots/catalogue.js';
import { spellBytes } from '../../words/bytes.js';
import { spellDuration } from '../../words/duration.js';
import { fact, inOneLine } from '../../words/facts.js';
import { holderTable } from '../../words/holder-table.js';
import { linked } from '../../words/linked-text.js';
import { comparisonBlocks, comparisonFacts } from './comparison-words.js';
import type { Findings, HeldFinding, Inspection, LockFinding, StateFinding } from './findings.js';
import { inspectionRows } from './inspection-rows.js';
import { lockOutlook } from './lock-outlook.js';

/** In UTF-16 code units. */
const LONGEST = { sentence: 1_000, value: 1_200 };
/** A table that fits on a screen is not folded; one that GitHub shows has an end. */
const SHORT_TABLE = 10;
const MOST_ROWS = 200;

/** How the state stands: who has the lock and what to do, a line of facts, the snapshots; the rest is folded. */
export function inspectionBlocks(inspection: Inspection, now: number): readonly Block[] {
  const { findings, problems } = inspection;
  const { lock, state, snapshots, comparison } = findings;
  const sentences = [...problems, ...(state?.doubts ?? [])];
  return [
    { kind: 'heading', text: headingOf(inspection) },
    { kind: 'list', items: sentences.map((sentence) => linked(sentence, LONGEST.sentence)) },
    ...(lock?.kind === 'held' ? heldBlocks(lock, inspection, now) : []),
    { kind: 'paragraph', text: inOneLine(glance(findings, now)) },
    ...(comparison ? comparisonBlocks(comparison) : []),
    ...snapshotTable(snapshots?.newest ?? [], now),
    details(inspection, now),
  ];
}

/** What to know of the state at once. */
function glance({ state, versioning, snapshots }: Findings, now: number): readonly Text[] {
  return [
    ...(state?.kind === 'absent' ? ['no state'] : []),
    ...(state?.kind === 'state' ? stateGlance(state, now) : []),
    `bucket versioning ${versioning ?? 'unknown'}`,
    snapshots ? counted(snapshots.total, 'snapshot') : 'snapshots unknown',
  ];
}

function stateGlance(
  { inspection, version, body }: Extract<StateFinding, { kind: 'state' }>,
  now: number,
): readonly Text[] {
  const { header, resources } = inspection;
  return [
    ...(resources ? [counted(resources.size, 'resource')] : []),
    ...(header.encrypted ? ['encrypted'] : []),
    `written ${ago(version.lastModified, now)}`,
    spellBytes(body.length),
  ];
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

const ago = (epochMs: number, now: number) => `${spellDuration(now - epochMs)} ago`;

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
  const rows = newest
    .slice(0, MOST_ROWS)
    .map(({ serial, lastModified, bytes, kind }) => [
      `${serial}${kind === 'verified' ? '' : ` (${kind})`}`,
      ago(lastModified, now),
      spellBytes(bytes),
    ]);
  const table: Block = { kind: 'rows', header: ['Snapshot of serial', 'Written', 'Size'], rows };
  if (newest.length <= SHORT_TABLE) return [table];
  const more = newest.length - rows.length;
  const rest: readonly Block[] = more > 0 ? [{ kind: 'paragraph', text: `and ${more} more` }] : [];
  return [
    { kind: 'details', title: `The newest ${counted(newest.length, 'snapshot')}`, blocks: [table, ...rest] },
  ];
}

/** Where everything is, in full. */
function details(inspection: Inspection, now: number): Block {
  const rows = inspectionRows(inspection, now).map(({ name, value, exact }) =>
    fact(name, exact ? code(value, LONGEST.value) : plain(value, LONGEST.value)),
  );
  const { comparison, snapshots } = inspection.findings;
  const keys = (snapshots?.newest ?? [])
    .slice(0, MOST_ROWS)
    .map(({ key, serial }) => fact(`Serial ${serial}`, code(key, LONGEST.value)));
  return {
    kind: 'details',
    title: 'State and snapshots',
    blocks: [{ kind: 'list', items: [...rows, ...(comparison ? comparisonFacts(comparison) : []), ...keys] }],
  };
}
