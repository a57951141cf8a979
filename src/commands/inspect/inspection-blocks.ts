import { type Block, code, plain, type Span, type Text } from '../../job/blocks.js';
import type { RunStatus } from '../../lock/liveness.js';
import type { HeldLock } from '../../lock/lock.js';
import type { ListedSnapshot } from '../../snapshots/catalogue.js';
import { holderTable } from '../../words/holder-table.js';
import { unlockCommands } from '../../words/how-to-unlock.js';
import type { Findings, Inspection, LockFinding } from './findings.js';
import { inspectionRows, snapshotFacts } from './inspection-rows.js';

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
    { kind: 'list', items: sentences.map((sentence) => plain(sentence, LONGEST.sentence)) },
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

type Held = Extract<LockFinding, { readonly kind: 'held' }>;

/** Who has it, and the way out, to be copied. */
function heldBlocks({ by, status }: Held, { places, runUrl }: Inspection, now: number): readonly Block[] {
  const commands = unlockCommands(places, by);
  return [
    holderTable(by, { runUrl, now }),
    { kind: 'paragraph', text: [...outlook(by, status), wayOut(by, status, commands.length > 0)] },
    { kind: 'code', language: 'sh', lines: commands },
  ];
}

/** Whether anybody will release it. */
function outlook({ holder }: HeldLock, status: RunStatus | undefined): readonly Span[] {
  if (holder?.kept) {
    return [
      'Its post step has kept it on purpose: ',
      plain(holder.kept, LONGEST.sentence),
      '. No job will release it any more. ',
    ];
  }
  if (!holder) return ['It was not taken by this action, so GitHub knows nothing of it. '];
  if (!status) return ['Whether its run goes on, GitHub does not tell. '];
  return status.ended
    ? [`GitHub says that its run has ended (${status.conclusion}), so nobody will release the lock. `]
    : ['GitHub says that its run goes on. '];
}

function wayOut({ holder }: HeldLock, status: RunStatus | undefined, hasCommand: boolean): string {
  const how = hasCommand ? 'free the lock:' : 'delete its record in the console of S3 or DynamoDB.';
  if (holder?.kept)
    return `When nothing of it runs any more, compare the state with its last snapshot, and ${how}`;
  return status?.ended ? `To go on, ${how}` : `Only if you are sure that it is dead, ${how}`;
}

function snapshotTable(newest: readonly ListedSnapshot[], now: number): readonly Block[] {
  if (newest.length === 0) return [];
  const rows = newest.map((snapshot) => {
    const { serial, written, size, name } = snapshotFacts(snapshot, now);
    return [serial, written, size, code(name)];
  });
  return [{ kind: 'rows', header: ['Serial', 'Written', 'Size', 'Snapshot'], rows }];
}
