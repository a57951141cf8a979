import type { Match } from '../../testing/fault-proxy.js';
import { expiredToken } from '../../testing/faults.js';
import { type GithubTokens, startGithubTokens } from '../../testing/github-tokens.js';
import type { JobOptions } from '../../testing/job.js';
import type { Account } from '../../testing/s3-double/signature.js';
import { type StsDouble, startStsDouble } from '../../testing/sts-double.js';
import { inScene, type Scene } from './scene.js';

export const ROLE = 'arn:aws:iam::123456789012:role/deploy';
export const OIDC_ROLE = 'arn:aws:iam::123456789012:role/github';
export const KEYS = { access_key: 'AKIASOURCEOFTHEROLE', secret_key: 'secret+of+the+source' };
export const NO_KEYS = { access_key: '', secret_key: '' };

/** What a later step of a job exports. */
export const LATER_KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAOFALATERSTEP',
  AWS_SECRET_ACCESS_KEY: 'secret+of+a+later+step',
};
const LATER = { AKIAOFALATERSTEP: { secretAccessKey: 'secret+of+a+later+step' } };

export interface RoleScene extends Scene {
  readonly sts: StsDouble;
  readonly github: GithubTokens;
  /** Who signed what the stores were asked, without repetition. */
  signers(): string[];
  /** From now on the stores do not take this session any more. */
  expire(accessKeyId: string | undefined): void;
}

/** A scene with a token service, and with GitHub's service for ID tokens. */
export function inRoleScene(run: (scene: RoleScene) => Promise<void>): Promise<void> {
  return inScene(async (scene) => {
    const [sts, github] = await Promise.all([startStsDouble(), startGithubTokens()]);
    const proxies = [scene.s3Proxy, scene.dynamodbProxy];
    const accounts: Record<string, Account> = { ...LATER };
    scene.s3.settings.accounts = accounts;
    sts.onIssue = ({ accessKeyId, ...account }) => {
      accounts[accessKeyId] = account;
    };
    const env = { AWS_ENDPOINT_URL_STS: sts.endpoint, ...github.env };
    const startJob: Scene['startJob'] = (kind, options: JobOptions = {}) =>
      scene.startJob(kind, { ...options, env: { ...env, ...options.env } });
    try {
      await run({
        ...scene,
        asked: scene.asked,
        startJob,
        sts,
        github,
        signers: () => [
          ...new Set(
            proxies.flatMap(({ requests }) => requests.map(({ headers }) => signerIn(headers.authorization))),
          ),
        ],
        expire: (accessKeyId = '') => {
          for (const proxy of proxies)
            proxy.addRule({ match: signedBy(accessKeyId), action: expiredToken() });
        },
      });
    } finally {
      await Promise.all([sts.close(), github.close()]);
    }
  });
}

const signerIn = (authorization = '') => /Credential=([^/]+)/.exec(authorization)?.[1] ?? 'nobody';

const signedBy =
  (accessKeyId: string): Match =>
  ({ headers }) =>
    signerIn(headers.authorization) === accessKeyId;
