import type { Clock } from '../../job/clock.js';
import type { Report } from '../../job/report.js';
import { formatDuration } from '../../words/duration.js';

const EVERY_MS = 10_000;
const EVERY_PART = 0.1;
/** What is done in no time needs no lines but its last. */
const APART_MS = 1_000;

/** Tells how far a work of known size is: whenever a tenth of it is done, and at least every 10 s while it goes on. */
export class Progress {
  readonly #report: Pick<Report, 'info'>;
  readonly #clock: Clock;
  readonly #startedAt: number;
  #done = 0;
  #toldAt: number;
  #toldDone = 0;

  /** @param total More than 0. */
  constructor(
    parts: { readonly report: Pick<Report, 'info'>; readonly clock: Clock },
    readonly total: number,
  ) {
    this.#report = parts.report;
    this.#clock = parts.clock;
    this.#startedAt = parts.clock.now();
    this.#toldAt = this.#startedAt;
  }

  /** One more is done. */
  advance(): void {
    this.#done++;
    const now = this.#clock.now();
    const sinceMs = now - this.#toldAt;
    const isPart = this.#done - this.#toldDone >= this.total * EVERY_PART && sinceMs >= APART_MS;
    if (!isPart && sinceMs < EVERY_MS && this.#done < this.total) return;
    this.#toldAt = now;
    this.#toldDone = this.#done;
    this.#report.info(this.#line(now - this.#startedAt));
  }

  #line(tookMs: number): string {
    const percent = Math.floor((100 * this.#done) / this.total);
    const rate = tookMs > 0 ? (1_000 * this.#done) / tookMs : undefined;
    const left = this.total - this.#done;
    const words = [
      `${this.#done} of ${this.total} states`,
      `${percent} %`,
      ...(rate === undefined ? [] : [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second`]),
      ...(rate === undefined || left === 0 ? [] : [`${formatDuration((1_000 * left) / rate)} left`]),
    ];
    return words.join(', ');
  }
}
