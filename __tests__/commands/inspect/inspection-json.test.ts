import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { inspectionJson } from '../../../src/commands/inspect/inspection-json.js';
import { inspectState } from '../../../src/state/inspection.js';
import { lockHolder, stateBody, testSettings, theirInfo } from '../../../testing/test-data.js';

const HELD = {
  kind: 'held',
  by: { info: theirInfo(), holder: lockHolder({ looks: true, kept: 'why' }), version: 'v' },
  status: { ended: true, conclusion: 'cancelled' },
} as const;

/** An inspection that found everything there is. */
async function fullReport() {
  const body = stateBody();
  const snapshot = {
    kind: 'verified',
    lastModified: 0,
    serial: 7,
    tag: '0123456789ab',
    key: 'k',
    bytes: 1,
    storedAt: 0,
  } as const;
  const version = { etag: '"e"', lastModified: 0, encryption: { kind: 'none' } } as const;
  const inspection = await inspectState(body);
  const state = { kind: 'state', body, version, md5: 'm', inspection, doubts: [] } as const;
  const snapshots = { newest: [snapshot], total: 1 };
  const side = { reference: { kind: 'current' } } as const;
  const changes = { added: [], removed: [], changed: [] };
  const comparison = { kind: 'compared', from: side, to: side, changes } as const;
  const findings = { lock: HELD, state, snapshots, comparison, versioning: 'enabled' } as const;
  return JSON.parse(inspectionJson({ places: testSettings(), runUrl: '', findings, problems: [] }));
}

test('docs/inspect.md names every field', async () => {
  const page = readFileSync('docs/inspect.md', 'utf8');
  const report = await fullReport();
  const fields = [
    ...['lock', 'snapshots', 'comparison', 'versioning'],
    ...Object.keys(report.comparison).map((name) => `comparison.${name}`),
    ...Object.keys(report.comparison.from).map((name) => `.${name}`),
    ...Object.keys(report.lock).map((name) => `lock.${name}`),
    ...Object.keys(report.state).map((name) => `state.${name}`),
    ...Object.keys(report.lock.info),
    ...Object.keys(report.lock.holder),
    ...Object.keys(report.snapshots[0]).map((name) => (name === 'key' ? 'snapshots[].key' : `.${name}`)),
  ];
  expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
});

test('what could not be looked at has no key, and nothing is said to be so that is not known', () => {
  const nothing = { places: testSettings(), runUrl: '', findings: {}, problems: ['why'] };
  expect(JSON.parse(inspectionJson(nothing))).toEqual({ versioning: 'unknown' });
});

test.each([
  ['verified', false],
  ['doubtful', true],
  ['errored', false],
  ['pre-restore', false],
] as const)('a copy of the kind %s: doubtful is %s', (kind, doubtful) => {
  const copy = { kind, lastModified: 0, serial: 7, tag: '', key: 'k', bytes: 1, storedAt: 0 };
  const findings = { snapshots: { newest: [copy], total: 1 } };
  const { snapshots } = JSON.parse(
    inspectionJson({ places: testSettings(), runUrl: '', findings, problems: [] }),
  );
  expect(snapshots).toMatchObject([{ doubtful }]);
});

describe('a report that has to fit', () => {
  const snapshots = Array.from({ length: 300 }, (_, serial) => ({
    kind: 'verified' as const,
    lastModified: 0,
    serial,
    tag: '',
    key: `k${serial}`,
    bytes: 1,
    storedAt: 0,
  }));
  const addresses = Array.from(
    { length: 300 },
    (_, index) => `terraform_data.${'x'.repeat(200)}["${index}"]`,
  );
  const side = { reference: { kind: 'current' } } as const;
  const changes = { added: addresses, removed: addresses, changed: [] };
  const findings = {
    snapshots: { newest: snapshots, total: 300 },
    comparison: { kind: 'compared', from: side, to: side, changes },
  } as const;
  const inspection = { places: testSettings(), runUrl: '', findings, problems: [] };

  test('has all of it where there is room', () => {
    const report = JSON.parse(inspectionJson(inspection));
    expect(report.snapshots).toHaveLength(300);
    expect(report.comparison.added).toEqual(addresses);
  });
  test('has the first of it where there is not, and the counts of all', () => {
    const text = inspectionJson(inspection, 100_000);
    const report = JSON.parse(text);
    expect(text.length).toBeLessThan(100_000);
    expect(report.snapshots).toHaveLength(10);
    expect(report.comparison.added).toHaveLength(20);
    expect(report.comparison.counts).toEqual({ added: 300, removed: 300, changed: 0 });
  });
});
