import { describe, expect, test } from '@jest/globals';
import { BUCKET } from '../../testing/environment.js';
import { inScene, LOCKFILE_KEY } from './scene.js';

describe('a store that overwrites, whatever it is told', () => {
  test.concurrent("is not trusted with somebody else's lock", () =>
    inScene(async ({ s3, startJob, holdByOther }) => {
      s3.settings.ignoreConditionalWrites = true;
      await holdByOther('lockfile');
      const job = await startJob('lockfile', { inputs: { lock_timeout: '0s' } });
      expect((await job.main()).errors).toMatchObject([{ title: 'Lock held' }]);
      await job.post();
      expect(s3.versions(BUCKET, LOCKFILE_KEY)).toHaveLength(1);
      expect(s3.getObject(BUCKET, LOCKFILE_KEY)?.body.toString()).toContain('ada@laptop');
    }));

  test.concurrent.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_S3_ENDPOINT'])(
    'is found out where %s leads to it',
    (name) =>
      inScene(async ({ s3, s3Proxy, startJob, lockRecords }) => {
        s3.settings.ignoreConditionalWrites = true;
        const job = await startJob('lockfile', {
          inputs: { endpoint: '' },
          env: { [name]: s3Proxy.endpoint },
        });
        expect((await job.main()).errors).toMatchObject([{ title: 'Store without conditional writes' }]);
        await job.post();
        expect(await lockRecords()).toEqual([]);
      }),
  );
});
