import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../testing/fault-proxy.js';
import {
  answerInstead,
  cut,
  dropBefore,
  duplicate,
  outage,
  outOfService,
  s3Error,
  stall,
  trickle,
} from '../../testing/faults.js';
import { stateBody } from '../../testing/test-data.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { forceUnlock, inScene, LOCKING_KINDS, type Scene, STATE } from './scene.js';

const CHANGED = stateBody({ serial: 8 });
const FOREVER = { times: Number.POSITIVE_INFINITY };

const OUTAGES: readonly (readonly [what: string, Fault])[] = [
  ['503', outOfService()],
  ['resets', dropBefore()],
];
/** More than "max_retries" has one request sent: about what a few seconds of outage meet. */
const LONG = { times: 8 };

type LockingKind = (typeof LOCKING_KINDS)[number];

/** What each lock is released by. */
const RELEASE: Readonly<Record<LockingKind, readonly string[]>> = {
  dynamodb: ['DeleteItem lock'],
  lockfile: ['GET lockfile', 'DELETE lockfile'],
  both: ['DeleteItem lock', 'GET lockfile', 'DELETE lockfile'],
};

const CASES = LOCKING_KINDS.flatMap((kind) => OUTAGES.map(([what, fault]) => ({ kind, what, fault })));

describe('an outage of a few seconds does not', () => {
  test.concurrent.each(CASES)(
    'leave the lock for ever, when it comes at the release ($kind, $what)',
    (each) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        const job = await scene.startJob(each.kind, { env: timeLapse() });
        expect((await job.main()).exitCode).toBe(0);
        for (const name of RELEASE[each.kind]) scene.onRequest(name, each.fault, LONG);
        const post = await job.post();
        expect(await scene.lockRecords()).toEqual([]);
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
      }),
  );

  test.concurrent.each(CASES)('keep a failed main from giving the lock back ($kind, $what)', (each) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(each.kind, { env: timeLapse() });
      const refuseAndBreak: Fault = ({ answer }) => {
        for (const name of RELEASE[each.kind]) scene.onRequest(name, each.fault, LONG);
        answer(s3Error(403, 'AccessDenied'));
      };
      scene.onRequest('PUT snapshot', refuseAndBreak);
      expect(await job.main()).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot not stored' }] });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent.each(CASES)('end a wait that had minutes left ($kind, $what)', ({ kind, fault }) =>
    inScene(async (scene) => {
      await scene.holdByOther(kind);
      const job = await scene.startJob(kind, { env: timeLapse() });
      const main = await job.startMain();
      await main.waitForLog('ada@laptop');
      const name = kind === 'dynamodb' ? 'PutItem lock' : 'GET lockfile';
      const earlier = scene.asked.filter((asked) => asked === name).length;
      const weather = outage(fault);
      scene.onRequest(name, weather, FOREVER);
      await Promise.race([scene.waitForRequest(name, earlier + LONG.times), main.result]);
      await forceUnlock(scene);
      weather.end();
      expect(await main.result).toMatchObject({ exitCode: 0, outputs: { locked: 'true' } });
    }),
  );
});

/** Headers that came tell nothing of the body. */
const BROKEN_BODIES: readonly (readonly [what: string, Fault])[] = [
  ['cut', cut(1)],
  ['stalled', stall(1)],
];

async function deploy(
  scene: Scene,
  kind: LockingKind,
  step: 'main' | 'post',
  [name, fault]: [string, Fault],
) {
  await scene.putState(STATE);
  const job = await scene.startJob(kind, { env: timeLapse() });
  if (step === 'main') scene.onRequest(name, fault);
  const main = await job.main();
  await scene.putState(CHANGED);
  if (step === 'post') scene.onRequest(name, fault);
  return { main, post: await job.post() };
}

describe.each(BROKEN_BODIES)('an answer that is %s in its body is asked for again', (_, fault) => {
  test.concurrent.each([
    { step: 'main', name: 'GET state', kind: 'dynamodb' },
    { step: 'main', name: 'GetItem digest', kind: 'dynamodb' },
    { step: 'post', name: 'GET state', kind: 'dynamodb' },
    { step: 'post', name: 'GET lockfile', kind: 'lockfile' },
  ] as const)('$name in $step', ({ step, name, kind }) =>
    inScene(async (scene) => {
      const { main, post } = await deploy(scene, kind, step, [name, fault]);
      expect(main).toMatchObject({ exitCode: 0, errors: [] });
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toMatchObject([{ body: Buffer.from(STATE) }, { body: Buffer.from(CHANGED) }]);
    }),
  );

  test.concurrent.each([
    { kind: 'lockfile', name: 'GET lockfile' },
    { kind: 'dynamodb', name: 'PutItem lock' },
  ] as const)('$name, so that a refused job names the holder', ({ kind, name }) =>
    inScene(async (scene) => {
      await scene.holdByOther(kind);
      const job = await scene.startJob(kind, { env: timeLapse(), inputs: { lock_timeout: '0s' } });
      scene.onRequest(name, fault);
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock held' }] });
      expect(main.errors[0]?.message).toContain('ada@laptop');
    }),
  );
});

test.concurrent('a snapshot that is cut in its body is asked for again, so that the summary tells what changed', () =>
  inScene(async (scene) => {
    const { post } = await deploy(scene, 'dynamodb', 'post', ['GET snapshot', cut(1)]);
    expect(post).toMatchObject({ exitCode: 0, errors: [] });
    expect(post.summary).not.toMatch(/aborted|terminated|No answer/);
  }));

describe('a write that somebody on the way sends twice is ours all the same', () => {
  test.concurrent.each([
    { kind: 'dynamodb', name: 'PutItem lock' },
    { kind: 'lockfile', name: 'PUT lockfile' },
    { kind: 'both', name: 'PutItem lock' },
    { kind: 'both', name: 'PUT snapshot' },
  ] as const)('$name ($kind)', ({ kind, name }) =>
    inScene(async (scene) => {
      const { main, post } = await deploy(scene, kind, 'main', [name, duplicate('second')]);
      expect(main).toMatchObject({ exitCode: 0, errors: [], outputs: { locked: 'true' } });
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toHaveLength(2);
    }),
  );
});

describe('a state that comes byte by byte', () => {
  test.concurrent('does not hold the lock for ever: main fails, and gives it back', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      // A byte a second, as the step sees time.
      scene.onRequest('GET state', trickle(100), FOREVER);
      const job = await scene.startJob('dynamodb', { env: timeLapse() });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, outputs: { locked: 'false' } });
      expect(main.log).not.toContain('Cancelled');
      expect(await scene.lockRecords()).toEqual([]);
    }));
});

test.concurrent('a refusal that nobody can retry is still told at once', () =>
  inScene(async (scene) => {
    const job = await scene.startJob('dynamodb', { env: timeLapse() });
    scene.onRequest('GET state', answerInstead(s3Error(403, 'AccessDenied')), FOREVER);
    expect(await job.main()).toMatchObject({ exitCode: 1, errors: [{ title: 'Access denied' }] });
    expect(scene.asked.filter((name) => name === 'GET state')).toHaveLength(1);
  }));
