import type { Clock } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import type { HeldLock } from '../../lock/lock.js';
import { formatDuration } from '../../words/duration.js';
import { type BriefHolder, briefHolder, describeHolder } from '../../words/holder.js';

/** What a person sees while a job waits: the holder once, then changes, then a line a minute. */
export interface WaitingLog {
  readonly onHeld: (by: HeldLock) => void;
  /** Everybody who was waited for, in order. */
  holders(): readonly BriefHolder[];
}

const REMINDER_MS = 60_000;
/** They go into the run state, which the runner hands to post in the environment. */
const MOST_HOLDERS = 20;

/** @param timeoutMs How long the job will wait in all. */
export function waitingLog(report: Report, clock: Clock, timeoutMs: number): WaitingLog {
  const startedAt = clock.now();
  const holders: BriefHolder[] = [];
  let shown: string | undefined;
  let known: string | undefined;
  let spokenAt = startedAt;

  return {
    holders: () => holders,
    onHeld(by) {
      const now = clock.now();
      // By its ID: of a lock made of two, one half may be gone a moment before the other.
      const id = by.info?.ID || by.version;
      if (id !== known && holders.length < MOST_HOLDERS) holders.push(briefHolder(by));
      known = id;
      // That its job has kept it is news: nobody but a person will free it.
      const seen = `${id} ${by.holder?.kept ?? ''}`;
      if (seen !== shown) {
        shown = seen;
        spokenAt = now;
        if (timeoutMs === 0) return;
        report.info(
          `Waiting up to ${formatDuration(timeoutMs)} for the lock, held by ${describeHolder(by, now)}`,
        );
      } else if (now - spokenAt >= REMINDER_MS) {
        spokenAt = now;
        report.info(
          `Still waiting after ${formatDuration(now - startedAt)} of ${formatDuration(timeoutMs)}.`,
        );
      }
    },
  };
}
