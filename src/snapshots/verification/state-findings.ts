import { versionTag } from '../../names/snapshot-key.js';
import type { ListedState } from '../../state/listed-state.js';
import type { ListedSnapshot } from '../catalogue.js';
import type { Doubt } from './finding.js';

const SECOND_MS = 1_000;

/** So long, the job of a first deployment may still go on, and copy the state at its end. */
const FIRST_JOB_MS = 3_600_000;

/** What a state is compared with. */
export interface Surroundings {
  /** Its whole catalogue. */
  readonly snapshots: readonly ListedSnapshot[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** What a state lacks: any verified snapshot, or that of the version which it has now. */
export function stateDoubts(
  { etag, lastModified }: Pick<ListedState, 'etag' | 'lastModified'>,
  { snapshots, now }: Surroundings,
): readonly Doubt[] {
  const verified = snapshots.filter(({ kind }) => kind === 'verified');
  if (verified.length === 0) {
    return now - lastModified < FIRST_JOB_MS
      ? [{ kind: 'unsaved' }]
      : [{ kind: 'no-snapshot', others: snapshots.length }];
  }
  // A store that leaves ETags out of its listings does not tell which version it is.
  if (etag === '') return [];
  const second = Math.floor(lastModified / SECOND_MS) * SECOND_MS;
  const tag = versionTag(etag);
  const isSaved = verified.some((snapshot) => snapshot.tag === tag && snapshot.lastModified === second);
  return isSaved ? [] : [{ kind: 'unsaved' }];
}
