import { expect, test } from '@jest/globals';
import { warnOfDoubts } from '../../src/words/doubtful-state.js';
import { recordingReport } from '../../testing/recording-report.js';

test('all doubts are one warning, and none is no warning', () => {
  const report = recordingReport();
  warnOfDoubts(report, []);
  expect(report.log).toEqual([]);
  warnOfDoubts(report, ['The state has no serial.', 'The state has no lineage.']);
  expect(report.log).toEqual([
    'warning: State is doubtful: The state has no serial. The state has no lineage.',
  ]);
});
