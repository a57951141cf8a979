import type { Settings } from '../../config/settings.js';
import { type Block, code, plain, type Text } from '../../job/blocks.js';
import type { Report } from '../../job/report.js';
import { lockPlace } from '../../names/lock-place.js';
import { explain } from '../../words/explain.js';
import { fact, location } from '../../words/facts.js';
import type { Failure } from '../../words/failure.js';
import { linked } from '../../words/linked-text.js';
import { LONGEST } from './summary/limits.js';

/** What became of the lock in a main that failed. */
export type LockFate = 'untouched' | 'not-held' | 'given-back' | 'left';

/** What is known beside the failure. */
export interface NotStarted {
  readonly settings?: Pick<Settings, 'backend' | 'locking'>;
  readonly lock?: LockFate;
}

/** Of a message in the summary, in UTF-16 code units. */
const LONGEST_MESSAGE = 4_000;

/** The summary of a step that failed at its beginning: what stands in the way, and the way out. */
export function notStartedBlocks(failure: Failure, { settings, lock }: NotStarted = {}): readonly Block[] {
  const fate = lock && !failure.headline ? [{ kind: 'paragraph', text: FATES[lock] } as const] : [];
  return [
    { kind: 'heading', text: headingOf(failure, settings) },
    ...fate,
    ...(failure.details ?? [{ kind: 'paragraph', text: linked(failure.message, LONGEST_MESSAGE) } as const]),
    ...(settings ? [places(settings)] : []),
  ];
}

function headingOf({ title, headline }: Failure, settings: NotStarted['settings']): Text {
  const where = settings ? plain(settings.backend.statePath, LONGEST.location) : 'Lockkeeper';
  return ['❌ ', where, headline ? ` ${headline}` : ` · ${title}`];
}

const FATES: Readonly<Record<LockFate, string>> = {
  untouched: 'No lock was taken, and the job did not start.',
  'not-held': 'This job does not hold the lock, and did not start.',
  'given-back': 'The lock is free again: this job gave it back, and did not start.',
  left: 'The lock may still be held by this job, which did not start: its post step tries again to free it.',
};

/** The summary of a post step that released what its main step had left. Main may have said that it might be held. */
export function leftoverBlocks(settings: Settings): readonly Block[] {
  const path = plain(settings.backend.statePath, LONGEST.location);
  return [
    { kind: 'heading', text: ['⚠️ ', path, ' · the job did not start, lock released'] },
    { kind: 'paragraph', text: 'The main step had left its lock. The lock is free again.' },
    places(settings),
  ];
}

/** Where the state and its lock are, folded. */
function places({ backend, locking }: NonNullable<NotStarted['settings']>): Block {
  const { bucket, statePath } = backend;
  const { path } = lockPlace(backend, locking.scope.kind);
  const lock = locking.lock.kind === 'none' ? [] : [fact('Lock path', code(path, LONGEST.location))];
  const items = [fact('State', location(bucket, statePath)), ...lock];
  return { kind: 'details', title: 'State and lock', blocks: [{ kind: 'list', items }] };
}

/**
 * Does what comes before the story of a step; what fails there is in the summary too.
 *
 * @param lock What is known of the lock so early.
 */
export async function tellingFailures<T>(
  report: Report,
  work: () => T | Promise<T>,
  lock?: LockFate,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await report.summary(notStartedBlocks(explain(error), { lock }));
    throw error;
  }
}
