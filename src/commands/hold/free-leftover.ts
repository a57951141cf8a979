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

/** Frees what a main that did not finish may have got. */
export async function freeLeftover(parts: StateParts, claim: Claim): Promise<readonly Failure[]> {
  const { report, clock, settings } = parts;
  const lock = await parts.openLock();
  if (!lock) return [];
  try {
    const freed = await withTimeout(clock, PATIENCE_MS, async (signal) => {
      const released = claim.stage === 'acquired' ? await releaseClaim(lock, claim, signal) : undefined;
      if (released?.outcome === 'released') return released;
      report.info(LOOKS_TWICE);
      return freeAfterSettling(lock, recordOf(claim).info.ID, { clock, signal });
    });
    if (freed.outcome !== 'released') {
      return parts.isAnother() ? failed(parts, notFoundByAnother(claim, settings)) : [];
    }
    report.info(`Released the lock ${lock.path}, which the main step had left.`);
    await report.summary(leftoverBlocks(settings));
    return [];
  } catch (error) {
    return failed(parts, notReleased(error, claim, settings));
  }
}

async function failed({ report, settings }: StateParts, failure: Failure): Promise<readonly Failure[]> {
  await report.summary(notStartedBlocks(failure, { settings }));
  return [failure];
}
