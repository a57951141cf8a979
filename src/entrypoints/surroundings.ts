import { mintIdToken } from '../actions/id-token.js';
import { maskCredentials } from '../actions/masking.js';
import type { BucketPlaces } from '../config/settings.js';
import { systemClock } from '../job/clock.js';
import type { Surroundings } from '../stores/aws/identities/surroundings.js';
import type { Roots } from '../stores/aws/request-handler.js';

/** What credentials are looked up with, in main as in post. */
export function surroundingsOf(
  { lookup, reach, backend: { maxAttempts } }: BucketPlaces,
  { roots, over }: { readonly roots?: Roots; readonly over: AbortSignal },
): Surroundings {
  const own = { mintIdToken, listener: maskCredentials, clock: systemClock };
  return { lookup, reach, roots, maxAttempts, over, ...own };
}
