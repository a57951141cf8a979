import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccessKey, AssumedRole, CredentialSource } from '../../../../src/config/settings.js';
import { resumedIdentity } from '../../../../src/stores/aws/identities/resumed-identity.js';
import { type StsDouble, type StsRequest, startStsDouble } from '../../../../testing/sts-double.js';
import { testSurroundings } from '../../../../testing/surroundings.js';

const ROLE = 'arn:aws:iam::123456789012:role/deploy';
const OIDC_ROLE = 'arn:aws:iam::123456789012:role/github';
const MAIN: AccessKey = { accessKeyId: 'ASIAMAIN', secretAccessKey: 'main', sessionToken: 'main' };
const KEYS = { kind: 'keys', accessKeyId: 'AKIAKEYS', secretAccessKey: 'of the keys' } as const;
const ASSUMED: AssumedRole = { arn: ROLE, sessionName: 'session', durationSeconds: 900 };
const JOB_TOKEN = { kind: 'job-token', role: { arn: OIDC_ROLE, sessionName: 'ci' } } as const;

let sts: StsDouble;
let environment: NodeJS.ProcessEnv;
let heard: string[];

/** An environment in which a later step has left its keys. */
beforeEach(async () => {
  sts = await startStsDouble();
  environment = { ...process.env };
  heard = [];
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIALATER', AWS_SECRET_ACCESS_KEY: 'later' });
});

afterEach(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  await sts.close();
});

function resumed(source: CredentialSource, mintIdToken = async () => 'minted') {
  const identity = resumedIdentity(
    MAIN,
    source,
    testSurroundings({
      lookup: { sts: { region: 'us-east-1', endpoint: sts.endpoint } },
      listener: ({ accessKeyId }) => heard.push(accessKeyId),
      mintIdToken,
    }),
  );
  const renewed = () => {
    identity.renew?.();
    return identity.provide();
  };
  return { ...identity, renewed };
}

const expired = (request: StsRequest, accessKeyId: string) =>
  request.signedBy === accessKeyId
    ? { status: 403, code: 'ExpiredToken', message: 'It is expired.' }
    : undefined;

const noToken = () => Promise.reject(new Error('A job that is being cancelled gets none.'));

describe('in post, a role', () => {
  const source: CredentialSource = { kind: 'role', role: ASSUMED, from: KEYS };

  test('is not asked for while main’s session is good', async () => {
    expect(await resumed(source).provide()).toMatchObject(MAIN);
    expect(sts.requests).toEqual([]);
  });

  test('is assumed again from the keys that were given, which is nobody else', async () => {
    const { renewed, isAnother } = resumed(source);
    expect(await renewed()).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
    expect(sts.requests).toMatchObject([{ signedBy: 'AKIAKEYS', parameters: { RoleArn: ROLE } }]);
    expect(isAnother?.()).toBe(false);
  });

  test('is assumed from what a later step left, once the keys are no good either, and is the same', async () => {
    sts.refuse = (request) => expired(request, 'AKIAKEYS');
    const { renewed, provide, isAnother } = resumed(source);
    const credentials = await renewed();
    expect(credentials).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
    expect(sts.requests.map(({ signedBy }) => signedBy)).toEqual(['AKIAKEYS', 'AKIALATER']);
    expect(isAnother?.()).toBe(false);
    // What failed is not asked again.
    expect(await provide()).toBe(credentials);
    expect(sts.requests).toHaveLength(2);
  });

  test('that nobody gets is told as of the keys that were given', async () => {
    sts.refuse = (request) =>
      expired(request, 'AKIAKEYS') ?? { status: 403, code: 'AccessDenied', message: 'No.' };
    await expect(resumed(source).renewed()).rejects.toMatchObject({
      problem: { kind: 'outdated-for-role', role: ROLE, by: 'the access key that was given' },
    });
  });

  test('is waited for where the token service is out of order: somebody else is no remedy', async () => {
    sts.refuse = () => ({ status: 503, code: 'ServiceUnavailable', message: 'Later.' });
    const { renewed, provide } = resumed(source);
    await expect(renewed()).rejects.toMatchObject({ problem: { kind: 'unavailable', service: 'STS' } });
    expect(sts.requests.map(({ signedBy }) => signedBy)).toEqual(['AKIAKEYS']);
    sts.refuse = () => undefined;
    expect(await provide()).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
  });

  test('is told where it was looked for', () => {
    expect(resumed(source).described).toBe(
      'the credentials of the main step (expired), ' +
        `then the role ${ROLE}, assumed with the access key that was given, ` +
        `then the role ${ROLE}, assumed with the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), a web identity ` +
        '(AWS_WEB_IDENTITY_TOKEN_FILE), the shared configuration files (AWS_PROFILE or "default"), the container ' +
        '(AWS_CONTAINER_CREDENTIALS_…) and the instance metadata',
    );
  });
});

describe('in post, the role of the job’s token', () => {
  test('is taken again, and is the same', async () => {
    const { renewed, isAnother } = resumed(JOB_TOKEN);
    expect(await renewed()).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
    expect(sts.requests).toMatchObject([{ parameters: { RoleArn: OIDC_ROLE, WebIdentityToken: 'minted' } }]);
    expect(isAnother?.()).toBe(false);
  });

  test('gives way to the environment where GitHub gives no token any more: that may be somebody else', async () => {
    const { renewed, isAnother } = resumed(JOB_TOKEN, noToken);
    expect(await renewed()).toMatchObject({ accessKeyId: 'AKIALATER' });
    expect(isAnother?.()).toBe(true);
  });

  test('and a role from it give way likewise, to the same role', async () => {
    const { renewed, isAnother } = resumed({ kind: 'role', role: ASSUMED, from: JOB_TOKEN }, noToken);
    expect(await renewed()).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
    expect(sts.requests).toMatchObject([{ signedBy: 'AKIALATER', parameters: { RoleArn: ROLE } }]);
    expect(isAnother?.()).toBe(false);
  });
});

test('in post, a token that was given has no source: the environment comes after it', async () => {
  const token = { kind: 'text', text: 'old' } as const;
  const source = { kind: 'web-identity', role: { arn: ROLE, sessionName: 'web' }, token } as const;
  sts.refuse = () => ({ status: 400, code: 'ExpiredTokenException', message: 'Token expired.' });
  const { renewed, isAnother } = resumed(source);
  expect(await renewed()).toMatchObject({ accessKeyId: 'AKIALATER' });
  expect(isAnother?.()).toBe(true);
});

test('in post, all that signs is heard of before it does', async () => {
  const { renewed } = resumed({ kind: 'role', role: ASSUMED, from: KEYS });
  await renewed();
  expect(heard).toEqual(expect.arrayContaining(['ASIAMAIN', 'AKIAKEYS', sts.issued[0]?.accessKeyId]));
});

test('two requests that fail at once renew once', async () => {
  const { renew, provide } = resumed({ kind: 'role', role: ASSUMED, from: KEYS });
  renew?.();
  renew?.();
  const [one, other] = await Promise.all([provide(), provide()]);
  expect(other).toBe(one);
  expect(sts.requests).toHaveLength(1);
});
