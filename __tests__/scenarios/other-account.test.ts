import { describe, expect, test } from '@jest/globals';
import type { Fault, Match } from '../../testing/fault-proxy.js';
import { answerInstead, dynamodbError, expiredToken } from '../../testing/faults.js';
import { inScene, LOCK_PATH } from './scene.js';

const signedBy =
  (accessKeyId: string): Match =>
  ({ headers }) =>
    headers.authorization?.includes(`Credential=${accessKeyId}/`) === true;

/** Of a table of the same name, in which there is nothing. */
const EMPTY_TABLE = {
  DeleteItem: dynamodbError('ConditionalCheckFailedException', 'The conditional request failed'),
  GetItem: { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: '{}' },
};

describe('post, whose saved credentials have expired, in an environment of an account with such a table of its own', () => {
  test.concurrent('does not take the lockfile, which it does remove, for the whole lock: it names the rest', () =>
    inScene(async (scene) => {
      const job = await scene.startJob('both');
      expect(await job.main()).toMatchObject({ exitCode: 0 });
      job.exportEnv({ AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'of+their+key' });
      const { settings } = scene.s3;
      settings.accounts = { ...settings.accounts, AKIAOTHER: { secretAccessKey: 'of+their+key' } };
      for (const proxy of [scene.s3Proxy, scene.dynamodbProxy])
        proxy.addRule({ match: signedBy('test'), action: expiredToken() });
      for (const [operation, answer] of Object.entries(EMPTY_TABLE))
        scene.dynamodbProxy.addRule({
          match: (request) => request.operation === operation && signedBy('AKIAOTHER')(request),
          action: answerInstead(answer),
        });
      const post = await job.post();
      expect(await scene.lockRecords()).toEqual([LOCK_PATH]);
      expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock not released' }] });
      expect(post.errors[0]?.message).toContain('may be of another account');
    }));
});

describe('post, whose saved credentials have expired, in an environment of an account without that table', () => {
  test.concurrent.each(['dynamodb', 'both'] as const)(
    'does not take its word that there is no lock: it fails, and names the lock and the way out (%s)',
    (kind) =>
      inScene(async (scene) => {
        const job = await scene.startJob(kind);
        const main = await job.startMain();
        const carryOutAndKill: Fault = async ({ forward }) => {
          await forward();
          main.sendSignal('SIGKILL');
        };
        scene.onRequest('PutItem lock', carryOutAndKill);
        await main.result;
        const id = JSON.parse(
          (await scene.dynamodb.getItem('locks', { LockID: LOCK_PATH }))?.['Info'] ?? '',
        ).ID;

        job.exportEnv({ AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'other' });
        scene.dynamodbProxy.addRule({ match: signedBy('test'), action: expiredToken() });
        const unknownTable = dynamodbError('ResourceNotFoundException', 'Requested resource not found');
        scene.dynamodbProxy.addRule({ match: signedBy('AKIAOTHER'), action: answerInstead(unknownTable) });
        const post = await job.post();
        expect(await scene.lockRecords()).toContain(LOCK_PATH);
        expect(post.exitCode).toBe(1);
        expect(post.errors.map(({ message }) => message).join()).toContain(`force-unlock -force ${id}`);
      }),
  );
});
