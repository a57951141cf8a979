import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Clock, withTimeout } from '../../job/clock.js';
import { inAdvance } from '../../job/in-advance.js';
import type { StateStores } from '../../snapshots/catalogue.js';

/** What makes the way to the state ready. */
export interface ApproachParts {
  readonly openState: () => Promise<StateStores>;
  /** Opens the connection that the state is read through. */
  readonly approachState: (signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The way to the state, as it is made ready while the lock is asked for. */
export interface Approach {
  /** Called when the state is to be read. Resolves at once, unless it is sooner read by waiting; never rejects. */
  arrive(): Promise<void>;
  /** Ends what is under way. */
  abandon(): void;
}

/**
 * For how long the request must have been on its way, to be waited for when the lock is there: a younger one comes to
 * its end later than a connection is open that the state's own request makes. So near stores cost nothing for it.
 */
const WORTH_WAITING_MS = 30;
const PATIENCE_MS = 2_000;

/** In the shadow of the lock's request, loads what the state takes and opens its connection. docs/performance.md */
export function approachInAdvance({ openState, approachState, clock, signal }: ApproachParts): Approach {
  const over = new AbortController();
  let underWay: { readonly since: number; readonly ended: Promise<void> } | undefined;
  inAdvance(async () => {
    await openState();
    // The lock may have come while that was loaded.
    await nextTurn();
    if (over.signal.aborted) return;
    const approach = (timeUp: AbortSignal) => approachState(AbortSignal.any([signal, over.signal, timeUp]));
    underWay = { since: clock.now(), ended: withTimeout(clock, PATIENCE_MS, approach).catch(() => {}) };
  });
  return {
    arrive: async () => {
      if (underWay && clock.now() - underWay.since >= WORTH_WAITING_MS) await underWay.ended;
      over.abort();
    },
    abandon: () => over.abort(),
  };
}
