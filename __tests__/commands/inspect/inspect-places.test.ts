import { describe, expect, test } from '@jest/globals';
import { inspectPlaces } from '../../../src/commands/inspect/inspect-places.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import { bothLocks } from '../../../src/lock/both.js';
import { formatHolder } from '../../../src/lock/holder-record.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import { lockHolder, stateBody, testSnapshot, theirInfo } from '../../../testing/test-data.js';
import { inspectionScene } from './inspection-scene.js';

/** Linux's limit, name and all: https://man7.org/linux/man-pages/man2/execve.2.html */
const LONGEST_VARIABLE_BYTES = 128 * 1024;

const paragraphs = ({ report }: ReturnType<typeof inspectionScene>) =>
  JSON.stringify(report.summaries.flat().filter(({ kind }) => kind === 'paragraph'));

describe('a lock that is held', () => {
  test('and was kept by its post step: why, and that nobody else will free it', async () => {
    const scene = inspectionScene();
    scene.record.text = formatLockInfo(theirInfo());
    scene.record.holder = formatHolder(lockHolder({ kept: 'terraform (pid 7) still writes' }));
    await inspectPlaces(scene.parts);
    expect(scene.reportOf().lock.holder.kept).toBe('terraform (pid 7) still writes');
    expect(paragraphs(scene)).toContain('No job will release it any more.');
    expect(paragraphs(scene)).toContain('When nothing of it runs any more');
    expect(JSON.stringify(scene.report.summaries[0]?.[0])).toContain('⚠️');
  });

  test('by nobody who can be named: it is held all the same', async () => {
    const scene = inspectionScene();
    scene.record.text = 'not a record';
    await inspectPlaces(scene.parts);
    expect(scene.reportOf().lock).toMatchObject({ id: null, info: null, holder: null });
    expect(paragraphs(scene)).toContain('delete its record in the console');
  });

  test('and of which one record of two is missing: which one there is', async () => {
    const lockfile = { text: formatLockInfo(theirInfo()) };
    const scene = inspectionScene({ lock: bothLocks(memoryLock(lockfile), memoryLock()) });
    const lock = { kind: 'both', table: 'locks' } as const;
    const places = { ...scene.parts.places, locking: { ...scene.parts.places.locking, lock } };
    await inspectPlaces({ ...scene.parts, places });
    expect(scene.reportOf().lock.kind).toBe('lockfile');
  });

  test('with text without an end in every field, of the state too: the output fits into a variable', async () => {
    const scene = inspectionScene();
    // As JSON, each of them takes six bytes.
    const text = '\u0001'.repeat(50_000);
    const endless = <Fields extends object>(fields: Fields) =>
      Object.fromEntries(Object.keys(fields).map((name) => [name, text])) as unknown as Fields;
    scene.record.text = formatLockInfo(endless(theirInfo()));
    scene.record.holder = formatHolder(endless(lockHolder({ kept: '' })));
    const state = JSON.parse(stateBody().toString());
    scene.state.body = Buffer.from(
      JSON.stringify({ ...state, terraform_version: 'v'.repeat(60_000), lineage: text.slice(0, 1_024) }),
    );
    await inspectPlaces(scene.parts);
    const { lock, state: told } = scene.reportOf();
    const shown = [
      lock.id,
      ...Object.values(lock.info),
      ...Object.values(lock.holder),
      told.terraformVersion,
    ];
    expect(new Set(shown.map((value) => String(value).length))).toEqual(new Set([500]));
    expect(scene.runner.outputs['report']?.length).toBeLessThan(LONGEST_VARIABLE_BYTES);
  });
});

test('an encrypted or a damaged state is told as far as it can be read', async () => {
  const scene = inspectionScene();
  scene.state.body = Buffer.from('{"serial":3');
  await inspectPlaces(scene.parts);
  expect(scene.reportOf().state).toMatchObject({ exists: true, lineage: null, resources: null });
  expect(scene.report.log).toContainEqual(expect.stringMatching(/^warning: State is doubtful: /));
});

test('a full disk takes the output, and nothing that a person reads', async () => {
  const runner = {
    setOutput: () => {
      throw new Error('ENOSPC: no space left on device, write');
    },
  };
  const bucketMissing = async () => {
    throw new BackendError({ kind: 'no-such-bucket', bucket: 'states' });
  };
  const scene = inspectionScene({ runner, openState: bucketMissing });
  await expect(inspectPlaces(scene.parts)).rejects.toMatchObject({
    errors: [{ title: 'Bucket not found' }, { message: expect.stringContaining('ENOSPC') }],
  });
  expect(scene.report.summaries).toHaveLength(1);
});

test.each([
  ['enabled', []],
  ['suspended', ['Bucket not versioned']],
  ['disabled', ['Bucket not versioned']],
] as const)('a bucket whose versioning is %s: warnings are %j', async (versioning, titles) => {
  const scene = inspectionScene({ bucketVersioning: async () => versioning });
  await inspectPlaces(scene.parts);
  const warnings = scene.report.log.filter((line) => line.startsWith('warning: '));
  expect(warnings.map((line) => line.split(': ')[1])).toEqual(titles);
});

test('the log names each snapshot without its folder', async () => {
  const scene = inspectionScene();
  const name = '20261122T011551Z-0000000007-0123456789ab.tfstate';
  const body = stateBody({ serial: 7 });
  await scene.catalogue.add(testSnapshot({ key: scene.catalogue.prefix + name, body }));
  await inspectPlaces(scene.parts);
  expect(scene.report.log).toContainEqual(
    expect.stringMatching(`^  serial 7, written .+ ago, .+B: ${name}$`),
  );
});

test('a cancelled inspection fails and tells nothing', async () => {
  const scene = inspectionScene();
  scene.cancellation.abort(new CancelledError('The runner sent SIGINT.'));
  await expect(inspectPlaces(scene.parts)).rejects.toMatchObject({ title: 'Cancelled' });
  expect(scene.runner.outputs).toEqual({});
  expect(scene.report.summaries).toEqual([]);
});
