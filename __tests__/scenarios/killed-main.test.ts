import { describe, expect, test } from '@jest/globals';
import type { Exchange, Fault } from '../../testing/fault-proxy.js';
import type { Job } from '../../testing/job.js';
import { inScene, type Kind, LOCKING_KINDS, ROUNDS_OF_MAIN, type Scene, STATE } from './scene.js';

/** When main is killed, seen from the request that it has just sent. */
const MOMENTS = ['the request is lost', 'the server has carried it out'] as const;
type Moment = (typeof MOMENTS)[number];

interface Death {
  readonly kind: Kind;
  readonly name: string;
  readonly nth: number;
  readonly moment: Moment;
}

const DEATHS = LOCKING_KINDS.flatMap((kind) =>
  ROUNDS_OF_MAIN[kind].flat().flatMap((name, index, names) => {
    const nth = names.slice(0, index + 1).filter((other) => other === name).length;
    return MOMENTS.map((moment): Death => ({ kind, name, nth, moment }));
  }),
);

/** Starts main and kills it, as a machine that goes down does, after `first` has been done with the nth request. */
async function killMain(
  { onRequest }: Scene,
  job: Job,
  { name, nth }: Pick<Death, 'name' | 'nth'>,
  first: Fault,
): Promise<void> {
  const main = await job.startMain();
  const lastAct: Fault = async (exchange) => {
    await first(exchange);
    main.sendSignal('SIGKILL');
  };
  onRequest(name, lastAct, { nth });
  expect(await main.result).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
}

describe('of a main that is killed, post frees the lock', () => {
  test.concurrent.each(DEATHS)('$kind, $name number $nth: $moment', ({ kind, name, nth, moment }) =>
    inScene(async (scene) => {
      const stored = await scene.putState(STATE);
      const job = await scene.startJob(kind);
      await killMain(scene, job, { name, nth }, async ({ forward }) => {
        if (moment === 'the server has carried it out') await forward();
      });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.s3.versions('state', 'network/terraform.tfstate')).toEqual([stored]);
    }),
  );

  test.concurrent('or has nothing to do, if it had not asked for anything', () =>
    inScene(async ({ startJob, asked }) => {
      const job = await startJob('both');
      expect(await job.post()).toMatchObject({ exitCode: 0, stdout: '', summary: '' });
      expect(asked).toEqual([]);
    }));
});

/** `looks`: how often post looks at the lock before it could take it for free. */
const LATE_WRITES = [
  { kind: 'dynamodb', name: 'PutItem lock', look: 'GetItem lock', looks: 1 },
  { kind: 'lockfile', name: 'PUT lockfile', look: 'GET lockfile', looks: 1 },
  { kind: 'both', name: 'PUT lockfile', look: 'GetItem lock', looks: 1 },
  { kind: 'both', name: 'PutItem lock', look: 'GetItem lock', looks: 1 },
] as const;

describe('of a main that is killed while a write is under way', () => {
  test.concurrent.each(LATE_WRITES)(
    'what takes effect after post has looked is freed all the same ($kind, $name)',
    ({ kind, name, look, looks }) =>
      inScene(async (scene) => {
        let commit: Exchange['forward'] | undefined;
        const job = await scene.startJob(kind);
        await killMain(scene, job, { name, nth: 1 }, ({ forward }) => {
          commit = forward;
        });
        const commitBeforeAnswer: Fault = async ({ answer, forward }) => {
          const free = await forward();
          expect(await commit?.()).toMatchObject({ status: 200 });
          answer(free);
        };
        scene.onRequest(look, commitBeforeAnswer, { nth: looks });
        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, errors: [] });
        expect(post.log).toContain('which the main step had left');
        expect(await scene.lockRecords()).toEqual([]);
      }),
  );
});
