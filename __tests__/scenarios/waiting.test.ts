import { describe, expect, test } from '@jest/globals';
import { TABLE } from '../../testing/environment.js';
import { THEIR_ID } from '../../testing/test-data.js';
import { inScene, type Kind, LOCK_PATH, LOCKFILE_KEY, LOCKING_KINDS, STATE } from './scene.js';

const RUN = 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1';
/** Another run than the one that the lock is first given to. */
const ADAS_RUN = { GITHUB_ACTOR: 'ada', GITHUB_RUN_ID: '4712', RUNNER_NAME: 'runner-2' };
const AT_ONCE = { lock_timeout: '0s' };

/** How the first run's lock is told: a pattern. */
const told = (id: string | undefined) =>
  `octocat@runner-1 since \\S+Z \\(\\w+\\); operation lockkeeper; lock ID ${id}; job "deploy" of acme/infrastructure, ${RUN}`;

/** How the lock of a person's `terraform apply` is told. */
const TERRAFORMS_LOCK = new RegExp(
  `ada@laptop since 2026-11-22T01:05:51Z \\(.+\\); operation OperationTypeApply; lock ID ${THEIR_ID}`,
);

describe('two jobs on one lock', () => {
  test.concurrent.each(LOCKING_KINDS)('the second waits, and has it when the first is done (%s)', (kind) =>
    inScene(async ({ startJob, putState, lockRecords }) => {
      await putState(STATE);
      const first = await startJob(kind);
      const { outputs } = await first.main();
      const second = await startJob(kind, { env: ADAS_RUN });
      const waiting = await second.startMain();
      await waiting.waitForLog('held by');
      expect(await first.post()).toMatchObject({ exitCode: 0, errors: [] });

      const main = await waiting.result;
      expect(main).toMatchObject({ exitCode: 0, errors: [], outputs: { locked: 'true' } });
      expect(main.log.match(/held by/g)).toHaveLength(1);
      expect(main.log).toMatch(/[Ww]aiting up to 10m/);
      expect(main.log).toMatch(new RegExp(`held by ${told(outputs['lock_id'])}`));
      expect(Number(main.outputs['waited_seconds'])).toBeGreaterThanOrEqual(1);
      const post = await second.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [] });
      expect(post.summary).toMatch(/ · waited \d+\u00a0s for /);
      expect(post.summary).toMatch(/^- \*\*Waited for:\*\* .*, octocat@<!-- -->runner-1$/m);
      expect(await lockRecords()).toEqual([]);
    }),
  );

  test.concurrent('a new holder is shown, and the same one is not shown again', () =>
    inScene(async ({ startJob, holdByOther, waitForRequest, dynamodb }) => {
      await holdByOther('dynamodb', { Who: 'first@laptop' });
      const job = await startJob('dynamodb');
      const main = await job.startMain();
      await waitForRequest('PutItem lock', 2);
      await holdByOther('dynamodb', { Who: 'second@laptop', ID: 'another' });
      await main.waitForLog('second@laptop');
      await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
      const { log, exitCode } = await main.result;
      expect(exitCode).toBe(0);
      expect(log.match(/held by \w+@laptop/g)).toEqual(['held by first@laptop', 'held by second@laptop']);
      await job.post();
    }));

  test.concurrent('one that is gone when looked at is tried for again at once', () =>
    inScene(async ({ startJob, holdByOther, onRequest, dynamodb, asked }) => {
      await holdByOther('dynamodb');
      onRequest('GetItem lock', async ({ forward, answer }) => {
        await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
        answer(await forward());
      });
      const job = await startJob('dynamodb', { inputs: AT_ONCE });
      expect(await job.main()).toMatchObject({ exitCode: 0, outputs: { locked: 'true' } });
      expect(asked.slice(0, 3)).toEqual(['PutItem lock', 'GetItem lock', 'PutItem lock']);
      await job.post();
    }));
});

describe('a lock that stays held', () => {
  test.concurrent('is told with holder, age, link and the way out', () =>
    inScene(async ({ startJob, lockRecords }) => {
      const first = await startJob('dynamodb');
      const { outputs } = await first.main();
      const second = await startJob('dynamodb', { inputs: { lock_timeout: '1500ms' }, env: ADAS_RUN });
      const main = await second.main();
      expect(main).toMatchObject({ exitCode: 1, outputs: { locked: 'false' }, env: {} });
      expect(main.errors).toEqual([{ title: 'Lock held', message: expect.any(String) }]);
      const message = main.errors[0]?.message ?? '';
      expect(message).toMatch(
        new RegExp(`^The lock ${LOCK_PATH} is still held after [\\dms ]+, by ${told(outputs['lock_id'])}`),
      );
      expect(message).toContain(
        `free the lock with \`terraform force-unlock -force ${outputs['lock_id']}\`.`,
      );
      expect(main.summary).toMatch(/^### ❌/);
      expect(main.summary).toContain(outputs['lock_id'] ?? '');
      expect(await second.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([LOCK_PATH]);
      await first.post();
    }));

  test.concurrent.each(LOCKING_KINDS)(
    "is asked for once without a time-out, and Terraform's own is told (%s)",
    (kind) =>
      inScene(async ({ startJob, holdByOther, lockRecords, asked }) => {
        await holdByOther(kind);
        const held = await lockRecords();
        const job = await startJob(kind, { inputs: AT_ONCE });
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock held' }] });
        expect(main.errors[0]?.message).toMatch(TERRAFORMS_LOCK);
        expect(main.errors[0]?.message).toContain(`\`terraform force-unlock -force ${THEIR_ID}\``);
        expect(asked.filter((name) => name === 'PutItem lock').length).toBeLessThanOrEqual(1);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
        expect(asked.filter((name) => /^(DELETE|Delete)/.test(name))).toEqual([]);
        expect(await lockRecords()).toEqual(held);
      }),
  );

  const deleteItem = `\`aws dynamodb delete-item --table-name '${TABLE}' --key '{"LockID":{"S":"${LOCK_PATH}.lockkeeper"}}'`;
  const deleteObject = `\`aws s3api delete-object --bucket 'state' --key '${LOCKFILE_KEY.replace('.tflock', '.lockkeeper.tflock')}'`;
  test.concurrent.each<[Kind, readonly string[]]>([
    ['dynamodb', [deleteItem]],
    ['lockfile', [deleteObject]],
    ['both', [deleteObject, deleteItem]],
  ])('of scope pipeline is freed with the AWS CLI (%s)', (kind, commands) =>
    inScene(async ({ startJob }) => {
      const pipeline = { lock_scope: 'pipeline' };
      const first = await startJob(kind, { inputs: pipeline });
      await first.main();
      const second = await startJob(kind, { inputs: { ...pipeline, ...AT_ONCE } });
      const { errors } = await second.main();
      for (const command of commands) expect(errors[0]?.message).toContain(command);
      expect(errors[0]?.message).not.toContain('terraform force-unlock');
      await second.post();
      await first.post();
    }),
  );

  test.concurrent('by a record that nobody can read is left to a person', () =>
    inScene(async ({ startJob, dynamodb, lockRecords }) => {
      await dynamodb.putItem(TABLE, { LockID: LOCK_PATH, Info: 'not JSON' });
      const job = await startJob('dynamodb', { inputs: AT_ONCE });
      const { errors } = await job.main();
      expect(errors[0]?.message).toContain('by an unreadable record, not written by Terraform');
      expect(errors[0]?.message).toMatch(new RegExp(`free the lock .*${LOCK_PATH}`));
      expect(errors[0]?.message).not.toContain('force-unlock');
      expect(await job.post()).toMatchObject({ exitCode: 0 });
      expect(await lockRecords()).toEqual([LOCK_PATH]);
    }));
});
