import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { backupBlocks } from '../../../src/commands/backup/backup-blocks.js';
import { resultOf } from '../../../src/commands/backup/backup-result.js';
import { failuresOf } from '../../../src/commands/backup/backup-words.js';
import type { Outcome } from '../../../src/commands/backup/outcomes.js';
import { reportLines } from '../../../src/commands/backup/report-lines.js';
import { Failure } from '../../../src/words/failure.js';
import { copied, listedState, outcome } from '../../../testing/backup-outcomes.js';
import { START } from '../../../testing/fake-clock.js';
import { BACKUP_SAMPLES, BACKUP_SETTINGS } from '../../../testing/summary-samples/backup-samples.js';

const result = (outcomes: readonly Outcome[]) =>
  resultOf({ settings: BACKUP_SETTINGS, outcomes, startedAt: START - 1_000, now: START });
const summaryOf = (outcomes: readonly Outcome[]) => renderMarkdown(backupBlocks(result(outcomes), START));
const sample = (name: string) =>
  renderMarkdown(BACKUP_SAMPLES.find((each) => each.name === `backup-${name}`)?.blocks ?? []);

const failed = (path: string, message: string, lastModified = START) =>
  outcome(
    path,
    { kind: 'failed', failure: new Failure('Access denied', message) },
    { state: listedState(path, { lastModified }) },
  );

describe('the summary', () => {
  test('of a run without changes is its totals alone', () => {
    expect(sample('unchanged')).toMatch(
      /^### ✅ Backup of 60 states · 0 copied\n\n0 copied \(0\sB\) · 60 unchanged · oldest state's snapshot of 1\sh ago · took 4\ss\n\n<details>/,
    );
  });
  test('has totals first, then what failed, is doubtful or stale, then what was copied', () => {
    const parts = [
      '❌ Backup of 74 states',
      '| Failed |',
      '| Doubtful |',
      '| Without a verified',
      '| Copied |',
      '<details>',
    ];
    const places = parts.map((part) => sample('failed').indexOf(part));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });
  test('of thousands has 200 rows, and says how many more there are', () => {
    expect(sample('of-thousands').match(/^\| teams/gm)).toHaveLength(200);
    expect(sample('of-thousands')).toContain('… and 2,800 more, which the report file has.');
  });
  test('stays small, whatever paths and causes hold', () => {
    const long = (n: number) => `${n}${'&<|`*_'.repeat(170)}`;
    const outcomes = Array.from({ length: 5_000 }, (_, n) => failed(long(n), long(n).repeat(3), 0));
    const summary = summaryOf([
      ...outcomes,
      ...outcomes.map(({ state }) => outcome(state.path, copied('a'))),
    ]);
    expect(Buffer.byteLength(summary)).toBeLessThan(900_000);
    expect(summary).toContain('and 4,800 more');
  });
});

describe('what fails the step', () => {
  test('names ten states and how many more', () => {
    const outcomes = Array.from({ length: 12 }, (_, n) => failed(`${n}.tfstate`, 'It is denied.'));
    const [failure, ...others] = failuresOf(result(outcomes), START);
    expect(others).toEqual([]);
    expect(failure?.title).toBe('States not backed up');
    expect(failure?.message.split('\n')).toHaveLength(1 + 10 + 1);
    expect(failure?.message).toContain('\n9.tfstate: It is denied.\n… and 2 more');
  });
  test('is both what failed and what is too old', () => {
    const outcomes = [
      failed('old.tfstate', 'It is denied.', START - 9 * 86_400_000),
      failed('new.tfstate', 'No.'),
    ];
    expect(failuresOf(result(outcomes), START).map(({ title }) => title)).toEqual([
      'States not backed up',
      'Snapshots too old',
    ]);
  });
  test('is nothing where all went well', () => {
    expect(failuresOf(result([outcome('a', copied('a'))]), START)).toEqual([]);
  });
});

test('the report file has a line for each state, of what is known', () => {
  const pruning = {
    kept: 1,
    removed: ['old.tfstate'],
    locked: 0,
    refused: 1,
    problem: new Failure('Access denied', 'No.'),
  };
  const lines = reportLines([
    outcome('a', copied('a', 7), { pruning }),
    outcome('b', { kind: 'unchanged', found: true }),
    failed('c', 'It is denied.'),
  ]).map((line) => JSON.parse(line));
  expect(lines).toEqual([
    {
      ...{ key: 'a', result: 'copied', bytes: 20_000, modified: '2026-11-22T00:15:51.000Z', serial: 7 },
      ...{
        md5: '94497314cd4b060d6f6884b86d1b3436',
        snapshot: expect.stringContaining('lockkeeper/states/a/'),
      },
      ...{
        verified: '2026-11-22T00:15:51.000Z',
        snapshots: 3,
        pruned: ['old.tfstate'],
        pruning_error: 'No.',
      },
    },
    {
      ...{ key: 'b', result: 'unchanged', bytes: 20_000, modified: '2026-11-22T00:15:51.000Z' },
      ...{ verified: '2026-11-22T00:15:51.000Z', snapshots: 3 },
    },
    {
      key: 'c',
      result: 'failed',
      bytes: 20_000,
      modified: '2026-11-22T01:15:51.000Z',
      error: 'It is denied.',
    },
  ]);
});
