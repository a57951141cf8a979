import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccessKey, AssumedRole, CredentialSource } from '../../../../src/config/settings.js';
import { BackendError } from '../../../../src/job/backend-error.js';
import { identityFrom } from '../../../../src/stores/aws/identities/identity-from.js';
import { resolveCredentials } from '../../../../src/stores/aws/identity.js';
import { explain } from '../../../../src/words/explain.js';
import { fakeClock } from '../../../../testing/fake-clock.js';
import { type StsDouble, startStsDouble } from '../../../../testing/sts-double.js';
import { testSurroundings } from '../../../../testing/surroundings.js';

const ROLE = 'arn:aws:iam::123456789012:role/deploy';
const OTHER = 'arn:aws:iam::123456789012:role/other';
const KEYS = { kind: 'keys', accessKeyId: 'AKIAKEYS', secretAccessKey: 'of the keys' } as const;
const ASSUMED: AssumedRole = { arn: ROLE, sessionName: 'session', durationSeconds: 900 };
const BY_KEYS: CredentialSource = { kind: 'role', role: ASSUMED, from: KEYS };

let sts: StsDouble;
let folder: string;
let heard: AccessKey[];

beforeEach(async () => {
  sts = await startStsDouble();
  folder = await mkdtemp(join(tmpdir(), 'lockkeeper-roles-'));
  heard = [];
});

afterEach(async () => {
  await sts.close();
  await rm(folder, { recursive: true });
});

const surroundings = (differences: Parameters<typeof testSurroundings>[0] = {}) =>
  testSurroundings({
    lookup: { sts: { region: 'eu-west-3', endpoint: sts.endpoint } },
    listener: (credentials) => heard.push(credentials),
    ...differences,
  });

const webIdentity = (token: Extract<CredentialSource, { kind: 'web-identity' }>['token']) =>
  ({ kind: 'web-identity', role: { arn: OTHER, sessionName: 'web' }, token }) as const;

describe('a role', () => {
  test('is asked for with what was said of it, signed by the credentials at hand', async () => {
    const role: AssumedRole = {
      ...ASSUMED,
      externalId: 'id',
      policy: '{"Version":"2012-10-17"}',
      policyArns: ['arn:aws:iam::aws:policy/A', 'arn:aws:iam::aws:policy/B'],
      tags: { team: 'infra' },
      transitiveTagKeys: ['team'],
      sourceIdentity: 'ada',
    };
    const identity = identityFrom({ kind: 'role', role, from: KEYS }, surroundings());
    expect(await resolveCredentials(identity)).toEqual({
      accessKeyId: sts.issued[0]?.accessKeyId,
      secretAccessKey: sts.issued[0]?.secretAccessKey,
      sessionToken: sts.issued[0]?.sessionToken,
    });
    expect(sts.requests).toEqual([
      {
        action: 'AssumeRole',
        signedBy: 'AKIAKEYS',
        region: 'eu-west-3',
        parameters: {
          RoleArn: ROLE,
          RoleSessionName: 'session',
          DurationSeconds: '900',
          ExternalId: 'id',
          Policy: '{"Version":"2012-10-17"}',
          'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/A',
          'PolicyArns.member.2.arn': 'arn:aws:iam::aws:policy/B',
          'Tags.member.1.Key': 'team',
          'Tags.member.1.Value': 'infra',
          'TransitiveTagKeys.member.1': 'team',
          SourceIdentity: 'ada',
        },
      },
    ]);
    expect(identity.described).toBe(`the role ${ROLE}, assumed with the access key that was given`);
  });

  test('says nothing of what was not said', async () => {
    await identityFrom(BY_KEYS, surroundings()).provide();
    expect(sts.requests[0]?.parameters).toEqual({
      RoleArn: ROLE,
      RoleSessionName: 'session',
      DurationSeconds: '900',
    });
  });

  test('is asked for once, until its session ends', async () => {
    const clock = fakeClock(Date.now());
    const { provide } = identityFrom(BY_KEYS, surroundings({ clock }));
    const [first, second] = await Promise.all([provide(), provide()]);
    expect(second).toBe(first);
    await clock.advance(9 * 60_000);
    expect(await provide()).toBe(first);
    await clock.advance(2 * 60_000);
    expect((await provide()).accessKeyId).toBe(sts.issued[1]?.accessKeyId);
    expect(sts.requests).toHaveLength(2);
  });

  test('is asked for again where it was refused', async () => {
    const { provide } = identityFrom(BY_KEYS, surroundings());
    sts.refuse = () => ({ status: 403, code: 'AccessDenied', message: 'No.' });
    await expect(provide()).rejects.toBeInstanceOf(BackendError);
    sts.refuse = () => undefined;
    expect(await provide()).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
  });

  test('and what it is assumed with are heard of before they are used', async () => {
    const source = {
      kind: 'role',
      role: ASSUMED,
      from: webIdentity({ kind: 'text', text: 'token' }),
    } as const;
    await identityFrom(source, surroundings()).provide();
    expect(heard.map(({ accessKeyId }) => accessKeyId)).toEqual(
      sts.issued.map(({ accessKeyId }) => accessKeyId),
    );
    await identityFrom(BY_KEYS, surroundings()).provide();
    expect(heard.map(({ accessKeyId }) => accessKeyId)).toContain('AKIAKEYS');
  });
});

describe('a role that is taken with a token', () => {
  test('is asked for by nobody but the token', async () => {
    const source = webIdentity({ kind: 'text', text: 'a-token' });
    await identityFrom(source, surroundings()).provide();
    expect(sts.requests).toEqual([
      {
        action: 'AssumeRoleWithWebIdentity',
        parameters: { RoleArn: OTHER, RoleSessionName: 'web', WebIdentityToken: 'a-token' },
      },
    ]);
  });

  test('reads the token’s file each time: a new token comes before the old one ends', async () => {
    const path = join(folder, 'token');
    const { provide } = identityFrom(webIdentity({ kind: 'file', path }), surroundings());
    sts.lifetimeMs = 0;
    for (const token of ['first', 'second']) {
      await writeFile(path, `${token}\n`);
      await provide();
    }
    expect(sts.requests.map(({ parameters }) => parameters['WebIdentityToken'])).toEqual(['first', 'second']);
  });

  test('is asked for again where AWS calls the token invalid: it may not have seen the keys of its issuer', async () => {
    const refusal = { status: 400, code: 'InvalidIdentityToken', message: 'Could not retrieve the key.' };
    sts.refuse = () => (sts.requests.length < 3 ? refusal : undefined);
    const source = webIdentity({ kind: 'text', text: 'a-token' });
    await identityFrom(source, surroundings({ maxAttempts: 3 })).provide();
    expect(sts.requests).toHaveLength(3);
  });

  test('has an error that names the file which is not there', async () => {
    const path = join(folder, 'token');
    await expect(
      identityFrom(webIdentity({ kind: 'file', path }), surroundings()).provide(),
    ).rejects.toMatchObject({
      problem: { kind: 'no-credentials', tried: `the web identity token in ${path}` },
    });
  });

  test('is what another role is assumed with', async () => {
    const from = webIdentity({ kind: 'text', text: 'a-token' });
    await identityFrom({ kind: 'role', role: ASSUMED, from }, surroundings()).provide();
    expect(sts.requests).toMatchObject([
      { action: 'AssumeRoleWithWebIdentity', parameters: { RoleArn: OTHER } },
      { action: 'AssumeRole', parameters: { RoleArn: ROLE }, signedBy: sts.issued[0]?.accessKeyId },
    ]);
  });

  test('of the job is minted for AWS, each time', async () => {
    const audiences: string[] = [];
    const mintIdToken = async (audience: string) => `token-${audiences.push(audience)}`;
    const source = {
      kind: 'job-token',
      role: { arn: OTHER, sessionName: 'ci', durationSeconds: 7200 },
    } as const;
    const { provide, described } = identityFrom(source, surroundings({ mintIdToken }));
    sts.lifetimeMs = 0;
    await provide();
    await provide();
    expect(audiences).toEqual(['sts.amazonaws.com', 'sts.amazonaws.com']);
    expect(sts.requests.map(({ parameters }) => parameters)).toEqual(
      ['token-1', 'token-2'].map((WebIdentityToken) => ({
        RoleArn: OTHER,
        RoleSessionName: 'ci',
        DurationSeconds: '7200',
        WebIdentityToken,
      })),
    );
    expect(described).toBe(`the role ${OTHER}, taken with the ID token of this job`);
  });
});

describe('a role that is not to be had is told as such', () => {
  const JOB: CredentialSource = { kind: 'job-token', role: { arn: ROLE, sessionName: 'ci' } };
  const WEB: CredentialSource = { ...webIdentity({ kind: 'text', text: 't' }), role: ASSUMED };
  const mintIdToken = async () => 'token';

  async function failureOf(source: CredentialSource, code: string, status = 400) {
    sts.refuse = () => ({ status, code, message: `${code}, says AWS.` });
    const identity = identityFrom(source, surroundings({ mintIdToken }));
    const error = await resolveCredentials(identity).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BackendError);
    return explain(error);
  }

  test.each([
    [BY_KEYS, 'AccessDenied', 'Role refused', 'sts:AssumeRole on the role'],
    [WEB, 'AccessDenied', 'Role refused', 'to the issuer of the token'],
    [JOB, 'AccessDenied', 'Role refused', 'token.actions.githubusercontent.com, for the audience'],
    [WEB, 'InvalidIdentityToken', 'Token refused', 'It may be too old'],
    [WEB, 'ExpiredTokenException', 'Token refused', 'It may be too old'],
    [JOB, 'InvalidIdentityToken', 'Token refused', 'needs the identity provider'],
    [JOB, 'IDPRejectedClaim', 'Token refused', 'needs the identity provider'],
    [BY_KEYS, 'ValidationError', 'Role refused', 'than the role allows'],
    [BY_KEYS, 'PackedPolicyTooLarge', 'Role refused', 'its policies and its tags'],
    [BY_KEYS, 'ExpiredToken', 'Credentials expired', 'the access key that was given any more'],
    [BY_KEYS, 'InvalidClientTokenId', 'Credentials expired', 'the access key that was given any more'],
  ])('%j: %s', async (source, code, title, says) => {
    const failure = await failureOf(source, code, code === 'AccessDenied' ? 403 : 400);
    expect(failure.title).toBe(title);
    expect(failure.message).toContain(`role ${ROLE} `);
    expect(failure.message).toContain(`${code}, says AWS.`);
    expect(failure.message).toContain(says);
  });

  test('also where AWS says so for the first time', async () => {
    const { message } = await failureOf(BY_KEYS, 'RegionDisabledException', 403);
    expect(message).toBe(
      `sts:AssumeRole on ${ROLE} failed: RegionDisabledException (HTTP 403): RegionDisabledException, says AWS.`,
    );
  });

  test('and where nobody answers', async () => {
    const { endpoint } = sts;
    await sts.close();
    const error = await resolveCredentials(identityFrom(BY_KEYS, surroundings({}))).catch((thrown) => thrown);
    expect(explain(error)).toMatchObject({
      title: 'STS unreachable',
      message: expect.stringContaining(`STS did not answer at ${endpoint} (`),
    });
    sts = await startStsDouble();
  });

  test.each([BY_KEYS, WEB])(
    'and where nobody waits for it any more, without an answer: %j',
    async (source) => {
      const ending = new AbortController();
      sts.refuse = () => {
        ending.abort();
        return 'silence';
      };
      const identity = identityFrom(source, surroundings({ over: ending.signal }));
      await expect(resolveCredentials(identity)).rejects.toBeInstanceOf(BackendError);
    },
  );

  test('and where there is nothing to assume it with', async () => {
    const from = { kind: 'profile', profile: 'none', credentialsFiles: [join(folder, 'none')] } as const;
    await expect(
      resolveCredentials(identityFrom({ kind: 'role', role: ASSUMED, from }, surroundings())),
    ).rejects.toMatchObject({
      problem: { kind: 'no-credentials', tried: `profile "none" in ${join(folder, 'none')}` },
    });
  });
});
