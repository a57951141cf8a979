import type { AwsCredentialIdentity } from '@smithy/types';
import type { Clock } from '../../../job/clock.js';
import type { Provider } from '../identity.js';

/** How long before their end credentials count as expired, as in the SDK. */
const MARGIN_MS = 5 * 60_000;

/** Keeps credentials until they expire. Whoever asks meanwhile shares one answer: getting them may cost a request. */
export function untilExpired(provide: Provider, clock: Pick<Clock, 'now'>): Provider {
  let kept: Promise<AwsCredentialIdentity> | undefined;
  let end = Number.POSITIVE_INFINITY;
  const get = async () => {
    end = Number.POSITIVE_INFINITY;
    try {
      const credentials = await provide();
      end = (credentials.expiration?.getTime() ?? end) - MARGIN_MS;
      return credentials;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
  return () => {
    if (kept === undefined || clock.now() >= end) kept = get();
    return kept;
  };
}
