import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../../src/actions/markdown.js';
import { summaryBlocks } from '../../../../src/commands/hold/summary/hold-summary.js';
import type { HoldSummary, LockSummary } from '../../../../src/commands/hold/summary/summary-facts.js';
import { documentationUrl } from '../../../../src/names/documentation.js';
import { LONG_NAME } from '../../../../testing/summary-samples/hold-samples.js';
import {
  DEPLOYED,
  LOCK,
  OTHER_RUN,
  PLANNED,
  SAMPLES_END,
} from '../../../../testing/summary-samples/sample-facts.js';
import { SUMMARY_SAMPLES } from '../../../../testing/summary-samples/summary-samples.js';
import { LOCK_PATH, OUR_ID } from '../../../../testing/test-data.js';

/** The summary as GitHub gets it; spaces at which no line ends are told as any other. */
function renderSummary(summary: HoldSummary): string {
  return renderMarkdown(summaryBlocks(summary, SAMPLES_END)).replaceAll('\u00a0', ' ');
}

const deployed = (differences: Partial<HoldSummary>) => renderSummary({ ...DEPLOYED, ...differences });
const problem = (title: string, message = 'Something is missing.') => ({ title, message });

test('of a deploy that went well: what changed, how long, the way back, and all else folded', () => {
  const { requestedAt, acquiredAt, releasedAt } = DEPLOYED.lock as Exclude<LockSummary, { outcome: 'none' }>;
  const snapshots = 'lockkeeper/states/network/terraform.tfstate/20261122T011551Z';
  expect(renderSummary(DEPLOYED)).toBe(`### ✅ network/terraform.tfstate · serial 41 → 42

**2 added, 1 changed** · waited 16 s for [Deploy #<!-- -->118](${OTHER_RUN}) · lock held 3 min 4 s, and released · snapshots before and after

\`\`\`diff
+ aws_subnet.private["eu-central-1b"]
+ module.web.aws_instance.this[2]
~ aws_security_group.web
\`\`\`

<details><summary>Lock and snapshots</summary>

- **State:** <code>s3:<!-- -->//states/network/terraform.tfstate</code>
- **Serial:** 41 → 42
- **Resources:** 118 → 120
- **Lock ID:** <code>${OUR_ID}</code>
- **Lock path:** <code>${LOCK_PATH}</code>
- **Waited:** 16 s
- **Waited for:** [Deploy #<!-- -->118](${OTHER_RUN}), octocat@<!-- -->runner-7
- **Snapshot before:** <code>s3:<!-- -->//terraform-backups/${snapshots}-0000000041-5f3a9c01d2e4.tfstate</code> was already there
- **Snapshot after:** <code>s3:<!-- -->//terraform-backups/${snapshots}-0000000042-5f3a9c01d2e4.tfstate</code> stored by this job

\`\`\`mermaid
gantt
    dateFormat x
    axisFormat %H:%M
    tickInterval 1minute
    todayMarker off
    section Waited
    16 s :done, ${requestedAt}, ${acquiredAt}
    section Held
    3 min 4 s :active, ${acquiredAt}, ${releasedAt}
\`\`\`

</details>
`);
});

test('every kind of summary tells in its heading how it ended', () => {
  const headings = SUMMARY_SAMPLES.map(({ name, blocks }) => [name, renderMarkdown(blocks).split('\n')[0]]);
  expect(headings).toEqual(
    [
      ['deploy', '✅ network/terraform.tfstate · serial 41 → 42'],
      ['deploy-without-a-wait', '✅ network/terraform.tfstate · serial 41 → 42'],
      ['deploy-after-a-long-wait', '✅ network/terraform.tfstate · serial 41 → 42'],
      ['deploy-of-many-resources', '✅ network/terraform.tfstate · serial 41 → 42'],
      ['long-names', `✅ ${LONG_NAME} · serial 41 → 42`],
      ['first-deployment', '✅ network/terraform.tfstate · created, serial 1'],
      ['only-outputs-changed', '✅ network/terraform.tfstate · serial 41 → 42'],
      ['state-deleted', '⚠️ network/terraform.tfstate · state deleted'],
      ['encrypted-state', '✅ network/terraform.tfstate · serial 41 → 42'],
      ['doubtful-state', '⚠️ network/terraform.tfstate · serial 41 → unknown, doubtful'],
      ['tainted', '⚠️ network/terraform.tfstate · serial 41 → 42, 2 tainted'],
      ['job-failed', '⚠️ network/terraform.tfstate · serial 41 → 42, 1 tainted, but the job failed'],
      ['job-cancelled', '⚠️ network/terraform.tfstate · serial 41 → 42, but the job was cancelled'],
      ['without-a-lock', '✅ network/terraform.tfstate · serial 41 → 42, without a lock'],
      ['snapshot-not-stored', '❌ network/terraform.tfstate · Snapshot not stored'],
      ['lock-kept', '❌ network/terraform.tfstate · lock NOT released'],
      ['lock-not-released', '❌ network/terraform.tfstate · lock NOT released'],
      ['pipeline-lock-not-released', '❌ network/terraform.tfstate · lock NOT released'],
      ['lock-lost', '❌ network/terraform.tfstate · lock lost'],
      ['several-problems', '❌ network/terraform.tfstate · lock lost'],
      ['wrong-state', '❌ network/terraform.tfstate · Wrong state'],
      ['plan', '✅ network/terraform.tfstate · serial 41, unchanged'],
      ['no-terraform-seen', '✅ network/terraform.tfstate · serial 41, unchanged'],
      ['no-state', '⚠️ network/terraform.tfstate · no state before or after'],
      ['unknown-state', '⚠️ network/terraform.tfstate · state unknown after the job'],
      ['locked-by-a-job-that-goes-on', '❌ network/terraform.tfstate is locked'],
      ['locked-by-a-job-that-ended', '❌ network/terraform.tfstate is locked'],
      ['locked-by-a-person', '❌ network/terraform.tfstate is locked'],
      ['locked-and-kept', '❌ network/terraform.tfstate is locked'],
      ['locked-by-what-nobody-can-read', '❌ network/terraform.tfstate is locked'],
      ['pipeline-locked', '❌ network/terraform.tfstate is locked'],
      ['locked-by-this-job', '❌ network/terraform.tfstate · Lock held by this job'],
      ['no-answer', '❌ network/terraform.tfstate · No answer'],
      ['access-denied', '❌ network/terraform.tfstate · Access denied'],
      ['access-denied-lock-left', '❌ network/terraform.tfstate · Access denied'],
      ['cancelled', '❌ network/terraform.tfstate · Cancelled'],
      ['configuration', '❌ Lockkeeper · Configuration'],
      ['run-state-not-understood', '❌ Lockkeeper · Run state not understood'],
      ['leftover-not-released', '❌ network/terraform.tfstate · Lock not released'],
      ['leftover-released', '⚠️ network/terraform.tfstate · the job did not start, lock released'],
      ['inspect-free', '🔓 network/terraform.tfstate · not locked · serial 41'],
      ['inspect-locked', '🔒 network/terraform.tfstate · locked · serial 41'],
      ['inspect-locked-by-a-job-that-ended', '⚠️ network/terraform.tfstate · locked · serial 41'],
      ['inspect-locked-by-a-person', '🔒 network/terraform.tfstate · locked · serial 41'],
      ['inspect-no-state', '🔓 network/terraform.tfstate · no lock configured'],
      ['inspect-doubtful', '⚠️ network/terraform.tfstate · not locked · serial 41'],
      ['inspect-compared', '🔓 network/terraform.tfstate · not locked · serial 41'],
      ['inspect-all-snapshots', '🔓 network/terraform.tfstate · not locked · serial 41'],
      ['inspect-not-all-seen', '❌ network/terraform.tfstate · not locked · serial 41'],
      ['backup-unchanged', '✅ Backup of 60 states · 0 copied'],
      ['backup-copied', '✅ Backup of 72 states · 12 copied'],
      ['backup-pruned', '✅ Backup of 72 states · 12 copied'],
      ['backup-doubtful', '⚠️ Backup of 73 states · 12 copied'],
      ['backup-failed', '❌ Backup of 74 states · 1 not backed up'],
      ['backup-dry-run', '✅ Backup of 63 states · 3 would be copied'],
      ['backup-of-thousands', '✅ Backup of 3,000 states · 3,000 copied'],
      ['restore-done', '✅ network/terraform.tfstate · restored, serial 43 → 44'],
      ['restore-over-nothing', '✅ network/terraform.tfstate · restored, no state → serial 1043'],
      ['restore-over-rubbish', '✅ network/terraform.tfstate · restored, serial unknown → 1043'],
      ['restore-in-place', '✅ network/terraform.tfstate · serial 44, already what the snapshot has'],
      ['restore-encrypted', '⚠️ network/terraform.tfstate · restored, serial 43 → 41'],
      ['restore-not-copied', '❌ network/terraform.tfstate · restored, serial 43 → 44 · Snapshot not stored'],
      ['restore-dry-run', '🔎 network/terraform.tfstate · dry run, serial 43 → 44'],
      ['restore-refused', '❌ network/terraform.tfstate · Another lineage'],
      ['restore-broken-off', '❌ network/terraform.tfstate · Restore not finished'],
      ['restore-cut-off', '⚠️ network/terraform.tfstate · the restore was cut off'],
      ['verify-clean', '✅ Verification of 2,004 states · no doubt'],
      ['verify-to-be-known', '⚠️ Verification of 2,004 states · 1 warning'],
      ['verify-findings', '❌ Verification of 2,004 states · 2 findings'],
      ['verify-many-findings', '❌ Verification of 2,004 states · 500 findings'],
      ['verify-drill-failed', '❌ Verification of 2,004 states · the drill failed'],
      ['verify-not-begun', '❌ states · Bucket not found'],
    ].map(([name, heading]) => [name, `### ${heading}`]),
  );
});

describe('the sign is of the whole: a job', () => {
  test.each<[string, Partial<HoldSummary>, string]>([
    ['that went well', { jobStatus: 'success' }, '✅ serial 41 → 42'],
    ['whose steps failed', { jobStatus: 'failure' }, '⚠️ serial 41 → 42, but the job failed'],
    ['that was cancelled', { jobStatus: 'cancelled' }, '⚠️ serial 41 → 42, but the job was cancelled'],
    [
      'that left something tainted',
      { after: { exists: true, serial: 42, tainted: 1 } },
      '⚠️ serial 41 → 42, 1 tainted',
    ],
    ['that is doubtful', { doubtful: true }, '⚠️ serial 41 → 42'],
    ['without a lock', { lock: { outcome: 'none' } }, '✅ serial 41 → 42, without a lock'],
    ['with a problem', { jobStatus: 'failure', problems: [problem('Wrong state')] }, '❌ Wrong state'],
    [
      'with several problems',
      { problems: [problem('Wrong state'), problem('State went back'), problem('Third')] },
      '❌ Wrong state, and 2 more',
    ],
    [
      'that has lost its lock, whatever else there is',
      { lock: { ...LOCK, outcome: 'lost' }, problems: [problem('Wrong state'), problem('Lock lost')] },
      '❌ lock lost',
    ],
    [
      'that could not release',
      { lock: { ...LOCK, outcome: 'kept' }, doubtful: true },
      '❌ lock NOT released',
    ],
  ])('%s', (_, differences, heading) => {
    const [sign, ...words] = heading.split(' ');
    expect(deployed(differences).split('\n')[0]).toBe(
      `### ${sign} network/terraform.tfstate · ${words.join(' ')}`,
    );
  });

  test.each(['before', 'after'] as const)('whose state %s is doubtful: why is open', (phase) => {
    const snapshots = DEPLOYED.snapshots.map((each) =>
      each.phase === phase ? { ...each, doubts: ['Its MD5 is x.', 'It is empty.'] } : each,
    );
    const text = deployed({ snapshots });
    expect(text).toMatch(/^### ⚠️ .* · serial 41 → 42, doubtful\n/);
    expect(text).toContain(`\n- ⚠️ The state ${phase} this job is doubtful: Its MD5 is x. It is empty.\n`);
    expect(text).toMatch(new RegExp(`Snapshot ${phase}:.*, doubtful\n`));
  });
});

describe('what became of the state, in the heading:', () => {
  test.each<[string, Partial<HoldSummary>]>([
    ['serial 41 → 42', {}],
    ['serial 41 → unknown', { after: { exists: true } }],
    ['created, serial 1', { before: { exists: false }, after: { exists: true, serial: 1 } }],
    ['created, serial unknown', { before: { exists: false }, after: { exists: true } }],
    ['serial unknown → 42', { before: { exists: true } }],
    ['state deleted', { after: { exists: false } }],
    ['serial 41, unchanged', { change: 'unchanged' }],
    ['unchanged', { change: 'unchanged', before: { exists: true } }],
    ['no state before or after', { change: 'never-existed' }],
    ['state unknown after the job', { change: 'unknown', after: undefined }],
  ])('%s', (words, differences) => {
    const [heading] = deployed(differences).split('\n');
    expect(heading?.replace(/^### \S+ /, '')).toBe(`network/terraform.tfstate · ${words}`);
  });

  test('and in the line below it, where the heading tells what went wrong', () => {
    expect(deployed({ problems: [problem('Wrong state')] })).toContain(
      '**2 added, 1 changed** · serial 41 → 42 · ',
    );
  });
});

/** The line below the heading. */
const lineOf = (text: string) => text.split('\n')[2];

describe('the line says at once', () => {
  test('that nothing changed', () => {
    expect(lineOf(renderSummary(PLANNED))).toBe(
      '**nothing changed** · lock held 3 min 4 s, and released · snapshot before',
    );
  });

  test('that no resource changed, though the state did', () => {
    expect(lineOf(deployed({ changes: { added: [], removed: [], changed: [] } }))).toMatch(
      /^\*\*no resource changed\*\* · /,
    );
  });

  test('how many of each kind, in the order added, removed, changed', () => {
    const changes = { added: [], removed: ['b'], changed: ['c'] };
    const text = deployed({ changes });
    expect(lineOf(text)).toMatch(/^\*\*1 removed, 1 changed\*\* · /);
    expect(text).toContain('```diff\n- b\n~ c\n```');
  });

  test.each([1, 2])('what is tainted: %d', (tainted) => {
    const after = { exists: true, serial: 42, resourceCount: 119, tainted };
    expect(lineOf(deployed({ after }))).toContain(
      ` · **${tainted} tainted, to be replaced by the next apply** · `,
    );
  });

  test.each<[string, LockSummary]>([
    ['lock held 3 min 4 s, and released', LOCK],
    ['lock held 3 min 4 s, and not released', { ...LOCK, releasedAt: undefined, outcome: 'kept' }],
    ['the lock is not held by this job any more', { ...LOCK, outcome: 'lost' }],
    ['**no lock was taken**', { outcome: 'none' }],
  ])('how the lock fared: %s', (words, lock) => {
    expect(lineOf(deployed({ lock }))).toContain(` · ${words} · `);
  });

  test.each([
    ['snapshots before and after', DEPLOYED.snapshots],
    ['snapshot after', DEPLOYED.snapshots.slice(1)],
    ['no snapshot', []],
  ])('the way back: %s', (words, snapshots) => {
    expect(lineOf(deployed({ snapshots }))?.endsWith(` · ${words}`)).toBe(true);
  });
});

describe('who was waited for', () => {
  const run = {
    repository: 'acme/platform',
    workflow: '',
    job: 'apply',
    url: 'https://github.com/acme/platform/actions/runs/1/attempts/1',
  };
  type WaitedFor = Exclude<LockSummary, { outcome: 'none' }>['waitedFor'];
  const waitedFor = (waitedMs: number, holders: WaitedFor) =>
    deployed({ lock: { ...LOCK, requestedAt: LOCK.acquiredAt - waitedMs, waitedFor: holders } });
  const waited = (...holders: WaitedFor) => waitedFor(16_000, holders);

  test('nobody, where the lock was free', () => {
    expect(deployed({ lock: LOCK })).not.toMatch(/waited|Waited for/);
    expect(waited()).toContain(' · waited 16 s · ');
  });

  test('nobody, for less than a second, which is the time of the requests', () => {
    expect(lineOf(waitedFor(999, []))).not.toContain('waited');
    expect(lineOf(waitedFor(1_000, []))).toContain(' · waited 1 s · ');
    expect(lineOf(waitedFor(500, [{ who: 'ada' }]))).toContain(' · waited 500 ms for ada · ');
  });

  test.each([
    [['ada'], 'ada'],
    [['ada', 'bob'], 'ada and 1 more'],
    [['x'.repeat(101), 'bob', 'eve'], `${'x'.repeat(100)}… and 2 more`],
  ])('%j', (names, words) => {
    expect(lineOf(waited(...names.map((who) => ({ who }))))).toContain(` for ${words} · `);
  });

  test('a person, and how many more', () => {
    expect(waited({ who: 'ada|x@laptop' }, { who: 'bob' }, { who: 'eve' })).toContain(
      ' · waited 16 s for ada&#124;x@<!-- -->laptop and 2 more · ',
    );
  });

  test('a job of another repository, by both names', () => {
    expect(waited({ who: 'bob', run })).toContain(`waited 16 s for [acme/platform · apply](${run.url})`);
  });

  test.each([
    'https://evil.example/acme/platform/actions/runs/1',
    'https://github.com.evil.example/acme/platform/actions/runs/1',
    'javascript:alert(1)',
    '',
    'https://github.com/acme/platform',
    'https://github.com/login/oauth/authorize?client_id=evil',
    'https://github.com/acme/platform/actions/runs/../../../../login/oauth/authorize?client_id=evil',
    'https://github.com/acme/other/actions/runs/1',
  ])('a job whose link leads elsewhere than to its run is text: %s', (url) => {
    const text = waited({ who: 'bob', run: { ...run, url } });
    expect(text).toContain('waited 16 s for acme/platform · apply · ');
    expect(text).not.toContain('](');
  });

  test('all of them, in the fold', () => {
    expect(waited({ who: 'ada' }, { who: 'bob', run })).toContain(
      `\n- **Waited for:** ada<br>[acme/platform · apply](${run.url}), bob\n`,
    );
  });
});

describe('what went wrong', () => {
  test('comes before what changed; its title is in the heading', () => {
    const text = deployed({ problems: [problem('Wrong state', 'Not `yours`.\nLook.')] });
    expect(text).toContain('snapshots before and after\n\nNot &#96;yours&#96;.<br>Look.\n\n```diff');
  });

  test('is told by its title where there is more than one', () => {
    const text = deployed({ problems: [problem('Wrong state', 'One.'), problem('State went back', 'Two.')] });
    expect(text).toContain('\n\n**Wrong state.** One.\n\n**State went back.** Two.\n\n');
  });

  test('with a way out that is a command, in a block to copy', () => {
    const details = [
      { kind: 'paragraph', text: 'Free it with this command.' },
      { kind: 'code', language: 'sh', lines: ['terraform force-unlock x'] },
    ] as const;
    expect(deployed({ problems: [{ ...problem('Lock not released'), details }] })).toContain(
      'snapshots before and after\n\nFree it with this command.\n\n```sh\nterraform force-unlock x\n```\n\n```diff',
    );
  });

  test('with a way out that is a page of ours, as a link', () => {
    const url = documentationUrl('iam.md');
    expect(deployed({ problems: [problem('Access denied', `It is at ${url}.`)] })).toContain(
      `It is at [docs/iam.md](${url}).`,
    );
  });
});

test('why it is unknown what changed is said', () => {
  expect(deployed({ changes: undefined, changesUnknown: 'There is no *snapshot*.' })).toContain(
    '\n\n- Which resources changed is unknown: There is no &#42;snapshot&#42;.\n\n<details>',
  );
});

test('a wait of a few seconds is nothing to see', () => {
  const lock = { ...LOCK, requestedAt: LOCK.acquiredAt - 5_000 };
  expect(deployed({ lock })).not.toContain('mermaid');
  expect(deployed({ lock: { ...lock, requestedAt: LOCK.acquiredAt - 5_001 } })).toContain('mermaid');
});

test('the timeline has no bar for a lock that was released at once', () => {
  const lock = { ...LOCK, requestedAt: LOCK.acquiredAt - 16_000, releasedAt: LOCK.acquiredAt };
  expect(deployed({ lock })).toContain('section Waited');
  expect(deployed({ lock })).not.toContain('section Held');
});

test('the timeline of a lock that was lost does not say how long it was held: nobody knows', () => {
  const lock = { ...LOCK, requestedAt: LOCK.acquiredAt - 16_000, outcome: 'lost' } as const;
  expect(deployed({ lock })).toContain('section Waited');
  expect(deployed({ lock })).not.toContain('section Held');
  expect(deployed({ lock: { ...lock, outcome: 'kept', releasedAt: undefined } })).toContain(
    '3 min 4 s :crit, ',
  );
});

test('a long list of changes is folded, a short one is open', () => {
  const changes = (count: number) => ({
    added: Array.from({ length: count }, (__, index) => `a[${index}]`),
    removed: [],
    changed: [],
  });
  expect(deployed({ changes: changes(10) })).not.toContain('Changed resources');
  expect(deployed({ changes: changes(11) })).toContain(
    '<details><summary>Changed resources</summary>\n\n```diff',
  );
});

test('what did not change is told once', () => {
  const text = renderSummary(PLANNED);
  expect(text).toContain('\n- **Serial:** 41\n- **Resources:** 118\n');
  expect(text).not.toContain('```diff');
});

test.each<[string, Partial<HoldSummary>, string, string]>([
  ['there was none', { before: { exists: false } }, 'no state → 42', '0 → 120'],
  ['there is none any more', { after: { exists: false } }, '41 → no state', '118 → 0'],
  ['it does not tell', { after: { exists: true } }, '41 → unknown', '118 → unknown'],
  ['it could not be read', { after: undefined }, '41 → unknown', '118 → unknown'],
])('of a state, what can be told: %s', (_, differences, serial, resources) => {
  expect(deployed(differences)).toContain(`\n- **Serial:** ${serial}\n- **Resources:** ${resources}\n`);
});

test('of a job without a lock, nothing is told of one', () => {
  const text = deployed({ lock: { outcome: 'none' } });
  expect(text).toContain('<details><summary>State and snapshots</summary>');
  expect(text).not.toMatch(/Lock (ID|path)|mermaid|[Ww]aited/);
});

describe('a summary of hostile and endless input', () => {
  const hostile = (index: number) =>
    `$@#|\`\n::error::x\n\`\`\`\n</details>\u{e0041}${'$'.repeat(2_000)}${index}`;
  const many = Array.from({ length: 100_000 }, (_, index) => hostile(index));
  const waitedFor = (who: string) => ({
    who,
    run: { repository: who, workflow: who, job: who, url: `${OTHER_RUN}/${who}` },
  });
  const text = renderSummary({
    bucket: hostile(1),
    statePath: hostile(2),
    job: { repository: hostile(6), runUrl: OTHER_RUN },
    lock: { ...LOCK, requestedAt: 0, id: hostile(3), path: hostile(4), waitedFor: many.map(waitedFor) },
    change: 'changed',
    before: { exists: true, serial: 1, resourceCount: 0 },
    notes: many,
    changes: { added: many, removed: many, changed: many },
    changesUnknown: hostile(5),
    snapshots: many.map((key) => ({ phase: 'after', bucket: key, key, created: true, doubts: many })),
    problems: many.map((text) => problem(text, text)),
  });

  test('is far below the 1 MiB that GitHub takes', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(768 * 1024);
  });

  test('says how much is left out', () => {
    const lines = text.split('\n');
    for (const line of ['and 99990 more', '- and 99990 more', '  and 99950 more added', '- and 99996 more']) {
      expect(lines.includes(line) ? line : '').toBe(line);
    }
    for (const end of [' and 99995 more', '<br>and 99990 more']) {
      expect(lines.some((line) => line.endsWith(end)) ? end : '').toBe(end);
    }
  });

  test('has its own structure only', () => {
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toContain('##[');
    expect(text.match(/^```.*$/gm)).toEqual(['```diff', '```', '```mermaid', '```']);
    const tag = ['<details>', '</details>'];
    expect(text.match(/^<\/?details>/gm)).toEqual([...tag, ...tag]);
    expect(text.match(/^\|/gm)).toBeNull();
  });
});
