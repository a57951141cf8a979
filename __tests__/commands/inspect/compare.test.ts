import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../../src/actions/markdown.js';
import { inspectPlaces } from '../../../src/commands/inspect/inspect-places.js';
import type { InspectionWishes } from '../../../src/config/settings.js';
import { encryptedStateBody, stateBody, testSnapshot } from '../../../testing/test-data.js';
import { inspectionScene } from './inspection-scene.js';

const nameOf = (serial: number, kind = '') =>
  `20261122T0${serial}0000Z-000000000${serial}-0123456789a${serial}${kind}.tfstate`;

/** A catalogue with the serials 5 and 6, and the state itself, which is 7. */
async function scene(compare: NonNullable<InspectionWishes['compare']>) {
  const made = inspectionScene({ wishes: { snapshots: 10, compare } });
  const { catalogue, state } = made;
  const add = (name: string, body: Uint8Array) =>
    catalogue.add(testSnapshot({ key: catalogue.prefix + name, body }));
  await add(nameOf(5), stateBody({ serial: 5, values: { stays: 'a', goes: 'b', changes: 'old secret' } }));
  await add(nameOf(6), stateBody({ serial: 6, values: { stays: 'a', changes: 'new secret', comes: 'c' } }));
  state.body = stateBody({ serial: 7, values: { stays: 'a' } });
  const summary = () => renderMarkdown(made.report.summaries[0] ?? []);
  return { ...made, add, summary };
}

const SERIAL_5 = { kind: 'serial', serial: 5 } as const;
const LATEST = { kind: 'latest' } as const;
const CURRENT = { kind: 'current' } as const;

describe('two snapshots are compared', () => {
  test('in log, summary and report: the addresses that come, go and change', async () => {
    const { parts, report, reportOf, summary, catalogue } = await scene({ from: SERIAL_5, to: LATEST });
    await inspectPlaces(parts);
    expect(reportOf().comparison).toEqual({
      from: {
        reference: 'serial:5',
        key: catalogue.prefix + nameOf(5),
        serial: 5,
        lineage: expect.stringMatching(/^84d1/),
      },
      to: {
        reference: 'latest',
        key: catalogue.prefix + nameOf(6),
        serial: 6,
        lineage: expect.stringMatching(/^84d1/),
      },
      counts: { added: 1, removed: 1, changed: 1 },
      added: ['terraform_data.comes'],
      removed: ['terraform_data.goes'],
      changed: ['terraform_data.changes'],
    });
    expect(report.log.join('\n')).toContain(
      [
        'Compared: serial 5 (serial:5) to serial 6 (latest), 1 added, 1 removed, 1 changed',
        '  + terraform_data.comes',
        '  - terraform_data.goes',
        '  ~ terraform_data.changes',
      ].join('\n'),
    );
    expect(summary()).toContain(
      '**1 added, 1 removed, 1 changed**, serial 5 (serial:5) to serial 6 (latest)',
    );
    expect(summary()).toContain(
      '```diff\n+ terraform_data.comes\n- terraform_data.goes\n~ terraform_data.changes\n```',
    );
    expect(summary()).toContain(`- **From snapshot:** <code>${catalogue.prefix + nameOf(5)}</code>`);
  });

  test('without a value of theirs', async () => {
    const { parts, report, runner } = await scene({ from: SERIAL_5, to: LATEST });
    await inspectPlaces(parts);
    expect(JSON.stringify([report.log, report.summaries, runner.outputs])).not.toContain('secret');
  });

  test('and the state itself is one of them', async () => {
    const { parts, reportOf, report } = await scene({ from: LATEST, to: CURRENT });
    await inspectPlaces(parts);
    expect(reportOf().comparison).toMatchObject({
      to: { reference: 'current', key: null, serial: 7 },
      counts: { added: 0, removed: 2, changed: 0 },
    });
    expect(report.log).toContain('Compared: serial 6 (latest) to serial 7 (current), 2 removed');
  });

  test('and a state that is gone has lost all of them', async () => {
    const { parts, reportOf, report, state } = await scene({ from: LATEST, to: CURRENT });
    delete state.body;
    await inspectPlaces(parts);
    expect(reportOf().comparison).toMatchObject({
      to: { serial: null },
      counts: { added: 0, removed: 3, changed: 0 },
    });
    expect(report.log).toContain('Compared: serial 6 (latest) to no state (current), 3 removed');
  });

  test('and an encrypted one says that it cannot be told', async () => {
    const { parts, reportOf, report, summary, add } = await scene({ from: SERIAL_5, to: LATEST });
    await add(nameOf(8), encryptedStateBody(8));
    await inspectPlaces(parts);
    expect(reportOf().comparison).toMatchObject({ to: { serial: 8 }, counts: null, added: null });
    const words = 'Which resources differ cannot be told: one of the two is encrypted';
    expect(report.log).toContainEqual(expect.stringContaining(words));
    expect(summary()).toContain(words);
  });

  test('of different lineages, which is said', async () => {
    const { parts, report, summary, add } = await scene({ from: SERIAL_5, to: LATEST });
    await add(nameOf(8), stateBody({ serial: 8, lineage: 'another' }));
    await inspectPlaces(parts);
    expect(report.log).toContainEqual(expect.stringContaining('They are of different lineages'));
    expect(summary()).toContain('They are of different lineages');
  });
});

describe('a reference that leads nowhere fails the step, once all else is told:', () => {
  test('to no snapshot', async () => {
    const { parts, report, reportOf } = await scene({ from: { kind: 'serial', serial: 99 }, to: LATEST });
    await expect(inspectPlaces(parts)).rejects.toMatchObject({
      errors: [{ title: 'Snapshot not found', message: expect.stringContaining('"serial:99"') }],
    });
    expect(reportOf()).not.toHaveProperty('comparison');
    expect(reportOf().snapshots).toHaveLength(2);
    expect(report.summaries).toHaveLength(1);
  });

  test('to copies of another kind, which are named', async () => {
    const { parts, add } = await scene({ from: { kind: 'serial', serial: 8 }, to: LATEST });
    await add(nameOf(8, '.doubtful'), stateBody({ serial: 8 }));
    await expect(inspectPlaces(parts)).rejects.toMatchObject({
      errors: [{ title: 'Snapshot not found', message: expect.stringContaining(nameOf(8, '.doubtful')) }],
    });
  });

  test('to more than one, which are named', async () => {
    const { parts, add } = await scene({ from: SERIAL_5, to: LATEST });
    const twin = '20261122T055500Z-0000000005-fedcba987654.tfstate';
    await add(twin, stateBody({ serial: 5 }));
    await expect(inspectPlaces(parts)).rejects.toMatchObject({
      errors: [
        {
          title: 'Snapshot not clear',
          message: expect.stringMatching(new RegExp(`${twin} .*, ${nameOf(5)} `)),
        },
      ],
    });
  });
});

test('what cannot be read of the state is told once, and not again as a comparison', async () => {
  const { parts } = await scene({ from: LATEST, to: CURRENT });
  const { catalogue, state } = await parts.openState();
  const gone = async () => {
    throw new Error('The state cannot be read.');
  };
  const openState = async () => ({ catalogue, state: { ...state, get: gone } });
  await expect(inspectPlaces({ ...parts, openState })).rejects.toMatchObject({
    errors: [{ message: 'The state cannot be read.' }],
  });
});
