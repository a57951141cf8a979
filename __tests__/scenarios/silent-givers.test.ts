import { describe, expect, test } from '@jest/globals';
import { stateBody } from '../../testing/test-data.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { inRoleScene, KEYS, LATER_KEYS, NO_KEYS, OIDC_ROLE, ROLE, type RoleScene } from './role-scene.js';
import { STATE } from './scene.js';

/** Who gives credentials, and never answers from now on. */
const GIVERS = [
  { giver: 'the token service', inputs: { ...KEYS, role_arn: ROLE } },
  { giver: 'the service for ID tokens', inputs: { ...NO_KEYS, oidc_role_arn: OIDC_ROLE } },
] as const;

type Giver = (typeof GIVERS)[number]['giver'];

/** Resolves once somebody asks. */
function silence({ sts, github }: RoleScene, giver: Giver): Promise<void> {
  return new Promise((resolve) => {
    if (giver === 'the token service') {
      sts.refuse = () => {
        resolve();
        return 'silence';
      };
    } else {
      github.refuseWith = 'silence';
      github.onRequest = resolve;
    }
  });
}

describe('a giver of credentials that does not answer', () => {
  test.concurrent.each(GIVERS)(
    'does not keep a cancelled job from ending, which has touched nothing ($giver)',
    ({ giver, inputs }) =>
      inRoleScene(async (scene) => {
        const asked = silence(scene, giver);
        const job = await scene.startJob('dynamodb', { inputs });
        const main = await job.startMain();
        await asked;
        main.sendSignal('SIGINT');
        const { errors, exitCode, signal, summary } = await main.result;
        expect({ exitCode, signal }).toEqual({ exitCode: 1, signal: null });
        expect(errors).toMatchObject([{ title: 'Cancelled' }]);
        expect(summary).toContain('No lock was taken');
        expect(scene.asked).toEqual([]);
        expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      }),
  );

  test.concurrent('does not keep an inspection from ending that is cancelled', () =>
    inRoleScene(async (scene) => {
      const asked = silence(scene, 'the token service');
      const job = await scene.startJob('dynamodb', { action: 'inspect', inputs: GIVERS[0].inputs });
      const main = await job.startMain();
      await asked;
      main.sendSignal('SIGINT');
      expect(await main.result).toMatchObject({ exitCode: 1, errors: [{ title: 'Cancelled' }] });
      expect(scene.asked).toEqual([]);
    }));

  test.concurrent('leaves post the time to ask the environment, and to store and release all', () =>
    inRoleScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { inputs: GIVERS[1].inputs, env: timeLapse() });
      expect(await job.main()).toMatchObject({ exitCode: 0 });
      await scene.putState(stateBody({ serial: 8 }));
      scene.expire(scene.sts.issued[0]?.accessKeyId);
      silence(scene, 'the service for ID tokens');
      job.exportEnv(LATER_KEYS);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toHaveLength(2);
    }));
});
