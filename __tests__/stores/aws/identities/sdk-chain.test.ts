import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccessKey, CredentialLookup } from '../../../../src/config/settings.js';
import { identityFrom } from '../../../../src/stores/aws/identities/identity-from.js';
import { resolveCredentials } from '../../../../src/stores/aws/identity.js';
import { type Listening, listen } from '../../../../testing/http-server.js';
import { type StsDouble, startStsDouble } from '../../../../testing/sts-double.js';
import { testSurroundings } from '../../../../testing/surroundings.js';

const ROLE = 'arn:aws:iam::123456789012:role/deploy';

let sts: StsDouble;
let folder: string;
let environment: NodeJS.ProcessEnv;
let heard: AccessKey[];

/** An environment without any credentials; what the machine has is put back afterwards. */
beforeEach(async () => {
  sts = await startStsDouble();
  folder = await mkdtemp(join(tmpdir(), 'lockkeeper-chain-'));
  environment = { ...process.env };
  heard = [];
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_')))
    delete process.env[name];
  Object.assign(process.env, { HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' });
});

afterEach(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  await sts.close();
  await rm(folder, { recursive: true });
});

async function file(name: string, ...lines: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

const surroundings = (lookup: Partial<CredentialLookup> = {}) =>
  testSurroundings({
    lookup: { sts: { region: 'eu-west-3', endpoint: sts.endpoint }, ...lookup },
    listener: (credentials) => heard.push(credentials),
  });

const ambient = (lookup: Partial<CredentialLookup> = {}) =>
  resolveCredentials(identityFrom({ kind: 'ambient' }, surroundings(lookup)));

function profile(name: string, credentialsFiles: readonly string[], lookup: Partial<CredentialLookup> = {}) {
  const source = { kind: 'profile', profile: name, credentialsFiles } as const;
  return resolveCredentials(identityFrom(source, surroundings(lookup)));
}

const keys = (accessKeyId: string) => [
  `aws_access_key_id = ${accessKeyId}`,
  `aws_secret_access_key = secret of ${accessKeyId}`,
];

describe('several shared files', () => {
  test('are read one after the other, and what a later one says wins', async () => {
    const first = await file('a', '[p]', ...keys('AKIAFIRST'), '[only]', ...keys('AKIAONLY'));
    const second = await file('b', '[p]', ...keys('AKIASECOND'));
    expect(await profile('p', [first, second])).toMatchObject({ accessKeyId: 'AKIASECOND' });
    expect(await profile('only', [first, second])).toMatchObject({ accessKeyId: 'AKIAONLY' });
    expect(await profile('p', [second, first])).toMatchObject({ accessKeyId: 'AKIAFIRST' });
  });

  test('may be missing', async () => {
    const there = await file('a', '[p]', ...keys('AKIATHERE'));
    for (const files of [
      [there, join(folder, 'none')],
      [join(folder, 'none'), there],
    ])
      expect(await profile('p', files)).toMatchObject({ accessKeyId: 'AKIATHERE' });
  });

  test('do not run into each other', async () => {
    const first = await file('a', '[p]', ...keys('AKIAFIRST'));
    const second = await file('b', 'aws_access_key_id = AKIANOBODYS');
    expect(await profile('p', [first, second])).toMatchObject({ accessKeyId: 'AKIAFIRST' });
  });

  test('of configuration are read too, before those of credentials', async () => {
    const first = await file('a', '[profile p]', ...keys('AKIAFIRST'), '[profile q]', ...keys('AKIAQ'));
    const second = await file('b', '[profile p]', ...keys('AKIASECOND'));
    const configFiles = [first, second];
    expect(await profile('p', [join(folder, 'none')], { configFiles })).toMatchObject({
      accessKeyId: 'AKIASECOND',
    });
    const credentials = await file('c', '[q]', ...keys('AKIACREDENTIALS'));
    expect(await profile('q', [credentials], { configFiles })).toMatchObject({
      accessKeyId: 'AKIACREDENTIALS',
    });
  });
});

describe('a profile with a role', () => {
  test('asks the token service that is configured, and the keys on the way are heard of', async () => {
    const path = await file(
      'a',
      '[base]',
      ...keys('AKIABASE'),
      '[p]',
      `role_arn = ${ROLE}`,
      'source_profile = base',
      'role_session_name = session',
      'external_id = id',
    );
    expect(await profile('p', [path])).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
    expect(sts.requests).toMatchObject([
      {
        action: 'AssumeRole',
        signedBy: 'AKIABASE',
        region: 'eu-west-3',
        parameters: { RoleArn: ROLE, RoleSessionName: 'session', ExternalId: 'id' },
      },
    ]);
    expect(heard.map(({ accessKeyId }) => accessKeyId)).toEqual(
      expect.arrayContaining(['AKIABASE', sts.issued[0]?.accessKeyId]),
    );
  });

  test('and a web identity asks it too', async () => {
    const token = await file('token', 'the-token');
    const path = await file('a', '[p]', `role_arn = ${ROLE}`, `web_identity_token_file = ${token}`);
    expect(await profile('p', [path])).toMatchObject({ accessKeyId: sts.issued[0]?.accessKeyId });
    expect(sts.requests).toMatchObject([
      { action: 'AssumeRoleWithWebIdentity', parameters: { RoleArn: ROLE } },
    ]);
  });

  test('that is refused is told with the role', async () => {
    sts.refuse = () => ({ status: 403, code: 'AccessDenied', message: 'No.' });
    const path = await file(
      'a',
      '[base]',
      ...keys('AKIABASE'),
      '[p]',
      `role_arn = ${ROLE}`,
      'source_profile = base',
    );
    await expect(profile('p', [path])).rejects.toMatchObject({
      problem: { kind: 'role-refused', role: ROLE, by: 'the credentials of the profile' },
    });
  });
});

test('a profile with single sign-on asks the service that is configured', async () => {
  const asked: string[] = [];
  const sso = await serve((request) => {
    asked.push(request);
    const expiration = Date.now() + 3_600_000;
    return {
      roleCredentials: { accessKeyId: 'ASIASSO', secretAccessKey: 's', sessionToken: 't', expiration },
    };
  });
  try {
    const startUrl = 'https://acme.awsapps.com/start';
    await mkdir(join(folder, '.aws', 'sso', 'cache'), { recursive: true });
    const name = createHash('sha1').update(startUrl).digest('hex');
    await file(
      join('.aws', 'sso', 'cache', `${name}.json`),
      JSON.stringify({ accessToken: 'x', expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    const config = await file(
      'config',
      '[profile p]',
      `sso_start_url = ${startUrl}`,
      'sso_region = us-east-1',
      'sso_account_id = 123456789012',
      'sso_role_name = deploy',
    );
    const lookup = { ssoEndpoint: sso.endpoint, configFiles: [config] };
    expect(await profile('p', [join(folder, 'none')], lookup)).toMatchObject({ accessKeyId: 'ASIASSO' });
    expect(asked).toEqual(['GET /federation/credentials?account_id=123456789012&role_name=deploy']);
  } finally {
    await sso.close();
  }
});

describe('the environment is looked through in the order of Terraform', () => {
  test('a web identity before the profile', async () => {
    const config = await file('config', '[default]', ...keys('AKIADEFAULT'));
    Object.assign(process.env, {
      AWS_ROLE_ARN: ROLE,
      AWS_ROLE_SESSION_NAME: 'pod',
      AWS_WEB_IDENTITY_TOKEN_FILE: await file('token', 'the-token'),
    });
    expect(await ambient({ configFiles: [config] })).toMatchObject({
      accessKeyId: sts.issued[0]?.accessKeyId,
    });
    expect(sts.requests).toEqual([
      {
        action: 'AssumeRoleWithWebIdentity',
        parameters: { RoleArn: ROLE, RoleSessionName: 'pod', WebIdentityToken: 'the-token' },
      },
    ]);
  });

  test('a web identity needs its role', async () => {
    process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = await file('token', 'the-token');
    await expect(ambient()).rejects.toMatchObject({
      problem: {
        kind: 'no-credentials',
        detail: 'AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is not',
      },
    });
  });

  test.each(['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'])('%s chooses the profile', async (variable) => {
    const config = await file('config', '[profile p]', ...keys('AKIAPROFILE'));
    process.env[variable] = 'p';
    expect(await ambient({ configFiles: [config] })).toMatchObject({ accessKeyId: 'AKIAPROFILE' });
  });

  test('keys under their oldest names before everything, also those that a later step has exported', async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY: 'AKIAOLDEST',
      AWS_SECRET_KEY: 's',
      AWS_SECURITY_TOKEN: 't',
      AWS_PROFILE: 'p',
    });
    expect(await ambient()).toEqual({ accessKeyId: 'AKIAOLDEST', secretAccessKey: 's', sessionToken: 't' });
  });

  test('keys that a post step has blanked are none', async () => {
    const config = await file('config', '[default]', ...keys('AKIADEFAULT'));
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SESSION_TOKEN: '' });
    expect(await ambient({ configFiles: [config] })).toMatchObject({ accessKeyId: 'AKIADEFAULT' });
  });
});

describe("the instance's metadata service", () => {
  let metadata: Listening;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    metadata = await serve((request) => {
      asked.push(request);
      if (request.includes('/token')) return 'a-token';
      if (request.endsWith('/security-credentials/')) return 'instance';
      const Expiration = new Date(Date.now() + 3_600_000).toISOString();
      return { Code: 'Success', AccessKeyId: 'ASIAINSTANCE', SecretAccessKey: 's', Token: 't', Expiration };
    });
  });

  afterEach(() => metadata.close());

  test('is asked where it is configured, last of all', async () => {
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    expect(await ambient({ metadata: { endpoint: metadata.endpoint } })).toMatchObject({
      accessKeyId: 'ASIAINSTANCE',
    });
  });

  test('is asked in spite of the variable where the backend says so', async () => {
    expect(await ambient({ metadata: { endpoint: metadata.endpoint, enabled: true } })).toMatchObject({
      accessKeyId: 'ASIAINSTANCE',
    });
  });

  test('is not asked where the backend says so', async () => {
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    await expect(
      ambient({ metadata: { endpoint: metadata.endpoint, enabled: false } }),
    ).rejects.toMatchObject({
      problem: { kind: 'no-credentials' },
    });
    expect(asked).toEqual([]);
  });
});

/** A server that answers `method url` with what `answer` makes of it: text as it is, else JSON. */
async function serve(answer: (request: string) => string | object): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    const body = answer(`${request.method} ${request.url}`);
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return listen(server);
}
