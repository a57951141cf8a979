import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { leftoverBlocks, notStartedBlocks, tellingFailures } from '../../../src/commands/hold/not-started.js';
import { ConfigError } from '../../../src/config/config-error.js';
import { Failure } from '../../../src/words/failure.js';
import { recordingReport } from '../../../testing/recording-report.js';
import { testSettings } from '../../../testing/test-data.js';

const FOLD = [
  '<details><summary>State and lock</summary>',
  '',
  '- **State:** <code>s3:<!-- -->//states/network/terraform.tfstate</code>',
  '- **Lock path:** <code>states/network/terraform.tfstate</code>',
  '',
  '</details>',
  '',
].join('\n');

test('what is wrong with the configuration is in the summary too, each problem on its own', async () => {
  const report = recordingReport();
  const error = new ConfigError(['Input "bucket" is required.', 'Input "key" is required.']);
  await expect(tellingFailures(report, () => Promise.reject(error), 'untouched')).rejects.toBe(error);
  expect(report.summaries.map(renderMarkdown)).toEqual([
    '### ❌ Lockkeeper · Configuration\n\nNo lock was taken, and the job did not start.\n\n' +
      '- Input "bucket" is required.\n- Input "key" is required.\n',
  ]);
});

test('what goes well is passed on without a word', async () => {
  const report = recordingReport();
  expect(await tellingFailures(report, async () => 42)).toBe(42);
  expect(report.summaries).toEqual([]);
});

describe('a job that did not start', () => {
  const settings = testSettings();

  test.each([
    ['untouched', 'No lock was taken, and the job did not start.'],
    ['not-held', 'This job does not hold the lock, and did not start.'],
    ['given-back', 'The lock is free again: this job gave it back, and did not start.'],
    [
      'left',
      'The lock may still be held by this job, which did not start: its post step tries again to free it.',
    ],
  ] as const)('tells at once that its lock is %s', (lock, words) => {
    expect(renderMarkdown(notStartedBlocks(new Failure('Cancelled', 'It was.'), { settings, lock }))).toBe(
      `### ❌ network/terraform.tfstate · Cancelled\n\n${words}\n\nIt was.\n\n${FOLD}`,
    );
  });

  test('is told by the headline of its failure, where that has one', () => {
    const failure = new Failure('Lock held', 'x', {
      headline: 'is locked',
      details: [{ kind: 'paragraph', text: 'By somebody.' }],
    });
    expect(renderMarkdown(notStartedBlocks(failure, { settings, lock: 'not-held' }))).toBe(
      `### ❌ network/terraform.tfstate is locked\n\nBy somebody.\n\n${FOLD}`,
    );
  });

  test('has no lock path where no lock is configured', () => {
    const unlocked = testSettings({ locking: { lock: { kind: 'none' } } });
    const text = renderMarkdown(
      notStartedBlocks(new Failure('Cancelled', 'It was.'), { settings: unlocked }),
    );
    expect(text).toContain('**State:**');
    expect(text).not.toContain('Lock path');
  });

  test('whose lock its post step has released', () => {
    expect(renderMarkdown(leftoverBlocks(settings))).toBe(
      '### ⚠️ network/terraform.tfstate · the job did not start, lock released\n\n' +
        `The main step had left its lock. The lock is free again.\n\n${FOLD}`,
    );
  });
});
