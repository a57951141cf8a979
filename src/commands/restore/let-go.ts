import type { LockedPlaces } from '../../config/settings.js';
import { type Clock, withTimeout } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import type { Lock } from '../../lock/lock.js';
import type { Failure } from '../../words/failure.js';
import { type AcquiredClaim, releaseClaim } from '../hold/claim.js';
import { lockLost, notReleased } from '../hold/not-released.js';

/** What releasing the lock of a restore takes. */
export interface LetGoParts {
  readonly lock: Lock;
  readonly settings: LockedPlaces;
  readonly report: Report;
  readonly clock: Clock;
}

/** The runner kills a cancelled step 10 s after SIGINT: what is not released by then is left to post. */
const PATIENCE_MS = 60_000;

/** Releases the lock when the state is restored. The restore stands, whatever comes of that. */
export async function letGo(
  { lock, settings, report, clock }: LetGoParts,
  claim: AcquiredClaim,
): Promise<readonly Failure[]> {
  try {
    const freed = await withTimeout(clock, PATIENCE_MS, (signal) => releaseClaim(lock, claim, signal));
    if (freed.outcome !== 'released') return [lockLost(freed, claim, { settings, now: clock.now() })];
    report.info(`Released the lock ${lock.path}.`);
    return [];
  } catch (error) {
    return [notReleased(error, claim, settings)];
  }
}
