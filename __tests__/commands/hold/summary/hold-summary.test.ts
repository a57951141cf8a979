import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../../src/actions/markdown.js';
import { summaryBlocks } from '../../../../src/commands/hold/summary/hold-summary.js';
import type { HoldSummary, LockSummary } from '../../../../src/commands/hold/summary/summary-facts.js';

const ACQUIRED_AT = Date.UTC(2026, 10, 22, 1, 15, 51);

const LOCK = {
  outcome: 'released',
  id: '5a3f1e0c-9d1b-4f0e-8a43-1c1f0a6d3c11',
  path: 'states/network/terraform.tfstate',
  requestedAt: ACQUIRED_AT - 252_000,
  acquiredAt: ACQUIRED_AT,
  releasedAt: ACQUIRED_AT + 7_380_000,
  waitedFor: ['alice@laptop', 'octo|cat@runner-7'],
} as const satisfies LockSummary;

const SUMMARY: HoldSummary = {
  bucket: 'states',
  statePath: 'network/terraform.tfstate',
  lock: LOCK,
  before: { exists: true, serial: 41, resourceCount: 118 },
  after: { exists: true, serial: 42, resourceCount: 119 },
  changes: {
    added: ['aws_instance.web["a|b`c"]', 'aws_instance.web[2]'],
    removed: ['aws_eip.old'],
    changed: ['module.x.aws_vpc.y'],
  },
  snapshots: [
    { phase: 'before', bucket: 'backups', key: 'lockkeeper/a.tfstate', created: false, doubts: [] },
    {
      phase: 'after',
      bucket: 'backups',
      key: 'lockkeeper/b.tfstate',
      created: true,
      doubts: ['Its MD5 is x.'],
    },
  ],
  problems: [],
};

const BARE: HoldSummary = {
  bucket: 'b',
  statePath: 'k',
  lock: { outcome: 'none' },
  snapshots: [],
  problems: [],
};

/** The summary as GitHub gets it. */
function renderSummary(summary: HoldSummary, now?: number): string {
  return renderMarkdown(summaryBlocks(summary, now));
}

describe('the job summary', () => {
  test('of a job that went well', () => {
    expect(
      renderSummary(SUMMARY),
    ).toBe(`### ✅ Lock released: <code>s3:<!-- -->//states/network/terraform.tfstate</code>

| Lock | released · waited 4m 12s · held 2h 3m |
| --- | --- |
| Waited for | alice@<!-- -->laptop<br>octo&#124;cat@<!-- -->runner-7 |
| Lock ID | <code>5a3f1e0c-9d1b-4f0e-8a43-1c1f0a6d3c11</code> |
| Lock path | <code>states/network/terraform.tfstate</code> |
| Serial | 41 → 42 |
| Resources | 118 → 119 |
| Changes | 2 added, 1 removed, 1 changed |

| Snapshot | Location | Stored |
| --- | --- | --- |
| before | <code>s3:<!-- -->//backups/lockkeeper/a.tfstate</code> | was already there |
| after | <code>s3:<!-- -->//backups/lockkeeper/b.tfstate</code> | new<br>⚠️ Its MD5 is x. |

\`\`\`diff
+ aws_instance.web["a|b\`c"]
+ aws_instance.web[2]
- aws_eip.old
~ module.x.aws_vpc.y
\`\`\`

\`\`\`mermaid
gantt
    dateFormat x
    axisFormat %H:%M:%S
    Waited 4m 12s for alice@laptop and 1 more :done, ${LOCK.requestedAt}, ${ACQUIRED_AT}
    Held 2h 3m :active, ${ACQUIRED_AT}, ${LOCK.releasedAt}
\`\`\`
`);
  });

  test('of a job that could not release: the problem comes first', () => {
    const { releasedAt: _, ...lock } = LOCK;
    const summary: HoldSummary = {
      ...BARE,
      lock: { ...lock, outcome: 'kept', requestedAt: ACQUIRED_AT - 40, waitedFor: [] },
      before: { exists: false },
      after: { exists: true, serial: 1 },
      changesUnknown: 'There is no *snapshot*.',
      problems: ['Not released: `AccessDenied`.\nFree it by hand.', 'Another.'],
    };

    expect(
      renderSummary(summary, ACQUIRED_AT + 90_000),
    ).toBe(`### ❌ Lock NOT released: <code>s3:<!-- -->//b/k</code>

- Not released: &#96;AccessDenied&#96;.<br>Free it by hand.
- Another.

| Lock | **not released** · waited 40ms · held 1m 30s |
| --- | --- |
| Lock ID | <code>5a3f1e0c-9d1b-4f0e-8a43-1c1f0a6d3c11</code> |
| Lock path | <code>states/network/terraform.tfstate</code> |
| Serial | no state → 1 |
| Resources | 0 → unknown |
| Changes | unknown: There is no &#42;snapshot&#42;. |
`);
  });

  test.each<[LockSummary, string]>([
    [{ outcome: 'none' }, '### ✅ No lock taken: '],
    [{ ...LOCK, outcome: 'lost' }, '### ❌ Lock lost: '],
  ])('the heading for %j', (lock, heading) => {
    expect(renderSummary({ ...BARE, lock })).toContain(heading);
  });

  test('tells the changes in the order added, removed, changed, and leaves out what there is none of', () => {
    const changes = { added: [], removed: ['b'], changed: ['c'] };
    const text = renderSummary({ ...BARE, changes });
    expect(text).toContain('| Changes | 1 removed, 1 changed |');
    expect(text).toContain('```diff\n- b\n~ c\n```');
  });

  test('of a job without a lock', () => {
    expect(renderSummary(BARE)).toBe(
      '### ✅ No lock taken: <code>s3:<!-- -->//b/k</code>\n\n| Lock | none |\n| --- | --- |\n',
    );
  });

  test('a good end with a problem is no good end', () => {
    expect(renderSummary({ ...SUMMARY, problems: ['x'] })).toContain(
      '### ❌ Lock released, but something went wrong: ',
    );
  });

  test.each<[string, Partial<HoldSummary>, string]>([
    ['whose steps failed', { jobStatus: 'failure' }, '### ⚠️ Lock released, but the job failed: '],
    ['that was cancelled', { jobStatus: 'cancelled' }, '### ⚠️ Lock released, but the job was cancelled: '],
    ['that left something tainted', { after: { exists: true, tainted: 1 } }, '### ⚠️ Lock released: '],
    ['that is doubtful', { doubtful: true }, '### ⚠️ Lock released: '],
    ['that went well', { jobStatus: 'success' }, '### ✅ Lock released: '],
    [
      'with a problem, whatever else there is',
      { jobStatus: 'failure', problems: ['x'] },
      '### ❌ Lock released, but something went wrong: ',
    ],
  ])('the sign is of the whole: a job %s', (_, facts, heading) => {
    expect(renderSummary({ ...SUMMARY, ...facts })).toContain(heading);
  });

  test('what is tainted is counted', () => {
    const after = { exists: true, serial: 42, resourceCount: 119, tainted: 2 };
    expect(renderSummary({ ...SUMMARY, after })).toContain(
      '| Tainted | **2, to be replaced by the next apply** |',
    );
  });

  test('a wait of a few seconds is nothing to see', () => {
    const lock = { ...LOCK, requestedAt: ACQUIRED_AT - 5_000 };
    expect(renderSummary({ ...SUMMARY, lock })).not.toContain('mermaid');
    expect(renderSummary({ ...SUMMARY, lock: { ...lock, requestedAt: ACQUIRED_AT - 5_001 } })).toContain(
      'mermaid',
    );
  });

  test('a long list of changes is folded, a short one is open', () => {
    const changes = (count: number) => ({
      added: Array.from({ length: count }, (__, index) => `a[${index}]`),
      removed: [],
      changed: [],
    });
    expect(renderSummary({ ...SUMMARY, changes: changes(10) })).not.toContain('<details>');
    expect(renderSummary({ ...SUMMARY, changes: changes(11) })).toContain('<details>');
  });

  test('what did not change is told once', () => {
    const state = { exists: true, serial: 7 };
    const none = { added: [], removed: [], changed: [] };
    const text = renderSummary({ ...BARE, before: state, after: state, changes: none });

    expect(text).toContain('| Serial | 7 |\n| Resources | unknown |\n| Changes | none |\n');
    expect(text).not.toContain('<details>');
  });

  test('a lock that is still held has no end, and no bar, without the time', () => {
    const { releasedAt: _, ...lock } = { ...LOCK, waitedFor: ['bob'] };

    const text = renderSummary({ ...BARE, lock: { ...lock, outcome: 'kept' } });
    expect(text).toContain('| Lock | **not released** · waited 4m 12s |');
    expect(text).toContain('Waited 4m 12s for bob :done');
    expect(text).not.toContain('Held');
  });
});

describe('a summary of hostile and endless input', () => {
  const hostile = (index: number) =>
    `$@#|\`\n::error::x\n\`\`\`\n</details>\u{e0041}${'$'.repeat(2_000)}${index}`;
  const many = Array.from({ length: 100_000 }, (_, index) => hostile(index));
  const text = renderSummary({
    bucket: hostile(1),
    statePath: hostile(2),
    lock: { ...LOCK, id: hostile(3), path: hostile(4), waitedFor: many },
    before: { exists: true, serial: 1, resourceCount: 0 },
    changes: { added: many, removed: many, changed: many },
    changesUnknown: hostile(5),
    snapshots: many.map((key) => ({ phase: 'after', bucket: key, key, created: true, doubts: many })),
    problems: many,
  });

  test('is far below the 1 MiB that GitHub takes', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(768 * 1024);
  });

  test('says how much is left out', () => {
    expect(text).toContain('\n- and 99990 more\n');
    expect(text).toContain('<br>and 99990 more |');
    expect(text).toContain('\n  and 99950 more added\n');
    expect(text).toContain('<br>and 99995 more |');
  });

  test('has its own structure only', () => {
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('##[');
    expect(text.match(/^```.*$/gm)).toEqual(['```diff', '```', '```mermaid', '```']);
    expect(text.match(/^<\/?details>/gm)).toEqual(['<details>', '</details>']);
    for (const row of text.match(/^\|.*$/gm) ?? []) expect(row.match(/\|/g)?.length).toBeLessThanOrEqual(4);
  });
});
