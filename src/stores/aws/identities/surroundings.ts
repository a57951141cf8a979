import type { AccessKey, CredentialLookup, Reach } from '../../../config/settings.js';
import type { Clock } from '../../../job/clock.js';
import type { Roots } from '../request-handler.js';

/** What credentials are looked up with. */
export interface Surroundings {
  readonly lookup: CredentialLookup;
  readonly reach: Reach;
  readonly roots?: Roots;
  /** How often a request is sent in all, while it fails for a passing reason. */
  readonly maxAttempts: number;
  /** Mints an ID token of this job. */
  readonly mintIdToken: (audience: string, signal: AbortSignal) => Promise<string>;
  /** Hears of all credentials before they are used, also of those that only get others. */
  readonly listener: (credentials: AccessKey) => void;
  readonly clock: Pick<Clock, 'now'>;
  /** Aborts when nobody needs credentials any more. What waits for them may give up before. */
  readonly over: AbortSignal;
}
