import type { VerifySettings } from '../../config/settings.js';
import { type Block, code, plain, type Text } from '../../job/blocks.js';
import type { Finding } from '../../snapshots/verification/finding.js';
import { spellBytes } from '../../words/bytes.js';
import { counted, spellCount } from '../../words/counts.js';
import { spellDuration } from '../../words/duration.js';
import { reason } from '../../words/explain.js';
import { fact, inOneLine } from '../../words/facts.js';
import type { Failure } from '../../words/failure.js';
import { linked } from '../../words/linked-text.js';
import { doubtWords, nameOf } from './finding-words.js';
import { drillWords, indexWords } from './outcome-words.js';
import type { VerifyResults } from './verify-results.js';

/** In UTF-16 code units: 200 rows of the most hostile text stay below what GitHub shows. */
const LONGEST = { path: 110, name: 70, says: 240, sentence: 1_000, key: 1_100 };

const MOST_ROWS = 200;

/** Totals first, then what was found, then what to copy; the rest is folded. */
export function verifyBlocks(results: VerifyResults, settings: VerifySettings): readonly Block[] {
  const { findings, drill, unmatched } = results;
  const failure = drill?.failure;
  return [
    { kind: 'heading', text: headingOf(results) },
    { kind: 'list', items: failure === undefined ? [] : [linked(reason(failure), LONGEST.sentence)] },
    { kind: 'paragraph', text: glance(results) },
    ...findingTable(results),
    ...acknowledgement(findings.red),
    {
      kind: 'details',
      title: 'Depth, index and drill',
      blocks: [
        {
          kind: 'list',
          items: [
            fact('Read', depthWords(settings)),
            fact('Index', indexWords(results.overview.index)),
            ...(drill ? [fact('Drill', plain(drillWords(drill), LONGEST.sentence))] : []),
            ...unmatched.map((key) => fact('Acknowledged, and not found', code(key, LONGEST.key))),
          ],
        },
      ],
    },
  ];
}

/** Of a run that did not come to its end. */
export function notVerifiedBlocks(
  { title, message, details }: Failure,
  { backend }: VerifySettings,
): readonly Block[] {
  return [
    { kind: 'heading', text: ['❌ ', plain(backend.bucket, LONGEST.path), ` · ${title}`] },
    ...(details ?? [{ kind: 'paragraph', text: linked(message, LONGEST.sentence) } as const]),
  ];
}

function headingOf({ findings, totals, drill }: VerifyResults): Text {
  const { red, warnings } = findings;
  const failed = drill?.failure !== undefined;
  const sign = red.length > 0 || failed ? '❌' : warnings.length > 0 ? '⚠️' : '✅';
  const outcome =
    red.length > 0
      ? counted(red.length, 'finding')
      : failed
        ? 'the drill failed'
        : warnings.length > 0
          ? counted(warnings.length, 'warning')
          : 'no doubt';
  return `${sign} Verification of ${counted(totals.states, 'state')} · ${outcome}`;
}

/** What to know at once. */
function glance({ totals, findings, overview, tookMs }: VerifyResults): Text {
  return inOneLine([
    `${spellCount(totals.checked)} of ${counted(totals.snapshots, 'snapshot')} read`,
    spellBytes(totals.bytes),
    `in ${spellDuration(tookMs)}`,
    ...(totals.gone > 0 ? [`${totals.gone} without a state any more`] : []),
    ...(findings.warnings.length > 0 ? [`${findings.warnings.length} to be known`] : []),
    ...(findings.acknowledged.length > 0 ? [`${findings.acknowledged.length} acknowledged`] : []),
    `bucket versioning ${overview.versioning ?? 'unknown'}`,
  ]);
}

function findingTable({ findings }: VerifyResults): readonly Block[] {
  const rows = [
    ...findings.red.map((finding) => rowOf('❌', finding)),
    ...findings.warnings.map((finding) => rowOf('⚠️', finding)),
    ...findings.acknowledged.map((finding) => rowOf('☑️', finding)),
  ];
  if (rows.length === 0) return [];
  const more = rows.length - MOST_ROWS;
  return [
    { kind: 'rows', header: ['State', 'Snapshot', 'What was found'], rows: rows.slice(0, MOST_ROWS) },
    { kind: 'paragraph', text: more > 0 ? `And ${more} more, which the report file has.` : '' },
  ];
}

function rowOf(sign: string, finding: Finding): readonly Text[] {
  const { key, statePath } = finding;
  return [
    [`${sign} `, plain(statePath, LONGEST.path)],
    key === statePath ? '' : code(nameOf(key), LONGEST.name),
    plain(doubtWords(finding), LONGEST.says),
  ];
}

/** What a person who has looked at all of it copies into the workflow. */
function acknowledgement(red: readonly Finding[]): readonly Block[] {
  if (red.length === 0) return [];
  const keys = [...new Set(red.map(({ key }) => key))].slice(0, MOST_ROWS);
  return [
    {
      kind: 'details',
      title: 'Once you have looked at them',
      blocks: [
        {
          kind: 'code',
          language: 'yaml',
          lines: ['acknowledged: |', ...keys.map((key) => ['  ', plain(key, LONGEST.key)])],
        },
      ],
    },
  ];
}

function depthWords({ verification: { depth, drill } }: VerifySettings): string {
  const more = drill ? ', with a drill' : '';
  switch (depth.kind) {
    case 'newest':
      return `the newest verified snapshot of each state${more}`;
    case 'sample':
      return `the newest verified snapshot of each state, and ${depth.others} others at random${more}`;
    case 'all':
      return `all snapshots of each state${more}`;
  }
}
