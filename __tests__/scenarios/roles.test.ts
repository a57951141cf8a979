import { describe, expect, test } from '@jest/globals';
import { startConnectProxy } from '../../testing/connect-proxy.js';
import type { StepResult } from '../../testing/runner.js';
import { inRoleScene, KEYS, LATER_KEYS, NO_KEYS, OIDC_ROLE, ROLE } from './role-scene.js';
import { forceUnlock, LOCK_PATH, STATE } from './scene.js';

/** What is left to read of the step, its masks aside: the runner would hide them, and is not to be needed. */
function written({ stdout, stderr, summary }: StepResult): string {
  const lines = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'));
  return [...lines, stderr, summary].join('\n');
}

describe('a job with role_arn', () => {
  test.concurrent('takes and releases its lock as the role alone, which it assumes once', () =>
    inRoleScene(async ({ startJob, putState, sts, signers, lockRecords }) => {
      await putState(STATE);
      const said = { role_arn: ROLE, role_session_name: 'ci', role_duration: '1h', external_id: 'id' };
      const job = await startJob('both', { inputs: { ...KEYS, ...said } });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [], outputs: { locked: 'true' } });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
      expect(signers()).toEqual([sts.issued[0]?.accessKeyId]);
      expect(sts.requests).toEqual([
        {
          action: 'AssumeRole',
          signedBy: KEYS.access_key,
          region: 'us-east-1',
          parameters: { RoleArn: ROLE, RoleSessionName: 'ci', DurationSeconds: '3600', ExternalId: 'id' },
        },
      ]);
    }));

  test.concurrent('shows no secret of what it assumes the role with, nor of the session', () =>
    inRoleScene(async ({ startJob, sts, expire }) => {
      const job = await startJob('dynamodb', { inputs: { ...KEYS, role_arn: ROLE } });
      const main = await job.main();
      expire(sts.issued[0]?.accessKeyId);
      const post = await job.post();
      expect(sts.issued).toHaveLength(2);
      const secretsOf = ({ accessKeyId, secretAccessKey, sessionToken }: (typeof sts.issued)[number]) => [
        accessKeyId,
        secretAccessKey,
        sessionToken,
      ];
      const [first = [], second = []] = sts.issued.map(secretsOf);
      expect(main.masks).toEqual(expect.arrayContaining([...Object.values(KEYS), ...first]));
      expect(post.masks).toEqual(expect.arrayContaining([...Object.values(KEYS), ...first, ...second]));
      for (const step of [main, post])
        for (const secret of [...Object.values(KEYS), ...first, ...second])
          expect(written(step)).not.toContain(secret);
    }));

  test.concurrent('that took hours assumes it again from the keys that main was given, and is the same', () =>
    inRoleScene(async ({ startJob, sts, expire, signers, lockRecords }) => {
      const job = await startJob('both', { inputs: { ...KEYS, role_arn: ROLE } });
      await job.main();
      job.exportEnv(LATER_KEYS);
      expire(sts.issued[0]?.accessKeyId);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
      expect(sts.requests.map((request) => request.signedBy)).toEqual([KEYS.access_key, KEYS.access_key]);
      expect(signers()).toEqual(sts.issued.map(({ accessKeyId }) => accessKeyId));
    }));

  test.concurrent('whose keys have expired too assumes it with those of a later step', () =>
    inRoleScene(async ({ startJob, sts, expire, signers, lockRecords }) => {
      const given = {
        AWS_ACCESS_KEY_ID: 'ASIAOFMAINSSTEP',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_SESSION_TOKEN: 't',
      };
      const job = await startJob('both', { inputs: { ...NO_KEYS, role_arn: ROLE }, env: given });
      expect(await job.main()).toMatchObject({ exitCode: 0 });
      job.exportEnv({ ...given, AWS_ACCESS_KEY_ID: 'ASIAOFALATERSTEP' });
      expire(sts.issued[0]?.accessKeyId);
      sts.refuse = ({ signedBy }) =>
        signedBy === 'ASIAOFMAINSSTEP'
          ? { status: 403, code: 'ExpiredToken', message: 'The security token included is expired.' }
          : undefined;
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
      expect(sts.requests.at(-1)).toMatchObject({
        signedBy: 'ASIAOFALATERSTEP',
        parameters: { RoleArn: ROLE },
      });
      expect(signers().at(-1)).toBe(sts.issued.at(-1)?.accessKeyId);
    }));

  test.concurrent('that nobody lets in fails before it touches anything, and names the role and what must allow it', () =>
    inRoleScene(async ({ startJob, sts, asked }) => {
      const message = 'User: arn:aws:iam::1:user/ci is not authorized to perform: sts:AssumeRole';
      sts.refuse = () => ({ status: 403, code: 'AccessDenied', message });
      const job = await startJob('dynamodb', { inputs: { ...KEYS, role_arn: ROLE } });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Role refused' }] });
      for (const text of [ROLE, 'trust policy', message]) expect(main.errors[0]?.message).toContain(text);
      expect(main.summary).toContain('Role refused');
      expect(asked).toEqual([]);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }));

  test.concurrent('that is refused the role in post says that its lock is still held, and how to free it', () =>
    inRoleScene(async ({ startJob, sts, expire, lockRecords }) => {
      const job = await startJob('dynamodb', { inputs: { ...KEYS, role_arn: ROLE, max_retries: '1' } });
      await job.main();
      expire(sts.issued[0]?.accessKeyId);
      sts.refuse = () => ({ status: 403, code: 'AccessDenied', message: 'No more.' });
      const post = await job.post();
      expect(post.exitCode).toBe(1);
      const told = post.errors.map(({ message }) => message).join();
      expect(told).toContain(
        `The lock ${LOCK_PATH} could not be released: The role ${ROLE} cannot be assumed`,
      );
      expect(told).toContain('force-unlock');
      expect(await lockRecords()).toEqual([LOCK_PATH]);
    }));

  test.concurrent('whose session ends while it waits goes on with another one', () =>
    inRoleScene(async (scene) => {
      const { startJob, sts, s3, lockRecords } = scene;
      sts.lifetimeMs = 1;
      sts.onIssue = ({ accessKeyId, ...account }) => {
        const before = Object.entries(s3.settings.accounts).map(
          ([key, each]) => [key, { ...each, expired: true }] as const,
        );
        s3.settings.accounts = { ...Object.fromEntries(before), [accessKeyId]: account };
      };
      await scene.holdByOther('lockfile');
      const job = await startJob('lockfile', { inputs: { ...KEYS, role_arn: ROLE } });
      const main = await job.startMain();
      await main.waitForLog('held by');
      await scene.waitForRequest('GET lockfile', 3);
      await forceUnlock(scene);
      expect(await main.result).toMatchObject({ exitCode: 0, outputs: { locked: 'true' } });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await lockRecords()).toEqual([]);
    }));

  test.concurrent('asks for it through the proxy of the environment', () =>
    inRoleScene(async ({ startJob, sts }) => {
      const address = new URL(sts.endpoint).host.replace('127.0.0.1', '0.0.0.0');
      const proxy = await startConnectProxy({ route: () => Number(new URL(sts.endpoint).port) });
      try {
        const env = { AWS_ENDPOINT_URL_STS: `http://${address}`, HTTP_PROXY: proxy.endpoint };
        const job = await startJob('lockfile', { inputs: { ...KEYS, role_arn: ROLE }, env });
        expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
        expect(proxy.asked).toEqual([address]);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      } finally {
        await proxy.close();
      }
    }));

  test.concurrent('takes the role of the backend’s own configuration', () =>
    inRoleScene(async ({ startJob, sts, signers }) => {
      const line = `assume_role={role_arn="${ROLE}", session_name="tf", tags={team="infra"}}`;
      const job = await startJob('lockfile', { inputs: { ...KEYS, backend_config: line } });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(sts.requests).toMatchObject([
        { parameters: { RoleArn: ROLE, RoleSessionName: 'tf', 'Tags.member.1.Key': 'team' } },
      ]);
      expect(signers()).toEqual([sts.issued[0]?.accessKeyId]);
    }));
});

describe('a job with oidc_role_arn', () => {
  const inputs = { ...NO_KEYS, oidc_role_arn: OIDC_ROLE };

  test.concurrent('takes the role with its own token, and needs none in post while the session is good', () =>
    inRoleScene(async ({ startJob, putState, sts, github, signers, lockRecords }) => {
      await putState(STATE);
      const later = { AWS_ACCESS_KEY_ID: 'AKIAOFSOMEBODYELSE', AWS_SECRET_ACCESS_KEY: 'secret+of+somebody' };
      const job = await startJob('both', { inputs, env: later });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
      expect(github.minted).toEqual([{ token: expect.any(String), audience: 'sts.amazonaws.com' }]);
      expect(main.masks).toContain(github.minted[0]?.token);
      expect(written(main)).not.toContain(github.minted[0]?.token);
      expect(sts.requests).toEqual([
        {
          action: 'AssumeRoleWithWebIdentity',
          parameters: {
            RoleArn: OIDC_ROLE,
            RoleSessionName: 'lockkeeper-4711',
            WebIdentityToken: github.minted[0]?.token,
          },
        },
      ]);
      expect(signers()).toEqual([sts.issued[0]?.accessKeyId]);
    }));

  test.concurrent('that took hours takes the role again, with a new token', () =>
    inRoleScene(async ({ startJob, sts, github, expire, signers, lockRecords }) => {
      const job = await startJob('both', { inputs });
      await job.main();
      expire(sts.issued[0]?.accessKeyId);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
      expect(github.minted).toHaveLength(2);
      expect(sts.requests.at(-1)?.parameters['WebIdentityToken']).toBe(github.minted[1]?.token);
      expect(signers()).toEqual(sts.issued.map(({ accessKeyId }) => accessKeyId));
    }));

  test.concurrent('that GitHub gives no token any more asks the environment, which may be somebody else', () =>
    inRoleScene(async ({ startJob, sts, github, expire, signers, lockRecords }) => {
      const job = await startJob('both', { inputs });
      await job.main();
      expire(sts.issued[0]?.accessKeyId);
      github.refuseWith = 403;
      job.exportEnv(LATER_KEYS);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await lockRecords()).toEqual([]);
      expect(signers().at(-1)).toBe('AKIAOFALATERSTEP');
    }));

  test.concurrent('that is cancelled, and gets no token any more, releases with what main had', () =>
    inRoleScene(async ({ startJob, github, lockRecords, waitForRequest, putState }) => {
      await putState(STATE);
      const job = await startJob('dynamodb', { inputs });
      await job.main();
      github.refuseWith = 403;
      const post = await job.startPost();
      await waitForRequest('GET state', 2);
      post.sendSignal('SIGINT');
      expect(await post.result).toMatchObject({ exitCode: 0, errors: [] });
      expect(await lockRecords()).toEqual([]);
      expect(github.minted).toHaveLength(1);
    }));

  test.concurrent('without the permission is told which one it is', () =>
    inRoleScene(async ({ startJob, asked }) => {
      const job = await startJob('dynamodb', {
        inputs,
        env: { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' },
      });
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'No ID token' }] });
      expect(main.errors[0]?.message).toContain('permissions: { id-token: write');
      expect(asked).toEqual([]);
    }));

  test.concurrent('and role_arn assumes the one from the other, in post too', () =>
    inRoleScene(async ({ startJob, sts, expire, signers }) => {
      const job = await startJob('lockfile', { inputs: { ...inputs, role_arn: ROLE } });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [] });
      expire(sts.issued[1]?.accessKeyId);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(sts.issued.map(({ role }) => role)).toEqual([OIDC_ROLE, ROLE, OIDC_ROLE, ROLE]);
      expect(sts.requests.map((request) => request.signedBy)).toEqual([
        undefined,
        sts.issued[0]?.accessKeyId,
        undefined,
        sts.issued[2]?.accessKeyId,
      ]);
      expect(signers()).toEqual([sts.issued[1]?.accessKeyId, sts.issued[3]?.accessKeyId]);
    }));
});
