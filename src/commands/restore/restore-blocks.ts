import type { RestoreSettings } from '../../config/settings.js';
import { type Block, code, plain, strong, type Text } from '../../job/blocks.js';
import { lockPlace } from '../../names/lock-place.js';
import { spellBytes } from '../../words/bytes.js';
import { spellDuration } from '../../words/duration.js';
import { fact, inOneLine, location } from '../../words/facts.js';
import type { Failure } from '../../words/failure.js';
import { linked } from '../../words/linked-text.js';
import { changeList, countsOf } from '../hold/summary/change-blocks.js';
import type { CarriedOut } from './carry-out.js';
import { isReadable } from './current-state.js';
import { againBelow, snapshotLine } from './mishaps.js';
import { cautionsOf } from './restore-log.js';
import type { RestorePlan } from './restore-plan.js';

/** What a summary is told with. */
export interface SummaryFacts {
  readonly settings: RestoreSettings;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** In UTF-16 code units. */
const LONGEST = { path: 1_200, sentence: 1_000, message: 4_000 };

/** A restore that was carried out: what is there now, what changed, and the way back. */
export function restoredBlocks(
  plan: RestorePlan,
  { preRestore, result, failures }: CarriedOut,
  facts: SummaryFacts,
): readonly Block[] {
  const { bucket } = facts.settings.backup;
  const [failure] = failures;
  const cautious = cautionsOf(plan).length > 0;
  const sign = failure ? '❌' : cautious ? '⚠️' : '✅';
  const copies = [
    ...(preRestore ? [fact('Copy of what was there', location(bucket, preRestore.key))] : []),
    ...(result ? [fact('Snapshot of the restored state', location(bucket, result.key))] : []),
  ];
  return [
    heading(sign, failure ? `${doneWords(plan)} · ${failure.title}` : doneWords(plan), facts),
    glance(plan, preRestore ? ['a copy of what was there is kept'] : mended(plan, facts), facts),
    ...failures.flatMap(failureBlocks),
    ...(plan.kind === 'in-place' ? [] : planBlocks(plan, facts)),
    ...(preRestore ? wayBack(plan, preRestore.key) : []),
    places(plan, facts, copies),
  ];
}

/** Only a table has a digest. */
function mended(
  { kind, digestDiffers }: RestorePlan,
  { settings: { locking } }: SummaryFacts,
): readonly Text[] {
  const hasDigest = locking.lock.kind === 'dynamodb' || locking.lock.kind === 'both';
  return kind === 'in-place' && digestDiffers && hasDigest ? ["Terraform's digest of it was put right"] : [];
}

/** What a restore would do. */
export function dryRunBlocks(plan: RestorePlan, facts: SummaryFacts): readonly Block[] {
  return [
    heading('🔎', `dry run, ${planWords(plan)}`, facts),
    glance(plan, ['nothing was changed'], facts),
    ...planBlocks(plan, facts),
    places(plan, facts, []),
  ];
}

/** A restore that was refused, or that broke off. */
export function notRestoredBlocks(
  failure: Failure,
  { settings, lock }: { readonly settings: RestoreSettings; readonly lock: 'free' | 'left' },
): readonly Block[] {
  return [
    heading('❌', failure.headline ? undefined : failure.title, { settings }, failure.headline),
    ...(lock === 'left' ? [{ kind: 'paragraph', text: LOCK_LEFT } as const] : []),
    ...failureBlocks(failure),
  ];
}

const LOCK_LEFT = 'The lock may still be held by this step: its post step tries again to free it.';

/** A post step that found what a main step had left that was killed. */
export function leftBlocks(
  settings: RestoreSettings,
  { lock, key }: { readonly lock: 'released' | 'nothing'; readonly key?: string },
): readonly Block[] {
  const freed = lock === 'released' ? 'The main step had left its lock, and the lock is free again. ' : '';
  return [
    heading('⚠️', 'the restore was cut off', { settings }),
    ...(key === undefined
      ? [{ kind: 'paragraph', text: `${freed}Nothing of the state was changed.` } as const]
      : againBelow(`${freed}${CUT_OFF}`, key)),
  ];
}

/** A post step that released what a main step could not, which had restored the state. */
export function lateReleaseBlocks(settings: RestoreSettings): readonly Block[] {
  const text = 'The state is restored. The main step had left its lock, and the lock is free again.';
  return [heading('⚠️', 'the lock was released late', { settings }), { kind: 'paragraph', text }];
}

/** How far a restore came that was killed, nobody was told. */
export const CUT_OFF =
  'The main step ended before it could say how far the restore had come. The state is whole, as it was or as the snapshot ' +
  'has it, and Terraform works with either.';

function heading(
  sign: string,
  outcome: string | undefined,
  { settings: { backend } }: Pick<SummaryFacts, 'settings'>,
  headline = '',
): Block {
  const how = outcome === undefined ? ` ${headline}` : ` · ${outcome}`;
  return { kind: 'heading', text: [`${sign} `, plain(backend.statePath, LONGEST.path), how] };
}

const doneWords = (plan: RestorePlan) =>
  plan.kind === 'in-place' ? planWords(plan) : `restored, ${planWords(plan)}`;

function planWords({ kind, serial, current }: RestorePlan): string {
  if (kind === 'in-place') return `serial ${serial.after}, already what the snapshot has`;
  const before = current.kind === 'absent' ? 'no state' : `serial ${serial.before ?? 'unknown'}`;
  return `${before} → ${current.kind === 'absent' ? 'serial ' : ''}${serial.after}`;
}

/** What to know at once. */
function glance(plan: RestorePlan, more: readonly Text[], { now }: SummaryFacts): Block {
  const { snapshot, changes } = plan;
  const facts: readonly Text[] = [
    ...(changes ? [strong(countsOf(changes))] : []),
    `from the snapshot of serial ${snapshot.serial}, written ${ago(snapshot.listed.lastModified, now)}`,
    ...more,
  ];
  return { kind: 'paragraph', text: inOneLine(facts) };
}

const ago = (epochMs: number, now: number) => `${spellDuration(Math.max(0, now - epochMs))} ago`;

function planBlocks(plan: RestorePlan, facts: SummaryFacts): readonly Block[] {
  const { changes } = plan;
  const cautions = cautionsOf(plan).map(({ message }) => plain(message, LONGEST.sentence));
  const doubts = plan.current.kind === 'state' ? plan.current.doubts : [];
  return [
    {
      kind: 'list',
      items: [...cautions, ...doubts.map((doubt) => [WAS_DOUBTFUL, plain(doubt, LONGEST.sentence)])],
    },
    beforeAndAfter(plan, facts),
    ...(changes ? [changeList(changes)] : []),
  ];
}

const WAS_DOUBTFUL = 'What was there is doubtful: ';

/** No wider than a phone. */
function beforeAndAfter({ snapshot, current, serial, body }: RestorePlan, { now }: SummaryFacts): Block {
  const was = current.kind === 'state' ? current : undefined;
  const resources = (of: { size: number } | undefined) => String(of?.size ?? 'unknown');
  return {
    kind: 'rows',
    header: ['', 'Before', 'After'],
    rows: [
      ['Serial', was ? String(serial.before ?? 'unknown') : 'no state', String(serial.after)],
      [
        'Resources',
        was ? resources(was.inspection.resources) : '0',
        resources(snapshot.inspection.resources),
      ],
      ['Written', was ? ago(was.version.lastModified, now) : '', ago(snapshot.listed.lastModified, now)],
      ['Size', was ? spellBytes(was.body.length) : '', spellBytes(body.length)],
    ],
  };
}

/** What is no state cannot be put back, and is kept all the same. */
function wayBack({ current }: RestorePlan, key: string): readonly Block[] {
  if (!isReadable(current)) return [];
  return [
    { kind: 'paragraph', text: 'The way back, to what was there before:' },
    { kind: 'code', language: 'yaml', lines: [snapshotLine(key)] },
  ];
}

function failureBlocks({ message, details }: Failure): readonly Block[] {
  return details ?? [{ kind: 'paragraph', text: linked(message, LONGEST.message) }];
}

/** Where everything is, in full. */
function places(
  { snapshot, lineage }: RestorePlan,
  { settings: { backend, backup, locking } }: SummaryFacts,
  copies: readonly Text[],
): Block {
  const { path } = lockPlace(backend, locking.scope.kind);
  const items = [
    fact('State', location(backend.bucket, backend.statePath)),
    fact('Snapshot', location(backup.bucket, snapshot.listed.key)),
    ...copies,
    fact('Lineage', code(lineage.after, LONGEST.path)),
    ...(lineage.before !== undefined && lineage.before !== lineage.after
      ? [fact('Lineage before', code(lineage.before, LONGEST.path))]
      : []),
    ...(locking.lock.kind === 'none' ? [] : [fact('Lock path', code(path, LONGEST.path))]),
  ];
  return { kind: 'details', title: 'State and snapshots', blocks: [{ kind: 'list', items }] };
}
