import type { Clock } from '../../job/clock.js';
import { persist } from '../../job/persistence.js';

/** The longest that is waited for a store that does not answer; what it sends may take as long as it likes. */
const PATIENCE_MS = 60_000;

/** What patience needs. */
export interface Patience {
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * Does a work again from its beginning while the weather is bad.
 *
 * @param reached Whether the store has answered before.
 */
export async function patiently<T>(
  { clock, random, signal }: Patience,
  work: () => Promise<T>,
  reached = false,
): Promise<T> {
  const timeUp = new AbortController();
  const done = new AbortController();
  clock.sleep(PATIENCE_MS, done.signal).then(
    () => timeUp.abort(),
    () => {},
  );
  try {
    const until = AbortSignal.any([signal, timeUp.signal]);
    return await persist(work, { clock, random, reached }, until);
  } finally {
    done.abort();
  }
}
