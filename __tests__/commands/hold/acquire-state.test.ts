import { describe, expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import type { Settings } from '../../../src/config/settings.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { CancelledError } from '../../../src/job/cancelled-error.js';
import { md5Hex } from '../../../src/state/digest.js';
import { commandScene } from '../../../testing/command-scene.js';
import {
  encryptedStateBody,
  LINEAGE,
  LOCK_PATH,
  OUR_ID,
  stateBody,
  testSettings,
} from '../../../testing/test-data.js';

const MD5 = md5Hex(stateBody());

describe('the state as it is found', () => {
  test('none yet is normal on a first deployment', async () => {
    const { acquireParts, runner, report, state, catalogue } = commandScene();
    delete state.body;
    await acquire(acquireParts());
    expect(runner.outputs).toEqual({
      lock_id: OUR_ID,
      lock_path: LOCK_PATH,
      waited_seconds: '0',
      state_exists: 'false',
      locked: 'true',
    });
    expect(report.log).toContain(`There is no state at s3://${LOCK_PATH} yet.`);
    expect(catalogue.snapshots.size).toBe(0);
    expect(runner.savedProgress()).toMatchObject({ before: { state: { exists: false } } });
  });

  test('none, although it has a digest, is a warning', async () => {
    const { acquireParts, report, state, clock } = commandScene();
    delete state.body;
    state.digest = MD5;
    const acquiring = acquire(acquireParts());
    await clock.advance(10_000);
    await acquiring;
    expect(report.log).toContain(
      `warning: State is doubtful: There is no state, but DynamoDB has a digest of one (${MD5}).`,
    );
  });

  test('one at odds with its digest is a warning, and is copied all the same', async () => {
    const { acquireParts, report, runner, state, clock, catalogue } = commandScene();
    state.digest = md5Hex(stateBody({ serial: 8 }));
    const acquiring = acquire(acquireParts());
    await clock.advance(10_000);
    await acquiring;
    const doubt = `Its MD5 is ${MD5}, but the digest in DynamoDB is ${state.digest}.`;
    expect(report.log).toContain(`warning: State is doubtful: ${doubt}`);
    expect([...catalogue.snapshots.values()][0]?.metadata.doubts).toEqual([doubt]);
    expect(runner.outputs).toMatchObject({ locked: 'true', snapshot_created: 'true' });
  });

  test('a doubtful copy does not keep the verified one of the same version out', async () => {
    const { acquireParts, state, clock, catalogue, record } = commandScene();
    state.digest = md5Hex(stateBody({ serial: 8 }));
    const acquiring = acquire(acquireParts());
    await clock.advance(10_000);
    await acquiring;
    state.digest = MD5;
    delete record.text;
    await acquire(acquireParts());
    const [doubtful = '', verified = ''] = catalogue.snapshots.keys();
    expect(doubtful).toMatch(/-[0-9a-f]{12}\.doubtful\.tfstate$/);
    expect(verified).toBe(doubtful.replace('.doubtful', ''));
    expect(catalogue.snapshots.get(verified)?.metadata.doubts).toEqual([]);
  });

  test('one that OpenTofu encrypted has a serial and a lineage', async () => {
    const { acquireParts, runner, report, state } = commandScene();
    state.body = encryptedStateBody(9);
    await acquire(acquireParts());
    expect(runner.outputs).toMatchObject({ state_serial: '9', state_lineage: LINEAGE });
    expect(report.log.join('\n')).not.toContain('doubtful');
  });

  test('one that is no state has neither, and none of it is shown', async () => {
    const { acquireParts, runner, report, state } = commandScene();
    state.body = Buffer.from('hunter2');
    await acquire(acquireParts());
    expect(runner.outputs).toMatchObject({ state_exists: 'true', state_serial: '', state_lineage: '' });
    expect(report.log.join('\n')).toContain('State is doubtful');
    expect(report.log.join('\n')).not.toContain('hunter2');
  });

  test('a version that has its snapshot is not copied again', async () => {
    const first = commandScene();
    await acquire(first.acquireParts());
    const again = commandScene();
    const stores = await first.acquireParts().openState();
    await acquire(again.acquireParts({ openState: async () => stores }));
    const [key] = first.catalogue.snapshots.keys();
    expect(again.runner.outputs).toMatchObject({ snapshot_key: key, snapshot_created: 'false' });
    expect(again.report.log).toContain(`Snapshot before already there: s3://backups/${key}`);
  });

  test.each([
    ['after', { phases: ['after'] }, 0],
    ['none', { phases: [] }, 0],
    ['before', { phases: ['before'] }, 1],
  ] as const)('with backup: %s there are as many snapshots as were asked for', async (_, backup, count) => {
    const { acquireParts, runner, catalogue } = commandScene();
    await acquire(acquireParts({ settings: testSettings({ backup }) }));
    expect(catalogue.snapshots.size).toBe(count);
    expect('snapshot_key' in runner.outputs).toBe(count === 1);
    expect(runner.outputs).toMatchObject({ locked: 'true' });
  });
});

describe('a store that is away when the state is read', () => {
  /** For so many requests. */
  async function away(times: number) {
    const scene = commandScene();
    const { state, catalogue } = await scene.acquireParts().openState();
    let asked = 0;
    const get: typeof state.get = async (options) => {
      if (++asked > times) return state.get(options);
      throw new BackendError({ kind: 'unavailable', service: 'S3', action: 's3:GetObject', detail: '503' });
    };
    const openState = async () => ({ state: { ...state, get }, catalogue });
    const outcome = acquire(scene.acquireParts({ openState })).catch((error: unknown) => error);
    return { scene, outcome };
  }

  test('for seconds is waited for', async () => {
    const { scene, outcome } = await away(3);
    await scene.clock.advance(3_500);
    expect(await outcome).toBeUndefined();
    expect(scene.runner.outputs).toMatchObject({ locked: 'true', state_exists: 'true' });
  });

  test('for more than two minutes fails main, and the lock is given back', async () => {
    const { scene, outcome } = await away(Number.POSITIVE_INFINITY);
    await scene.clock.advance(119_999);
    expect(scene.record).not.toEqual({});
    await scene.clock.advance(1);
    expect(await outcome).toHaveProperty('cause.problem.kind', 'unavailable');
    expect(scene.record).toEqual({});
  });

  test('does not keep a job that is cancelled', async () => {
    const { scene, outcome } = await away(Number.POSITIVE_INFINITY);
    await scene.clock.advance(10_000);
    scene.cancellation.abort(new CancelledError('The runner sent SIGINT.'));
    expect(await outcome).toHaveProperty('title', 'Cancelled');
    expect(scene.record).toEqual({});
  });
});

describe('a job that is cancelled meanwhile', () => {
  test.each<['get' | 'add']>([['get'], ['add']])('does not wait for %s', async (hanging) => {
    const scene = commandScene();
    const { state, catalogue } = await scene.acquireParts().openState();
    const signals: (AbortSignal | undefined)[] = [];
    const hang = (signal?: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>((_, reject) =>
        signal?.addEventListener('abort', () => reject(signal.reason)),
      );
    };
    const get: typeof state.get = (options) =>
      hanging === 'get' ? hang(options.signal) : state.get(options);
    const add: typeof catalogue.add = (_, signal) => hang(signal);
    const openState = async () => ({ state: { ...state, get }, catalogue: { ...catalogue, add } });
    const acquiring = acquire(scene.acquireParts({ openState })).catch((error: unknown) => error);
    await scene.clock.advance(0);
    expect(signals).toHaveLength(1);
    scene.cancellation.abort(new CancelledError('The runner sent SIGINT.'));
    expect(await acquiring).toHaveProperty('title', 'Cancelled');
    expect(scene.record).toEqual({});
  });
});

describe('a workspace that does not exist yet', () => {
  const unborn = (workspace: string, locking: Partial<Settings['locking']> = {}) => {
    const scene = commandScene();
    delete scene.state.body;
    const settings = testSettings({
      backend: { workspace, statePath: `env:/${workspace}/network.tfstate` },
      locking,
    });
    return { scene, acquiring: acquire(scene.acquireParts({ settings })) };
  };

  test('is refused, because Terraform locks it by itself and would wait for this job', async () => {
    const { scene, acquiring } = unborn('blue');
    await expect(acquiring).rejects.toMatchObject({
      title: 'Workspace does not exist',
      message:
        'The workspace "blue" has no state at s3://states/env:/blue/network.tfstate. Terraform locks a workspace ' +
        'that does not exist yet, whatever -lock says, and this job would hold that lock. ' +
        'Create it before this step with "terraform workspace new blue", or set "lock_scope: pipeline".',
    });
    expect(scene.record).toEqual({});
    expect(scene.runner.outputs).toMatchObject({ locked: 'false' });
  });

  test.each<[string, string, Partial<Settings['locking']>]>([
    ['the one that always exists', 'default', {}],
    ['one under another lock than Terraform’s', 'blue', { scope: { kind: 'pipeline' } }],
  ])('is no matter for %s', async (_, workspace, locking) => {
    const { scene, acquiring } = unborn(workspace, locking);
    await acquiring;
    expect(scene.runner.outputs).toMatchObject({ locked: 'true', state_exists: 'false' });
  });

  test('is no matter where it exists', async () => {
    const scene = commandScene();
    await acquire(scene.acquireParts({ settings: testSettings({ backend: { workspace: 'blue' } }) }));
    expect(scene.runner.outputs).toMatchObject({ locked: 'true' });
  });
});
