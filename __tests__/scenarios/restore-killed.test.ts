import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import type { Fault } from '../../testing/fault-proxy.js';
import { hang } from '../../testing/faults.js';
import type { Job } from '../../testing/job.js';
import type { StepResult } from '../../testing/runner.js';
import { found, md5Of, putVersions, serialed, snapshotsOf, startRestore, V1, V3 } from './restore-scene.js';
import { inScene, type Kind, LOCKING_KINDS, type Scene } from './scene.js';

/** What a restore asks for, request by request; those of one round in any order, so they are not told apart. */
const REQUESTS: Readonly<Record<Kind, readonly string[]>> = {
  dynamodb: [
    'PutItem lock',
    ...['GET state', 'GetItem digest', 'GET listing', 'GET snapshot'],
    ...['PUT snapshot', 'DeleteItem digest', 'PUT state', 'PutItem digest'],
    ...['GET state:2', 'GetItem digest:2', 'PUT snapshot:2', 'DeleteItem lock'],
  ],
  lockfile: [
    ...['PUT lockfile', 'PUT lockfile:2', 'PUT snapshot', 'PUT state', 'PUT snapshot:2', 'DELETE lockfile'],
  ],
  both: [
    'PUT lockfile',
    'PutItem lock',
    'DeleteItem digest',
    'PUT state',
    'PutItem digest',
    'DELETE lockfile',
  ],
  none: [],
};

const MOMENTS = ['the request is lost', 'the server has carried it out'] as const;

const DEATHS = LOCKING_KINDS.flatMap((kind) =>
  REQUESTS[kind].flatMap((request) => {
    const [name = '', nth = '1'] = request.split(':');
    return MOMENTS.map((moment) => ({ kind, name, nth: Number(nth), moment }));
  }),
);

/** Starts main, and kills it once `first` has been done with a request. */
async function killMain(
  { onRequest }: Scene,
  job: Job,
  { name, nth, first }: { readonly name: string; readonly nth: number; readonly first: Fault },
): Promise<StepResult> {
  const main = await job.startMain();
  const lastAct: Fault = async (exchange) => {
    await first(exchange);
    main.sendSignal('SIGKILL');
  };
  onRequest(name, lastAct, { nth });
  return main.result;
}

describe('of a restore that is killed, post frees the lock, and the same restore by key completes it', () => {
  test.concurrent.each(DEATHS)('$kind, $name number $nth: $moment', ({ kind, name, nth, moment }) =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      const job = await startRestore(scene, kind, { snapshot: 'serial:1' });
      const first: Fault = async ({ forward }) => {
        if (moment === 'the server has carried it out') await forward();
      };
      expect(await killMain(scene, job, { name, nth, first })).toMatchObject({ signal: 'SIGKILL' });
      await expectWorkable(scene, kind);

      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
      await expectWorkable(scene, kind);

      const again = await (await startRestore(scene, kind, { snapshot: v1 })).main();
      expect(again).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      const restored = serialed(V1, 4);
      expect(await found(scene)).toMatchObject({ body: restored });
      if (kind !== 'lockfile') expect(await found(scene)).toMatchObject({ digest: md5Of(restored) });
      expect(snapshotsOf(scene, '.pre-restore.tfstate')).toHaveLength(1);
      expect(snapshotsOf(scene, '.tfstate').filter((key) => key.includes('-0000000004-'))).toHaveLength(1);
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent.each([
    { name: 'PUT state', warnings: [{ title: 'Restore not finished' }] },
    { name: 'GET listing', warnings: [] },
  ])('and post says so where the state may have been written: killed at $name', ({ name, warnings }) =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      const job = await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' });
      await killMain(scene, job, { name, nth: 1, first: () => {} });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings });
      expect(post.summary).toContain('the lock is free again');
      expect(post.summary.includes(`snapshot: ${v1}`)).toBe(warnings.length > 0);
    }),
  );
});

/** Terraform takes a state with its digest, or without one; it never finds another digest. */
async function expectWorkable(scene: Scene, kind: Kind): Promise<void> {
  const { body, digest } = await found(scene);
  const states = [Buffer.from(V3), serialed(V1, 4)];
  expect(states.map(md5Of)).toContain(body && md5Of(body));
  // With a lockfile alone, no digest is Terraform's; that of the table is left from before.
  if (kind !== 'lockfile' && digest !== undefined) expect(digest).toBe(body && md5Of(body));
}

describe('of a restore that is cancelled', () => {
  test.concurrent('while it writes, the lock is free at once, and the way to complete it is told', () =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      const job = await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' });
      scene.onRequest('PUT state', hang());
      const main = await job.startMain();
      await scene.waitForRequest('PUT state');
      main.sendSignal('SIGINT');
      const step = await main.result;
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Restore not finished' }] });
      expect(step.errors[0]?.message).toContain('in the middle of the restore');
      expect(step.errors[0]?.message).toContain(`"snapshot: ${v1}"`);
      expect(step.summary).toContain(`snapshot: ${v1}`);
      expect(await scene.lockRecords()).toEqual([]);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [], log: '' });
      await expectWorkable(scene, 'dynamodb');
    }));

  test.concurrent('while it waits for the lock, nothing is touched', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      await scene.holdByOther('dynamodb');
      const main = await (await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' })).startMain();
      await main.waitForLog('Waiting up to 10m');
      main.sendSignal('SIGINT');
      expect(await main.result).toMatchObject({ exitCode: 1, errors: [{ title: 'Cancelled' }] });
      expect(await found(scene)).toEqual({ body: Buffer.from(V3), digest: md5Of(V3) });
    }));
});

describe('somebody who writes past the lock', () => {
  test.concurrent('after the state was read, is not overwritten', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const foreign: Fault = async ({ forward, answer }) => {
        scene.s3.putObject(BUCKET, STATE_PATH, serialed(V3, 9));
        answer(await forward());
      };
      scene.onRequest('PUT state', foreign);
      const step = await (await startRestore(scene, 'lockfile', { snapshot: 'serial:1' })).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'State changed meanwhile' }] });
      expect(step.errors[0]?.message).toContain('somebody else has written');
      expect(await found(scene)).toMatchObject({ body: serialed(V3, 9) });
      expect(await scene.lockRecords()).toEqual([]);
    }));
});
