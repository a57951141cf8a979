import { expect, test } from '@jest/globals';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { atAws } from '../scenarios/aws-scene.js';
import { LOCKING_KINDS, STATE } from '../scenarios/scene.js';

describeWithTools('at the addresses of AWS, on the Node that action.yml names', ['node24'], () => {
  test.each(LOCKING_KINDS)('a job takes the lock, snapshots and releases through a proxy: %s', (kind) =>
    atAws(
      async ({ aws, startJob, putState, lockRecords, snapshots }) => {
        await putState(STATE);
        const HTTPS_PROXY = aws.endpoint.replace('http://', 'ada:p%2Fq@');
        const job = await startJob(kind, { node: toolPath('node24'), env: { HTTPS_PROXY } });
        expect(await job.main()).toMatchObject({ exitCode: 0, stderr: '', errors: [], warnings: [] });
        expect(await lockRecords()).toHaveLength(kind === 'both' ? 2 : 1);
        job.exportEnv({ HTTPS_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' });
        expect(await job.post()).toMatchObject({ exitCode: 0, stderr: '', errors: [], warnings: [] });
        expect(await lockRecords()).toEqual([]);
        expect(snapshots()).toHaveLength(1);
      },
      { login: 'ada:p/q' },
    ),
  );
});
