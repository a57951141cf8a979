import { describe, expect, test } from '@jest/globals';
import { BUCKET, TABLE } from '../../testing/environment.js';
import { stateBody } from '../../testing/test-data.js';
import { atAws } from './aws-scene.js';
import { inRounds, type Kind, LOCK_PATH, LOCKFILE_KEY, LOCKING_KINDS, type Rounds, STATE } from './scene.js';

type LockingKind = (typeof LOCKING_KINDS)[number];

const CASES = [
  ...LOCKING_KINDS.map((kind) => ({ kind, region: 'us-east-1' })),
  { kind: 'both', region: 'eu-central-1' },
] as const;
const AFTER = stateBody({ serial: 8, values: { made: 'y' } });

/** AWS keeps conditional writes, so nobody asks it to prove that first. */
const BUDGETS: Readonly<Record<LockingKind, { main: Rounds; post: Rounds }>> = {
  dynamodb: {
    main: [['PutItem lock'], ['GET state', 'GetItem digest'], ['PUT snapshot']],
    post: [['GET state', 'GetItem digest'], ['DeleteItem lock']],
  },
  lockfile: {
    main: [['PUT lockfile'], ['GET state'], ['PUT snapshot']],
    post: [['GET state'], ['DELETE lockfile']],
  },
  both: {
    main: [['PUT lockfile'], ['PutItem lock'], ['GET state', 'GetItem digest'], ['PUT snapshot']],
    post: [
      ['GET state', 'GetItem digest'],
      ['DELETE lockfile', 'DeleteItem lock'],
    ],
  },
};

/** Where a job of this kind has to go. */
function hostsOf(kind: Kind, region: string): string[] {
  const s3 = `${BUCKET}.s3.${region}.amazonaws.com:443`;
  return kind === 'lockfile' ? [s3] : [`dynamodb.${region}.amazonaws.com:443`, s3];
}

describe('at the addresses of AWS itself', () => {
  test.concurrent.each(CASES)('a job holds the lock between two snapshots ($kind, $region)', (scene) =>
    atAws(async ({ aws, startJob, putState, snapshots, lockRecords }) => {
      await putState(STATE);
      const job = await startJob(scene.kind);
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(main.outputs).toMatchObject({ locked: 'true', state_serial: '7', snapshot_created: 'true' });
      expect(await lockRecords()).toHaveLength(scene.kind === 'both' ? 2 : 1);

      await putState(AFTER);
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
      expect(snapshots().map(({ body }) => body)).toEqual([Buffer.from(STATE), Buffer.from(AFTER)]);
      expect([...new Set(aws.asked)].sort()).toEqual(hostsOf(scene.kind, scene.region));
    }, scene),
  );

  test.concurrent.each(LOCKING_KINDS)(
    'a job that changes nothing asks as little as it can, in few rounds (%s)',
    (kind) =>
      atAws(async ({ startJob, putState, asked }) => {
        await putState(STATE);
        const job = await startJob(kind);
        await job.main();
        const { main, post } = BUDGETS[kind];
        expect(inRounds(asked, main)).toEqual(main);
        const askedByMain = asked.length;
        await job.post();
        expect(inRounds(asked.slice(askedByMain), post)).toEqual(post);
      }),
  );

  test.concurrent('the requests of a client share a connection', () =>
    atAws(async ({ aws, startJob, putState, asked }) => {
      await putState(STATE);
      const job = await startJob('dynamodb');
      await job.main();
      const ofS3 = aws.asked.filter((address) => address.startsWith(BUCKET));
      expect(asked.filter((name) => / (state|snapshot)$/.test(name))).toHaveLength(2);
      expect(ofS3).toHaveLength(1);
      expect(aws.connections).toBe(aws.asked.length);
      await job.post();
    }));

  test.concurrent.each(LOCKING_KINDS)('a job waits for the lock of another (%s)', (kind) =>
    atAws(async ({ s3, dynamodb, startJob, holdByOther, lockRecords }) => {
      await holdByOther(kind);
      const job = await startJob(kind);
      const main = await job.startMain();
      await main.waitForLog('held by ada@laptop');
      if (kind !== 'dynamodb') s3.deleteObject(BUCKET, LOCKFILE_KEY);
      if (kind !== 'lockfile') await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
      expect(await main.result).toMatchObject({ exitCode: 0, errors: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await lockRecords()).toEqual([]);
    }),
  );

  const writes = LOCKING_KINDS.flatMap((kind) =>
    BUDGETS[kind].main
      .flat()
      .filter((name) => name.endsWith(' lock') || name.endsWith(' lockfile'))
      .map((name) => ({ kind, name })),
  );
  test.concurrent.each(writes)(
    'post frees what a main left that was killed before its answer ($kind, $name)',
    ({ kind, name }) =>
      atAws(async ({ startJob, putState, onRequest, lockRecords }) => {
        await putState(STATE);
        const job = await startJob(kind);
        const main = await job.startMain();
        onRequest(name, async ({ forward }) => {
          await forward();
          main.sendSignal('SIGKILL');
        });
        expect(await main.result).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
        expect(await lockRecords()).not.toEqual([]);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
        expect(await lockRecords()).toEqual([]);
      }),
  );
});
