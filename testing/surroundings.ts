import { systemClock } from '../src/job/clock.js';
import type { Surroundings } from '../src/stores/aws/identities/surroundings.js';
import { REACH } from './test-data.js';

/** What identities are looked up with, where nothing is to be asked. */
export function testSurroundings(differences: Partial<Surroundings> = {}): Surroundings {
  return {
    lookup: { sts: { region: 'us-east-1' } },
    reach: REACH,
    maxAttempts: 1,
    mintIdToken: () => Promise.reject(new Error('No ID token was expected to be asked for.')),
    listener: () => {},
    clock: systemClock,
    over: new AbortController().signal,
    ...differences,
  };
}
