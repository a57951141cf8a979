import { describe, expect, test } from '@jest/globals';
import { progressLine, tellProgress } from '../../src/words/progress.js';
import { fakeClock } from '../../testing/fake-clock.js';
import { recordingReport } from '../../testing/recording-report.js';

describe('a line of progress', () => {
  test('has what is done, the rate, and the time left', () => {
    expect(progressLine({ done: 1_200, total: 2_000, bytes: 24_000_000, elapsedMs: 4_000 })).toBe(
      '1,200 of 2,000 states looked at (60 %), 300.0 states/s, 6 MB/s, about 2s left.',
    );
  });
  test('does not say how long nothing takes', () => {
    expect(progressLine({ done: 0, total: 3, bytes: 0, elapsedMs: 10_000 })).toBe(
      '0 of 3 states looked at (0 %), 0.0 states/s, 0 B/s.',
    );
  });
});

describe('progress is told', () => {
  const told = (total: number) => {
    const [clock, report] = [fakeClock(), recordingReport()];
    return { clock, report, progress: tellProgress(total, { clock, report }) };
  };
  const percents = (log: readonly string[]) => log.map((line) => /\((\d+) %\)/.exec(line)?.[1]);

  test('at each tenth', () => {
    const { report, progress } = told(200);
    for (let n = 0; n < 200; n++) progress.step(1);
    progress.end();
    expect(percents(report.log)).toEqual(['10', '20', '30', '40', '50', '60', '70', '80', '90', '100']);
  });
  test('each 10 s, though nothing is done', async () => {
    const { clock, report, progress } = told(200);
    await clock.advance(25_000);
    progress.end();
    expect(percents(report.log)).toEqual(['0', '0']);
    await clock.advance(60_000);
    expect(report.log).toHaveLength(2);
  });
  test('not 10 s after the start where a tenth was told since', async () => {
    const { clock, report, progress } = told(100);
    await clock.advance(7_000);
    for (let n = 0; n < 10; n++) progress.step(1);
    await clock.advance(9_000);
    expect(percents(report.log)).toEqual(['10']);
    await clock.advance(1_500);
    expect(percents(report.log)).toEqual(['10', '10']);
    progress.end();
  });
  test('of few states by time alone, and of none not at all', async () => {
    const [few, none] = [told(5), told(0)];
    for (let n = 0; n < 5; n++) few.progress.step(1);
    expect(few.report.log).toEqual([]);
    await none.clock.advance(30_000);
    expect(none.report.log).toEqual([]);
    for (const { progress } of [few, none]) progress.end();
  });
});
