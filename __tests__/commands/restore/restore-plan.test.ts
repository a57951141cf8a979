import { describe, expect, test } from '@jest/globals';
import type { CurrentState } from '../../../src/commands/restore/current-state.js';
import { planRestore, type RestoreFacts } from '../../../src/commands/restore/restore-plan.js';
import { md5Hex } from '../../../src/state/digest.js';
import { encryptedStateBody, stateBody } from '../../../testing/test-data.js';
import { chosen, present } from './restore-scene.js';

const ABSENT: CurrentState = { kind: 'absent' };
const OLD = stateBody({ serial: 41, values: { kept: 'a', old: 'x' } });
const NOW = stateBody({ serial: 43, values: { kept: 'b', young: 'y' } });
const serialed = (body: Uint8Array, serial: number) =>
  Buffer.from(
    Buffer.from(body)
      .toString()
      .replace(/"serial": \d+/, `"serial": ${serial}`),
  );

const facts = async (differences: Partial<RestoreFacts> = {}): Promise<RestoreFacts> => ({
  snapshot: await chosen(OLD),
  current: await present(NOW),
  highestSerial: 43,
  allowLineageChange: false,
  ...differences,
});

describe('the serial of the restored state', () => {
  test.each([
    ['one above the current one', 43, 43, 44],
    ['one above the highest of the snapshots, if that is higher', 43, 50, 51],
    ['one above the current one, if no snapshot has it', 43, 41, 44],
  ])('is %s', async (_, serial, highestSerial, after) => {
    const plan = planRestore(await facts({ current: await present(serialed(NOW, serial)), highestSerial }));
    expect(plan).toMatchObject({ kind: 'restore', serial: { before: serial, after } });
    expect(Buffer.from(plan.body)).toEqual(serialed(OLD, after));
    expect(plan.md5).toBe(md5Hex(plan.body));
  });

  test.each([
    ['there is no state', undefined, 1_043],
    ['what is there is no state', 'rubbish', 1_043],
    ['what is there breaks off, and has a higher serial', '{"serial":70,', 1_070],
  ])('is 1,000 above all that are known where %s', async (_, text, after) => {
    const current = text === undefined ? ABSENT : await present(Buffer.from(text));
    expect(planRestore(await facts({ current })).serial.after).toBe(after);
  });

  test('is not beyond what can be compared exactly', async () => {
    const highest = await facts({ highestSerial: Number.MAX_SAFE_INTEGER });
    expect(() => planRestore(highest)).toThrow('cannot get a serial above all');
  });

  test.each([
    [90, 43, 44],
    [1, 80, 2],
    [1, 2, 80],
  ])('is above that of the snapshot (%d), of the state (%d) and of all others (%d)', async (...serials) => {
    const [ofSnapshot, there, highestSerial] = serials;
    const snapshot = await chosen(serialed(OLD, ofSnapshot));
    const current = await present(serialed(NOW, there));
    const { after } = planRestore(await facts({ snapshot, current, highestSerial })).serial;
    expect(after).toBe(Math.max(...serials) + 1);
  });
});

describe('a state that is the snapshot already', () => {
  test.each([
    ['to the letter', 41, 41],
    ['with the serial that an earlier restore gave it', 44, 44],
  ])('%s is left as it is', async (_, serial, highestSerial) => {
    const current = await present(serialed(OLD, serial));
    const plan = planRestore(await facts({ current, highestSerial }));
    expect(plan).toMatchObject({ kind: 'in-place', serial: { before: serial, after: serial } });
    expect(plan.digestDiffers).toBe(false);
  });

  test('is given a new serial all the same where a higher one is known: it was rolled back', async () => {
    const plan = planRestore(await facts({ current: await present(OLD), highestSerial: 43 }));
    expect(plan).toMatchObject({ kind: 'restore', serial: { before: 41, after: 44 } });
  });

  test.each([
    ['another digest', md5Hex(NOW), true],
    ['a digest in capitals', md5Hex(OLD).toUpperCase(), false],
    ['a text that is no digest', 'x', true],
  ])('has %s', async (_, digest, digestDiffers) => {
    const plan = planRestore(await facts({ current: await present(OLD, digest), highestSerial: 41 }));
    expect(plan).toMatchObject({ kind: 'in-place', digestDiffers });
  });
});

describe('what OpenTofu has encrypted', () => {
  test('is put back as it is, whatever the serial of what is there', async () => {
    const body = encryptedStateBody(7);
    const plan = planRestore(
      await facts({
        snapshot: await chosen(body),
        current: await present(serialed(NOW, 43)),
        allowLineageChange: true,
      }),
    );
    expect(plan).toMatchObject({ kind: 'restore', verbatim: true, serial: { before: 43, after: 7 } });
    expect(plan.body).toEqual(body);
    expect(plan.changes).toBeUndefined();
  });

  test('is in place only if it is the same to the letter', async () => {
    const snapshot = await chosen(encryptedStateBody(7));
    const same = planRestore(await facts({ snapshot, current: await present(encryptedStateBody(7)) }));
    expect(same.kind).toBe('in-place');
    const other = planRestore(await facts({ snapshot, current: await present(encryptedStateBody(8)) }));
    expect(other.kind).toBe('restore');
  });
});

describe('another lineage', () => {
  test('is refused', async () => {
    const current = await present(stateBody({ lineage: 'another' }));
    const refused = await facts({ current });
    expect(() => planRestore(refused)).toThrow('allow_lineage_change: true');
  });
  test('is restored if it is allowed', async () => {
    const current = await present(stateBody({ lineage: 'another' }));
    const plan = planRestore(await facts({ current, allowLineageChange: true }));
    expect(plan.lineage).toEqual({ before: 'another', after: '84d1bbcc-400e-a45a-202e-4e35dc7475c0' });
  });
});

test('what comes, goes and changes is told by address', async () => {
  expect(planRestore(await facts()).changes).toEqual({
    added: ['terraform_data.old'],
    removed: ['terraform_data.young'],
    changed: ['terraform_data.kept'],
  });
  expect(planRestore(await facts({ current: ABSENT })).changes?.added).toHaveLength(2);
  expect(planRestore(await facts({ current: await present(Buffer.from('x')) })).changes).toBeUndefined();
});
