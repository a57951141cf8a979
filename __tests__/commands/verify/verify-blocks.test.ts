import { expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { verifyBlocks } from '../../../src/commands/verify/verify-blocks.js';
import { sortFindings } from '../../../src/commands/verify/verify-results.js';
import type { Finding } from '../../../src/snapshots/verification/finding.js';
import { VERIFY_SAMPLES } from '../../../testing/summary-samples/verify-samples.js';
import { verifyScene } from './verify-scene.js';

const summaryOf = (name: string) =>
  renderMarkdown(VERIFY_SAMPLES.find((each) => each.name === `verify-${name}`)?.blocks ?? []);

test('totals come first, and a clean run has no table', () => {
  const summary = summaryOf('clean');
  expect(summary).toMatch(
    /^### ✅ Verification of 2,004 states · no doubt\n\n8,011 of 61,277 snapshots read · 160\sMB · in 6\smin\s12\ss · 4 without/,
  );
  expect(summary).not.toContain('| State |');
});

test('red comes before what is to be known, and that before what is acknowledged', () => {
  const signs = [...summaryOf('findings').matchAll(/^\| (❌|⚠️|☑️)/gm)].map(([, sign]) => sign);
  expect(signs).toEqual(['❌', '❌', '⚠️', '☑️']);
  expect(summaryOf('to-be-known')).toMatch(/^### ⚠️ /);
});

test('the lines to acknowledge have what is red, and nothing else', () => {
  const [, lines = ''] = /```yaml\n(.*?)```/s.exec(summaryOf('findings')) ?? [];
  expect(lines.split('\n').slice(0, -1)).toEqual([
    'acknowledged: |',
    '  legacy/terraform.tfstate',
    expect.stringMatching(/^ {2}lockkeeper\/states\/network\/terraform.tfstate\/.*\.tfstate$/),
  ]);
});

test('200 findings are shown, and the rest is counted', () => {
  const summary = summaryOf('many-findings');
  expect(summary.match(/^\| ❌/gm)).toHaveLength(200);
  expect(summary).toContain('And 300 more, which the report file has.');
});

test('the most hostile text stays below what GitHub shows', () => {
  const scene = verifyScene();
  const { settings } = scene.parts();
  const findings = Array.from({ length: 1_000 }, (_, number): Finding => {
    const statePath = `${'@'.repeat(900)}${number}`;
    return {
      key: `${statePath}/${'$'.repeat(100)}`,
      statePath,
      doubt: { kind: 'unread', error: new Error('@'.repeat(4_000)) },
    };
  });
  const summary = renderMarkdown(
    verifyBlocks(
      {
        overview: {
          states: new Map(),
          catalogues: new Map(),
          paths: [],
          index: { kind: 'failed', reason: '', findings: [] },
        },
        totals: { states: 1, gone: 0, snapshots: 1, checked: 0, bytes: 0 },
        findings: sortFindings(findings, []),
        unmatched: [],
        tookMs: 1,
      },
      settings,
    ),
  );
  expect(Buffer.byteLength(summary)).toBeLessThan(900_000);
  expect(summary.match(/^\| ❌/gm)).toHaveLength(200);
});
