import type { Clock } from '../job/clock.js';
import type { Report } from '../job/report.js';
import { formatBytes } from './bytes.js';
import { counted, spellCount } from './counts.js';
import { formatDuration } from './duration.js';

/** How far a run has come. */
export interface Advance {
  readonly done: number;
  readonly total: number;
  /** Of the states that are done. */
  readonly bytes: number;
  readonly elapsedMs: number;
}

/** A line for the log, with rate and time left. */
export function progressLine({ done, total, bytes, elapsedMs }: Advance): string {
  const percent = Math.floor((100 * done) / total);
  const seconds = Math.max(0.001, elapsedMs / 1_000);
  const rate = `${(done / seconds).toFixed(1)} states/s, ${formatBytes(bytes / seconds)}/s`;
  const left =
    done > 0 && done < total ? `, about ${formatDuration(((total - done) * elapsedMs) / done)} left` : '';
  return `${spellCount(done)} of ${counted(total, 'state')} looked at (${percent} %), ${rate}${left}.`;
}

/** Whoever waits sees that it goes on. */
const LONGEST_SILENCE_MS = 10_000;
/** Below so many, a line for each tenth would be one for each few states. */
const FEW = 100;

export interface Progress {
  /** One more is done, of so many bytes. */
  step(bytes: number): void;
  /** Says no more. */
  end(): void;
}

/** Tells of each tenth, and at least every 10 s. */
export function tellProgress(total: number, { clock, report }: { clock: Clock; report: Report }): Progress {
  const startedAt = clock.now();
  const over = new AbortController();
  let [done, bytes, toldTenth, toldAt] = [0, 0, 0, startedAt];
  const tell = () => {
    toldAt = clock.now();
    toldTenth = Math.floor((10 * done) / total);
    report.info(progressLine({ done, total, bytes, elapsedMs: toldAt - startedAt }));
  };
  const watch = async () => {
    for (;;) {
      await clock.sleep(Math.max(1, toldAt + LONGEST_SILENCE_MS - clock.now()), over.signal);
      if (clock.now() - toldAt >= LONGEST_SILENCE_MS) tell();
    }
  };
  if (total > 0) watch().catch(() => {});
  return {
    step(size) {
      done++;
      bytes += size;
      if (total >= FEW && Math.floor((10 * done) / total) > toldTenth) tell();
    },
    end: () => over.abort(),
  };
}
