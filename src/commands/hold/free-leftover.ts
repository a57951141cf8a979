import type { LockedPlaces } from '../../config/settings.js';
import { withTimeout } from '../../job/clock.js';
import { freeAfterSettling } from '../../lock/release.js';
import type { Failure } from '../../words/failure.js';
import { type Claim, recordOf, releaseClaim } from './claim.js';
import { notFoundByAnother, notReleased } from './not-released.js';
import { leftoverBlocks, notStartedBlocks } from './not-started.js';
import type { StateParts } from './post-parts.js';

/** A quarter of what all post steps of the job have, see `post-budget.ts`. */
const PATIENCE_MS = 60_000;

const LOOKS_TWICE =
  'The main step did not finish. Its request for the lock may still be on its way, so the lock is looked at twice, 2 s apart.';

/** What freeing takes. */
export type LeftoverParts = Pick<StateParts, 'openLock' | 'isAnother' | 'report' | 'clock'> & {
  readonly settings: LockedPlaces;
};

/** What became of what a main that did not finish may have got. `nothing`: there was nothing of ours. */
export type Leftover = 'released' | 'nothing' | Failure;

/** Frees what a main that did not finish may have got, and tells of it in the summary. */
export async function freeLeftover(parts: StateParts, claim: Claim): Promise<readonly Failure[]> {
  const { report, settings } = parts;
  const left = await freeClaim(parts, claim);
  if (left === 'nothing') return [];
  if (left === 'released') {
    await report.summary(leftoverBlocks(settings));
    return [];
  }
  await report.summary(notStartedBlocks(left, { settings }));
  return [left];
}

/** Frees whatever is claimed, and says so in the log. */
export async function freeClaim(parts: LeftoverParts, claim: Claim): Promise<Leftover> {
  const { report, clock, settings } = parts;
  const lock = await parts.openLock();
  if (!lock) return 'nothing';
  try {
    const freed = await withTimeout(clock, PATIENCE_MS, async (signal) => {
      const released = claim.stage === 'acquired' ? await releaseClaim(lock, claim, signal) : undefined;
      if (released?.outcome === 'released') return released;
      report.info(LOOKS_TWICE);
      return freeAfterSettling(lock, recordOf(claim).info.ID, { clock, signal });
    });
    if (freed.outcome !== 'released')
      return parts.isAnother() ? notFoundByAnother(claim, settings) : 'nothing';
    report.info(`Released the lock ${lock.path}, which the main step had left.`);
    return 'released';
  } catch (error) {
    return notReleased(error, claim, settings);
  }
}
