import { withTimeout } from '../../job/clock.js';
import { freeAfterSettling } from '../../lock/release.js';
import type { Failure } from '../../words/failure.js';
import { type Claim, recordOf, releaseClaim } from './claim.js';
import { notFoundByAnother, notReleased } from './not-released.js';
import type { StateParts } from './post-parts.js';

/** A quarter of what all post steps of the job have, see `post-budget.ts`. */
const PATIENCE_MS = 60_000;

/** Frees what a main that did not finish may have got. */
export async function freeLeftover(parts: StateParts, claim: Claim): Promise<readonly Failure[]> {
  const { report, clock, settings } = parts;
  const lock = await parts.openLock();
  if (!lock) return [];
  try {
    const freed = await withTimeout(clock, PATIENCE_MS, async (signal) => {
      const released = claim.stage === 'acquired' ? await releaseClaim(lock, claim, signal) : undefined;
      if (released?.outcome === 'released') return released;
      return freeAfterSettling(lock, recordOf(claim).info.ID, { clock, signal });
    });
    if (freed.outcome !== 'released') return parts.isAnother() ? [notFoundByAnother(claim, settings)] : [];
    report.info(`Released the lock ${lock.path}, which the main step had left.`);
    return [];
  } catch (error) {
    return [notReleased(error, claim, settings)];
  }
}
