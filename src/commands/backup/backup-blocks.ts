import { type Block, code, plain, type Text } from '../../job/blocks.js';
import { spellBytes } from '../../words/bytes.js';
import { counted, spellCount } from '../../words/counts.js';
import { spellDuration } from '../../words/duration.js';
import { fact, inOneLine } from '../../words/facts.js';
import type { BackupResult } from './backup-result.js';
import { type Outcome, ofKind } from './outcomes.js';

/** So many rows a table has. The report file has all. */
const MOST_ROWS = 200;
/** In UTF-16 code units. */
const LONGEST = { path: 300, cause: 400, place: 1_200 };

/** What a run did: totals first, then what somebody has to look at, then what changed. */
export function backupBlocks(result: BackupResult, now: number): readonly Block[] {
  const { outcomes, stale } = result;
  const cells = (path: string, cause: string): readonly Text[] => [
    plain(path, LONGEST.path),
    plain(cause, LONGEST.cause),
  ];
  return [
    { kind: 'heading', text: headingOf(result) },
    { kind: 'paragraph', text: inOneLine(glance(result)) },
    ...table(['Failed', 'Why'], ofKind(outcomes, 'failed'), ({ state, result: { failure } }) =>
      cells(state.path, failure.message),
    ),
    ...table(['Doubtful', 'Why'], ofKind(outcomes, 'doubtful'), ({ state, result: { doubts } }) =>
      cells(state.path, doubts.join(' ')),
    ),
    ...table(['Without a verified snapshot for too long', 'Changed'], stale, ({ path, changedAt }) =>
      cells(path, `${spellDuration(now - changedAt)} ago`),
    ),
    ...table(['Copied', 'Serial', 'Size', 'Changed'], ofKind(outcomes, 'copied'), (outcome) => [
      plain(outcome.state.path, LONGEST.path),
      String(outcome.result.serial ?? 'unknown'),
      spellBytes(outcome.result.bytes),
      `${spellDuration(now - outcome.result.lastModified)} ago`,
    ]),
    ...table(['Would be copied', 'Size'], ofKind(outcomes, 'would-copy'), ({ state }) => [
      plain(state.path, LONGEST.path),
      spellBytes(state.bytes),
    ]),
    details(result),
  ];
}

function headingOf({ totals, stale, settings }: BackupResult): Text {
  const { states, failed, doubtful, copied, wouldCopy } = totals;
  const bad = failed + stale.length;
  const sign = bad > 0 ? '❌' : doubtful > 0 ? '⚠️' : '✅';
  const outcome =
    failed > 0
      ? `${spellCount(failed)} not backed up`
      : stale.length > 0
        ? `${spellCount(stale.length)} for too long without a verified snapshot`
        : settings.run.dryRun
          ? `${spellCount(wouldCopy)} would be copied`
          : `${spellCount(copied)} copied`;
  return `${sign} Backup of ${counted(states, 'state')} · ${outcome}`;
}

function glance({ totals, settings, tookMs }: BackupResult): readonly Text[] {
  const { copied, wouldCopy, unchanged, doubtful, failed, pruned, bytes, oldestAgeMs } = totals;
  const { dryRun } = settings.run;
  return [
    ...(dryRun
      ? ['dry run', `${spellCount(wouldCopy)} would be copied`]
      : [`${spellCount(copied)} copied (${spellBytes(bytes)})`]),
    `${spellCount(unchanged)} unchanged`,
    ...(failed > 0 ? [`${spellCount(failed)} failed`] : []),
    ...(doubtful > 0 ? [`${spellCount(doubtful)} doubtful`] : []),
    ...(settings.retention
      ? [
          `${counted(pruned, 'old snapshot')} ${dryRun || settings.retention.dryRun ? 'would be removed' : 'removed'}`,
        ]
      : []),
    ...(oldestAgeMs === undefined ? [] : [`oldest state's snapshot of ${spellDuration(oldestAgeMs)} ago`]),
    `took ${spellDuration(tookMs)}`,
  ];
}

function table<Item>(
  header: readonly Text[],
  items: readonly Item[],
  row: (item: Item) => readonly Text[],
): readonly Block[] {
  if (items.length === 0) return [];
  const more = items.length - MOST_ROWS;
  return [
    { kind: 'rows', header, rows: items.slice(0, MOST_ROWS).map(row) },
    ...(more > 0
      ? [{ kind: 'paragraph', text: `… and ${spellCount(more)} more, which the report file has.` } as const]
      : []),
  ];
}

/** Where everything is. */
function details({ settings, outcomes }: BackupResult): Block {
  const { backend, backup, keys } = settings;
  const globs = [...keys.included, ...keys.excluded.map((glob) => `!${glob}`)].join(' ');
  const snapshots = outcomes.reduce((sum, { entry }) => sum + (entry?.count ?? 0), 0);
  const bytes = outcomes.reduce((sum, { entry }: Outcome) => sum + (entry?.bytes ?? 0), 0);
  return {
    kind: 'details',
    title: 'Where',
    blocks: [
      {
        kind: 'list',
        items: [
          fact('States', code(`s3://${backend.bucket}`, LONGEST.place)),
          fact('Keys', code(globs, LONGEST.place)),
          fact('Snapshots', code(`s3://${backup.bucket}/${backup.prefix}`, LONGEST.place)),
          fact('In all', `${counted(snapshots, 'snapshot')}, ${spellBytes(bytes)}, as the index has it`),
        ],
      },
    ],
  };
}
