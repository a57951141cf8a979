import { expect, test } from '@jest/globals';
import type { Remarks } from '../../src/config/sources/backend-config.js';
import { tellBackendConfig } from '../../src/words/backend-config.js';
import { recordingReport } from '../../testing/recording-report.js';

const line = (number: number) => ({ kind: 'line', line: number }) as const;
const file = { kind: 'file', path: 'prod.tfbackend', position: { line: 3, column: 1 } } as const;
const NOTHING: Remarks = {
  used: [],
  withoutEffect: [],
  cleanedLines: [],
  quoted: [],
  secretsInWorkspace: [],
  differences: [],
};

function toldOf(remarks: Partial<Remarks>): readonly string[] {
  const report = recordingReport();
  tellBackendConfig(report, { ...NOTHING, ...remarks });
  return report.log;
}

test('nothing is said of nothing', () => expect(toldOf({})).toEqual([]));

test('the log says from which place each value came, and which input wins over it', () => {
  const used = [
    { name: 'bucket', place: file },
    { name: 'endpoints.s3', place: line(2), overruledBy: 'endpoint' },
  ];
  const withoutEffect = [{ name: 'retry_mode', place: line(4) }];
  expect(toldOf({ used, withoutEffect, cleanedLines: [2] })).toEqual([
    'Line 2 of input "backend_config" has what a shell would take off (quotes around it, or -backend-config=): it is read without that.',
    'From the configuration: bucket (prod.tfbackend:3); endpoints.s3 (line 2 of input "backend_config"), but input "endpoint" wins',
    'Without effect in Lockkeeper: retry_mode (line 4 of input "backend_config")',
  ]);
});

test('quotes in a value and secrets in a file are warnings', () => {
  expect(
    toldOf({
      quoted: [{ name: 'key', place: line(1) }],
      secretsInWorkspace: [{ name: 'token', place: file }],
    }),
  ).toEqual([
    expect.stringMatching(
      /^warning: Quotes in a value: The value of "key" in line 1 of input "backend_config" begins/,
    ),
    expect.stringMatching(
      /^warning: Secret in a file: The secret "token" stands in prod.tfbackend:3, a file/,
    ),
  ]);
});

test('all differences from the workspace are one warning', () => {
  expect(toldOf({ differences: ['One differs.', 'Another differs.'] })).toEqual([
    expect.stringMatching(
      /^warning: Another backend: The configuration in the workspace is not what this step was given\. One differs\. Another differs\. If Terraform runs there, /,
    ),
  ]);
});
