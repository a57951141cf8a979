import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../../src/actions/markdown.js';
import { type RefusalFacts, refusalBlocks } from '../../../../src/commands/hold/summary/refusal-blocks.js';
import type { HeldLock } from '../../../../src/lock/lock.js';
import { START } from '../../../../testing/fake-clock.js';
import {
  lockHolder,
  THEIR_ID,
  testJob,
  testSettings,
  theirInfo,
  theirLock,
} from '../../../../testing/test-data.js';

const { runUrl } = testJob();

/** As a refused job's summary shows it. */
function shown(by: HeldLock, facts: Partial<RefusalFacts> = {}): string {
  const settings = testSettings();
  const text = renderMarkdown(refusalBlocks(by, { settings, runUrl, waitedMs: 0, now: START, ...facts }));
  return text.replaceAll('\u00a0', ' ');
}

const COMMAND = `\`\`\`sh\nterraform force-unlock -force ${THEIR_ID}\n\`\`\``;

test('a refused job shows who, since when, for what and where, and the command in a block to copy', () => {
  expect(shown({ ...theirLock(), holder: lockHolder() })).toBe(
    [
      '| Held by | ada@<!-- -->laptop |',
      '| :-- | :-- |',
      '| Since | 01:05 UTC, 9 min 59 s |',
      '| Operation | apply |',
      `| Where | [acme/infrastructure · Deploy #<!-- -->17](${runUrl}) |`,
      '',
      'This job did not start. Run this job again when that is done. Only if you are sure that it is dead, free the lock:',
      '',
      COMMAND,
      '',
    ].join('\n'),
  );
});

test('a job that waited says for how long', () => {
  expect(shown(theirLock(), { waitedMs: 600_000 })).toContain(
    'This job waited 10 min for it, and did not start. Run this job again',
  );
});

describe('since when', () => {
  test.each([
    ['2026-11-22T01:15:51Z', '01:15 UTC, 0 ms'],
    ['2026-11-21T01:15:52.123456789Z', '01:15 UTC, 23 h 59 min'],
    ['2026-11-21T01:15:51Z', '2026-11-21 01:15 UTC, 1 d'],
    ['2026-11-22T02:00:00Z', '02:00 UTC, 0 ms'],
    ['2026-11-24T02:00:00Z', '2026-11-24 02:00 UTC, 0 ms'],
    ['yesterday', 'unknown'],
  ])('%s', (Created, words) => {
    expect(shown(theirLock({ Created }))).toContain(`| Since | ${words} |`);
  });
});

test.each([
  ['OperationTypeApply', 'apply'],
  ['OperationTypeRefresh', 'refresh'],
  ['migration destination state', 'migration destination state'],
  ['OperationType|x', 'OperationType&#124;x'],
  ['', 'unknown'],
])('the operation %j is called %s', (Operation, words) => {
  expect(shown(theirLock({ Operation }))).toContain(`| Operation | ${words} |`);
});

describe('the way out is by what GitHub says', () => {
  test.each<[string, RefusalFacts['status'], string]>([
    ['goes on', { ended: false }, 'It goes on, says GitHub. Run this job again when it is done.'],
    [
      'has ended',
      { ended: true, conclusion: 'cancelled' },
      'GitHub says that this run has ended (cancelled)',
    ],
  ])('the run %s', (_, status, words) => {
    expect(shown({ ...theirLock(), holder: lockHolder() }, { status })).toContain(words);
  });
});

test('a lock that was kept on purpose says why, and does not send anybody to wait', () => {
  const holder = lockHolder({ kept: 'still written by terraform (pid 10)' });
  const text = shown({ ...theirLock(), holder });
  expect(text).toContain('Kept on purpose by its post step: still written by terraform (pid 10).');
  expect(text).toContain('No job will release it any more.');
  expect(text).not.toContain('Run this job again when');
});

describe('what comes from the record is text', () => {
  test('where no job of GitHub holds the lock, so is what else its program says', () => {
    expect(shown(theirLock({ Info: 'the *laptop*' }))).toContain('| Where | the &#42;laptop&#42; |');
  });

  test.each([
    ['a run on another site', { runUrl: 'https://evil.example/acme/infrastructure/actions/runs/1' }],
    ['a run on a site that begins like ours', { runUrl: 'https://github.com.evil.example/' }],
  ])('%s is no link', (_, differences) => {
    expect(shown({ ...theirLock(), holder: lockHolder(differences) })).not.toContain('](');
  });

  test('why it was kept is no longer than a line or two', () => {
    const holder = lockHolder({ kept: 'k'.repeat(1_000) });
    expect(shown({ ...theirLock(), holder })).toContain(`post step: ${'k'.repeat(100)}….`);
  });

  test('an ID that is more than a word to a shell is in no command', () => {
    const text = shown({ info: theirInfo({ ID: '$(reboot)' }), version: 'v' });
    expect(text).not.toContain('reboot');
    expect(text).toContain('delete its record in the console of S3 or DynamoDB.');
  });

  test('a record that nobody can read is shown as that', () => {
    expect(shown({ version: 'not json' })).toContain(
      '| Held by | somebody |\n| :-- | :-- |\n| Since | unknown |\n| Operation | unknown |\n| Where | no job of GitHub Actions |\n',
    );
  });
});
