import { describe, expect, test } from '@jest/globals';
import { dropAfter } from '../../testing/faults.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, type Kind, LOCK_PATH, LOCKFILE_KEY, STATE } from './scene.js';

const CHANGED = stateBody({ serial: 8 });

/** Every write of a job: the server carries it out, and what comes back is a reset connection. */
interface LostAnswer {
  readonly kind: Kind;
  readonly step: 'main' | 'post';
  readonly name: string;
  readonly nth?: number;
  /** How many answers in a row; one unless given. */
  readonly times?: number;
}

const LOST: readonly LostAnswer[] = [
  { kind: 'dynamodb', step: 'main', name: 'PutItem lock' },
  { kind: 'dynamodb', step: 'main', name: 'PUT snapshot' },
  { kind: 'dynamodb', step: 'post', name: 'PUT snapshot' },
  { kind: 'dynamodb', step: 'post', name: 'DeleteItem lock' },
  { kind: 'lockfile', step: 'main', name: 'PUT lockfile' },
  // The second one is to prove that the store refuses it.
  { kind: 'lockfile', step: 'main', name: 'PUT lockfile', nth: 2 },
  { kind: 'lockfile', step: 'post', name: 'DELETE lockfile' },
  { kind: 'both', step: 'main', name: 'PUT lockfile' },
  { kind: 'both', step: 'main', name: 'PutItem lock' },
  { kind: 'both', step: 'post', name: 'DELETE lockfile' },
  { kind: 'both', step: 'post', name: 'DeleteItem lock' },
  ...(['dynamodb', 'lockfile'] as const).flatMap((kind): LostAnswer[] => [
    { kind, step: 'main', name: kind === 'dynamodb' ? 'PutItem lock' : 'PUT lockfile', times: 3 },
    { kind, step: 'post', name: kind === 'dynamodb' ? 'DeleteItem lock' : 'DELETE lockfile', times: 3 },
  ]),
];

const RECORDS = {
  dynamodb: [LOCK_PATH],
  lockfile: [LOCKFILE_KEY],
  both: [LOCK_PATH, LOCKFILE_KEY],
  none: [],
};

describe('a lost answer changes nothing for the job', () => {
  test.concurrent.each(LOST)('$kind, $step, $name', ({ kind, step, name, nth = 1, times = 1 }) =>
    inScene(async ({ startJob, putState, onRequest, lockRecords, snapshots }) => {
      await putState(STATE);
      const job = await startJob(kind);
      if (step === 'main') onRequest(name, dropAfter(), { nth, times });
      const main = await job.main();
      expect(main).toMatchObject({
        exitCode: 0,
        errors: [],
        warnings: [],
        outputs: { locked: 'true', snapshot_created: 'true' },
      });
      expect(await lockRecords()).toEqual(RECORDS[kind]);
      expect(snapshots()).toMatchObject([{ body: Buffer.from(STATE) }]);

      await putState(CHANGED);
      if (step === 'post') onRequest(name, dropAfter(), { nth, times });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(post.log).toContain(`Released the lock ${LOCK_PATH}.`);
      expect(await lockRecords()).toEqual([]);
      expect(snapshots()).toMatchObject([{ body: Buffer.from(STATE) }, { body: Buffer.from(CHANGED) }]);
    }),
  );

  test.concurrent.each(['GET state', 'GetItem digest'])('nor does a lost question (%s)', (name) =>
    inScene(async ({ startJob, putState, onRequest, lockRecords }) => {
      await putState(STATE);
      onRequest(name, ({ reset }) => reset());
      const job = await startJob('both');
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      onRequest('GET state', ({ reset }) => reset());
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
    }),
  );
});
