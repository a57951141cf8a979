import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
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
  const findings = { lock: HELD, state, snapshots, versioning: 'enabled' } as const;
  return JSON.parse(inspectionJson({ places: testSettings(), runUrl: '', findings, problems: [] }));
}

test('docs/inspect.md names every field', async () => {
  const page = readFileSync('docs/inspect.md', 'utf8');
  const report = await fullReport();
  const fields = [
    ...['lock', 'snapshots', 'versioning'],
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
