import { expect, test } from '@jest/globals';
import { foreignWrite } from '../../../src/commands/hold/foreign-writes.js';
import { inspectState } from '../../../src/state/inspection.js';
import { LINEAGE, stateBody, testSettings } from '../../../testing/test-data.js';

/** What is said of a job that left serial 7, where this was before. */
async function judged(before: { readonly serial?: number; readonly lineage?: string }) {
  const body = stateBody({ serial: 7 });
  const inspection = await inspectState(body);
  const { serial, lineage } = before;
  return foreignWrite(
    { state: { exists: true, serial, lineage } },
    {
      reading: {
        kind: 'state',
        inspection,
        body,
        version: { etag: '"7"', lastModified: 0, encryption: { kind: 'aes256' } },
        md5: '7',
        doubts: [],
      },
    },
    testSettings(),
  );
}

test('an older serial, or another lineage, is a foreign write', async () => {
  expect(await judged({ serial: 8, lineage: LINEAGE })).toMatchObject({ title: 'State went back' });
  expect(await judged({ serial: 6, lineage: 'another' })).toMatchObject({ title: 'State replaced' });
});

test.each<[string, { serial?: number; lineage?: string }]>([
  ['the same serial', { serial: 7, lineage: LINEAGE }],
  ['a lineage that is not known from before', { serial: 6 }],
  ['a serial that is not known from before', { lineage: LINEAGE }],
])('%s fails no job', async (_, before) => {
  expect(await judged(before)).toBeUndefined();
});
