import { describe, expect, test } from '@jest/globals';
import { BUCKET, TABLE } from '../../testing/environment.js';
import type { Fault } from '../../testing/fault-proxy.js';
import { answerInstead, dropBefore, hang, outOfService, s3Error } from '../../testing/faults.js';
import { atAws } from './aws-scene.js';
import { inScene, LOCK_PATH, type Scene, STATE } from './scene.js';

/** The lock comes once the connection to the state is being opened. */
function lockAfterApproach({ onRequest, waitForRequest }: Scene): void {
  onRequest('PutItem lock', async ({ forward, answer }) => {
    await waitForRequest('HEAD state');
    answer(await forward());
  });
}

test('the connection to the state is opened while another holds the lock, and read through later', () =>
  atAws(async (scene) => {
    const { aws, dynamodb, startJob, putState, holdByOther, onRequest } = scene;
    await putState(STATE);
    await holdByOther('dynamodb');
    const opened = new Promise<void>((resolve) => {
      onRequest('HEAD state', async ({ forward, answer }) => {
        answer(await forward());
        resolve();
      });
    });
    const job = await startJob('dynamodb');
    const main = await job.startMain();
    await main.waitForLog('held by ada@laptop');
    await opened;
    await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
    expect(await main.result).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(aws.asked.filter((address) => address.startsWith(BUCKET))).toHaveLength(1);
    await job.post();
  }));

describe('whatever becomes of the request that opens it, the job does not notice', () => {
  test.concurrent.each<[string, Fault]>([
    ['refused', answerInstead({ status: 403 })],
    ['no such bucket', answerInstead(s3Error(404, 'NoSuchBucket'))],
    ['out of service', outOfService()],
    ['reset', dropBefore()],
    ['never answered', hang()],
  ])('%s', (_, fault) =>
    inScene(async (scene) => {
      const { s3Proxy, startJob, putState, onRequest, lockRecords } = scene;
      await putState(STATE);
      lockAfterApproach(scene);
      onRequest('HEAD state', fault, { times: 9 });
      const job = await startJob('dynamodb');
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(main.outputs).toMatchObject({ locked: 'true', snapshot_created: 'true' });
      expect(s3Proxy.requests.filter(({ method }) => method === 'HEAD')).toHaveLength(1);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
    }),
  );

  test('and a job that does not get its lock ends without it', () =>
    inScene(async (scene) => {
      await scene.holdByOther('dynamodb');
      lockAfterApproach(scene);
      scene.onRequest('HEAD state', hang());
      const job = await scene.startJob('dynamodb', { inputs: { lock_timeout: '0s' } });
      expect(await job.main()).toMatchObject({ exitCode: 1, errors: [{ title: /locked/i }] });
    }));
});
