import { describe, expect, test } from '@jest/globals';
import { GITHUB_TOKEN } from '../../testing/action-manifest.js';
import { TABLE } from '../../testing/environment.js';
import { withGithub } from '../../testing/github-api.js';
import { lockHolder } from '../../testing/test-data.js';
import { inScene, LOCK_PATH, type Scene } from './scene.js';

const ATTEMPT = '/repos/acme/infrastructure/actions/runs/4711/attempts/1';
const AT_ONCE = { lock_timeout: '0s' };

/** A job whose lock another one will find; it never gets to its post step in the test. */
async function holdByJob({ startJob }: Scene): Promise<string> {
  const { outputs } = await (await startJob('dynamodb')).main();
  return outputs['lock_id'] ?? '';
}

describe('a lock that is held by a job', () => {
  test.concurrent.each([
    {
      answer: { status: 200, body: { status: 'completed', conclusion: 'cancelled' } },
      advice:
        'GitHub says that this run has ended (cancelled), so nobody will release it: free the lock with',
    },
    {
      answer: { status: 200, body: { status: 'in_progress', conclusion: null } },
      advice: 'GitHub says that this run goes on. Wait until that is done',
    },
    { answer: { status: 404, body: { message: 'Not Found' } }, advice: 'Wait until that is done' },
    {
      answer: { status: 403, body: { message: 'Resource not accessible' } },
      advice: 'Wait until that is done',
    },
  ])('is told with what GitHub answers about its run: $answer.status, $advice', ({ answer, advice }) =>
    inScene((scene) =>
      withGithub(answer, async ({ env, requests }) => {
        const id = await holdByJob(scene);
        const job = await scene.startJob('dynamodb', { inputs: AT_ONCE, env });
        const main = await job.main();
        expect(main.errors).toMatchObject([{ title: 'Lock held' }]);
        expect(main.errors[0]?.message).toContain(advice);
        expect(main.errors[0]?.message).toContain(`\`terraform force-unlock -force ${id}\``);
        expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${ATTEMPT}`]);
        expect(requests[0]?.headers.authorization).toContain(GITHUB_TOKEN);
        expect(`${main.stdout.replace(`::add-mask::${GITHUB_TOKEN}`, '')}${main.summary}`).not.toContain(
          GITHUB_TOKEN,
        );
        await job.post();
        expect(await scene.lockRecords()).toEqual([LOCK_PATH]);
      }),
    ),
  );

  test.concurrent.each([
    lockHolder({ runUrl: 'https://evil.example/acme/infrastructure/actions/runs/4711' }),
    lockHolder({ repository: '../../user' }),
    lockHolder({ runId: '1/../../secrets' }),
  ])(
    'is not asked about at GitHub when its record is of somewhere else ($repository, $runId, $runUrl)',
    (holder) =>
      inScene((scene) =>
        withGithub({ status: 200, body: { status: 'completed' } }, async ({ env, requests }) => {
          await scene.holdByOther('dynamodb');
          const held = await scene.dynamodb.getItem(TABLE, { LockID: LOCK_PATH });
          await scene.dynamodb.putItem(TABLE, { ...held, Holder: JSON.stringify(holder) });
          const job = await scene.startJob('dynamodb', { inputs: AT_ONCE, env });
          expect((await job.main()).errors[0]?.message).toContain(
            'Only if you are sure that the holder is dead',
          );
          expect(requests).toEqual([]);
          await job.post();
        }),
      ),
  );

  test.concurrent('does not keep a job that is cancelled while GitHub is silent', () =>
    inScene((scene) =>
      withGithub('none', async ({ env, asked }) => {
        await holdByJob(scene);
        const job = await scene.startJob('dynamodb', { inputs: AT_ONCE, env });
        const main = await job.startMain();
        await asked;
        main.sendSignal('SIGINT');
        expect(await main.result).toMatchObject({ exitCode: 1, errors: [{ title: 'Cancelled' }] });
        await job.post();
      }),
    ));
});
