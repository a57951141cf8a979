import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import type { Findings, LockFinding, StateFinding } from '../../../src/commands/inspect/findings.js';
import { inspectionBlocks } from '../../../src/commands/inspect/inspection-blocks.js';
import type { RunStatus } from '../../../src/lock/liveness.js';
import type { Holder } from '../../../src/lock/lock.js';
import { START } from '../../../testing/fake-clock.js';
import { lockHolder, testSettings, theirInfo } from '../../../testing/test-data.js';

/** The summary of an inspection, with its spaces alike. */
function summaryOf(findings: Findings, problems: readonly string[] = []): string {
  const inspection = { places: testSettings(), runUrl: '', findings, problems };
  return renderMarkdown(inspectionBlocks(inspection, START)).replaceAll('\u00a0', ' ');
}

const FOLD = '<details><summary>State and snapshots</summary>\n';
const STATE_FACT = '- **State:** <code>s3:<!-- -->//states/network/terraform.tfstate</code>';
const SNAPSHOTS_IN =
  '- **Snapshots in:** <code>s3:<!-- -->//states/lockkeeper/states/network/terraform.tfstate/</code>';

test('where nothing can be looked at, why, and nothing is said to be so that is not known', () => {
  expect(summaryOf({}, ['The permission is missing.', 'And so is the table.'])).toBe(
    [
      '### ❌ network/terraform.tfstate · lock unknown\n',
      '- The permission is missing.',
      '- And so is the table.\n',
      'bucket versioning unknown · snapshots unknown\n',
      FOLD,
      '- **Lock:** unknown',
      STATE_FACT,
      '- **Serial:** unknown',
      '- **Bucket versioning:** unknown',
      '- **Snapshots:** unknown',
      SNAPSHOTS_IN,
      '\n</details>\n',
    ].join('\n'),
  );
});

test('where nothing is yet, no table of snapshots either', () => {
  const findings: Findings = {
    lock: { kind: 'none' },
    state: { kind: 'absent', doubts: [] },
    snapshots: { newest: [], total: 0 },
    versioning: 'enabled',
  };
  expect(summaryOf(findings)).toBe(
    [
      '### 🔓 network/terraform.tfstate · no lock configured\n',
      'no state · bucket versioning enabled · 0 snapshots\n',
      FOLD,
      '- **Lock:** none configured',
      STATE_FACT,
      '- **Serial:** no state',
      '- **Bucket versioning:** enabled',
      '- **Snapshots:** 0',
      SNAPSHOTS_IN,
      '\n</details>\n',
    ].join('\n'),
  );
});

const ENCRYPTED: StateFinding = {
  kind: 'state',
  body: Buffer.alloc(1_290),
  version: { etag: '"e"', lastModified: START - 60_000, encryption: { kind: 'none' } },
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
  inspection: { header: { encrypted: true, lineage: 'a_lineage' }, doubts: [] },
  doubts: ['The state has no serial.'],
};

test('a state that can be read in part, and a copy that is no snapshot of a version', () => {
  const key = 'lockkeeper/states/network/terraform.tfstate/x.pre-restore.tfstate';
  const copy = {
    key,
    kind: 'pre-restore',
    serial: 4,
    lastModified: START - 120_000,
    tag: '',
    bytes: 7,
    storedAt: START,
  } as const;
  const findings: Findings = {
    lock: { kind: 'free' },
    state: ENCRYPTED,
    snapshots: { newest: [copy], total: 13 },
    versioning: 'suspended',
  };
  expect(summaryOf(findings)).toBe(
    [
      '### ⚠️ network/terraform.tfstate · not locked · serial unknown\n',
      '- The state has no serial.\n',
      'encrypted · written 1 min ago · 1.2 kB · bucket versioning suspended · 13 snapshots\n',
      '| Snapshot of serial | Written | Size |',
      '| :-- | :-- | :-- |',
      '| 4 (pre-restore) | 2 min ago | 7 B |\n',
      FOLD,
      '- **Lock:** free',
      STATE_FACT,
      '- **Serial:** unknown',
      '- **Resources:** encrypted',
      '- **Written:** 2026-11-22 01:14 UTC, 1m ago',
      '- **Size:** 1.2 kB',
      '- **Terraform version:** unknown',
      '- **Lineage:** <code>a&#95;lineage</code>',
      '- **MD5:** <code>d41d8cd98f00b204e9800998ecf8427e</code>',
      '- **Bucket versioning:** suspended',
      '- **Snapshots:** 13, of which the newest 1 are shown',
      SNAPSHOTS_IN,
      `- **Serial 4:** <code>${key}</code>`,
      '\n</details>\n',
    ].join('\n'),
  );
});

describe('a table of snapshots', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      key: `prefix/${count - index}`,
      kind: 'verified' as const,
      serial: count - index,
      lastModified: START - index * 60_000,
      tag: '',
      bytes: 7,
      storedAt: START,
    }));
  const summary = (count: number) => summaryOf({ snapshots: { newest: many(count), total: count } });

  test('of ten is open', () => {
    expect(summary(10)).toContain('\n\n| Snapshot of serial |');
    expect(summary(10)).not.toContain('The newest 10 snapshots');
  });
  test('that is longer is folded', () => {
    expect(summary(11)).toContain(
      '<details><summary>The newest 11 snapshots</summary>\n\n| Snapshot of serial |',
    );
  });
  test('without an end has one, and says so', () => {
    expect(summary(203)).toContain('\n\nand 3 more\n');
    expect(summary(203)).toContain('| 4 | 3 h 19 min ago |');
    expect(summary(203)).not.toContain('| 3 | 3 h 20 min ago |');
    expect(summary(203)).not.toContain('<code>prefix/3</code>');
  });
});

describe('a lock that is held', () => {
  const held = (holder: Holder | undefined, status: RunStatus | undefined): LockFinding => ({
    kind: 'held',
    by: { info: theirInfo(), holder, version: 'v' },
    status,
  });
  const ended = { ended: true, conclusion: 'failure' } as const;

  test.each<[string, Holder | undefined, RunStatus | undefined, string, string]>([
    [
      'a person',
      undefined,
      undefined,
      '🔒',
      'It was not taken by this action, so GitHub knows nothing of it. Only',
    ],
    ['a job', lockHolder(), undefined, '🔒', 'Whether its run goes on, GitHub does not tell. Only'],
    ['a job that goes on', lockHolder(), { ended: false }, '🔒', 'GitHub says that its run goes on. Only'],
    [
      'a job that ended',
      lockHolder(),
      ended,
      '⚠️',
      'its run has ended (failure), so nobody will release the lock. To',
    ],
    [
      'a post step',
      lockHolder({ kept: 'it writes' }),
      undefined,
      '⚠️',
      'kept it on purpose: it writes. No job',
    ],
  ])('by %s', (_, holder, status, sign, words) => {
    const summary = summaryOf({ lock: held(holder, status) });
    expect(summary).toContain(`### ${sign} network/terraform.tfstate · locked\n`);
    expect(summary).toContain(words);
    expect(summary).toContain('free the lock:\n\n```sh\nterraform force-unlock -force ');
  });
});
