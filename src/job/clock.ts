/** Time as a thing that is handed in, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

/**
 * Calls `work` with a signal that aborts after `timeoutMs`, and does not wait for it any longer than that.
 *
 * @throws when the time is up: what `work` itself makes of the abort, if it has something to say at once.
 */
export async function withTimeout<T>(
  clock: Clock,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeUp = new AbortController();
  const done = new AbortController();
  const timer = clock.sleep(timeoutMs, done.signal).then(async () => {
    const error = new Error(`No answer within ${timeoutMs / 1_000} s.`);
    timeUp.abort(error);
    await new Promise(setImmediate);
    throw error;
  });
  try {
    return await Promise.race([work(timeUp.signal), timer]);
  } finally {
    done.abort();
  }
}
