import { expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { tellingFailures } from '../../../src/commands/hold/not-started.js';
import { ConfigError } from '../../../src/config/config-error.js';
import { recordingReport } from '../../../testing/recording-report.js';

test('what is wrong with the configuration is in the summary too', async () => {
  const report = recordingReport();
  const error = new ConfigError(['Input "bucket" is required.', 'Input "key" is required.']);
  await expect(tellingFailures(report, () => Promise.reject(error))).rejects.toBe(error);
  expect(report.summaries.map(renderMarkdown)).toEqual([
    '### ❌ Configuration\n\nInput "bucket" is required.\n\nInput "key" is required.\n',
  ]);
});

test('what goes well is passed on without a word', async () => {
  const report = recordingReport();
  expect(await tellingFailures(report, async () => 42)).toBe(42);
  expect(report.summaries).toEqual([]);
});
