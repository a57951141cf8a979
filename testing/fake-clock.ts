import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/job/clock.js';

/** Time that stands still until a test moves it on. */
export interface FakeClock extends Clock {
  /** Moves time on: sleeps end in the order in which they are due, and what they wake goes on as far as it can. */
  advance(ms: number): Promise<void>;
  /** How long every sleep so far was asked for, in milliseconds, in the order in which they began. */
  readonly sleeps: readonly number[];
  /** How many sleeps have neither ended nor been aborted. */
  sleeping(): number;
}

/** When fake time begins. */
export const START = Date.parse('2026-11-22T01:15:51Z');

/** @param startAt Milliseconds since the Unix epoch. */
export function fakeClock(startAt = START): FakeClock {
  let time = startAt;
  const sleeps: number[] = [];
  let waiting: { readonly dueAt: number; readonly wake: () => void }[] = [];

  return {
    sleeps,
    sleeping: () => waiting.length,
    now: () => time,

    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        sleeps.push(ms);
        const sleeper = { dueAt: time + ms, wake: resolve };
        waiting.push(sleeper);
        signal?.addEventListener('abort', () => {
          waiting = waiting.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
      }),

    async advance(ms) {
      const end = time + ms;
      await nextTurn();
      for (;;) {
        const [next] = waiting.filter(({ dueAt }) => dueAt <= end).sort((a, b) => a.dueAt - b.dueAt);
        if (!next) break;
        waiting = waiting.filter((other) => other !== next);
        time = next.dueAt;
        next.wake();
        await nextTurn();
      }
      time = end;
    },
  };
}
