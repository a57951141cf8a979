import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccessKey } from '../../../src/config/settings.js';
import { BackendError } from '../../../src/job/backend-error.js';
import { identityFrom } from '../../../src/stores/aws/identities/identity-from.js';
import { resumedIdentity } from '../../../src/stores/aws/identities/resumed-identity.js';
import { resolveCredentials } from '../../../src/stores/aws/identity.js';
import { testSurroundings } from '../../../testing/surroundings.js';

const MAIN: AccessKey = {
  accessKeyId: 'AKIAMAIN',
  secretAccessKey: 'main secret',
  sessionToken: 'main token',
};
const AMBIENT =
  'the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY), a web identity (AWS_WEB_IDENTITY_TOKEN_FILE), ' +
  'the shared configuration files (AWS_PROFILE or "default"), the container (AWS_CONTAINER_CREDENTIALS_…) ' +
  'and the instance metadata';

let folder: string;
let environment: NodeJS.ProcessEnv;

/** An environment without any credentials; what the machine has is put back afterwards. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockkeeper-credentials-'));
  environment = { ...process.env };
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_')))
    delete process.env[name];
  Object.assign(process.env, {
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});

afterEach(async () => {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  await rm(folder, { recursive: true });
});

async function credentialsFile(profile: string, accessKeyId: string): Promise<string> {
  const path = join(folder, 'credentials');
  const lines = [
    `[${profile}]`,
    `aws_access_key_id = ${accessKeyId}`,
    'aws_secret_access_key = from the file',
  ];
  await writeFile(path, `${lines.join('\n')}\n`);
  return path;
}

function exportKeys(accessKeyId: string): void {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'from the environment',
  });
}

describe('keys that were given', () => {
  test('are the credentials, with their token', async () => {
    const identity = identityFrom({ kind: 'keys', ...MAIN }, testSurroundings());
    expect(await identity.provide()).toEqual(MAIN);
    expect(identity.described).toBe('the access key that was given');
  });

  test('without a token are without one', async () => {
    const { sessionToken: _, ...pair } = MAIN;
    expect(await identityFrom({ kind: 'keys', ...pair }, testSurroundings()).provide()).toEqual(pair);
  });
});

describe('a profile', () => {
  test('is looked up in the file that was given', async () => {
    const file = await credentialsFile('deploy', 'AKIAFILE');
    const identity = identityFrom(
      { kind: 'profile', profile: 'deploy', credentialsFiles: [file] },
      testSurroundings(),
    );
    expect(await resolveCredentials(identity)).toEqual({
      accessKeyId: 'AKIAFILE',
      secretAccessKey: 'from the file',
    });
  });

  test('is looked up in the shared files, if none was given', async () => {
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = await credentialsFile('deploy', 'AKIASHARED');
    const identity = identityFrom({ kind: 'profile', profile: 'deploy' }, testSurroundings());
    expect(await identity.provide()).toMatchObject({ accessKeyId: 'AKIASHARED' });
    expect(identity.described).toBe('profile "deploy" in the shared configuration files');
  });

  test('is not the environment’s', async () => {
    exportKeys('AKIAENV');
    const file = await credentialsFile('deploy', 'AKIAFILE');
    const identity = identityFrom(
      { kind: 'profile', profile: 'deploy', credentialsFiles: [file] },
      testSurroundings(),
    );
    expect(await identity.provide()).toMatchObject({ accessKeyId: 'AKIAFILE' });
  });

  test('is read again every time: another tool may write fresh credentials into the file', async () => {
    const file = await credentialsFile('deploy', 'AKIAOLD');
    const identity = identityFrom(
      { kind: 'profile', profile: 'deploy', credentialsFiles: [file] },
      testSurroundings(),
    );
    await identity.provide();
    await credentialsFile('deploy', 'AKIANEW');
    expect(await identity.provide()).toMatchObject({ accessKeyId: 'AKIANEW' });
  });
});

describe('the ambient chain', () => {
  test('begins with the environment', async () => {
    exportKeys('AKIAENV');
    expect(await identityFrom({ kind: 'ambient' }, testSurroundings()).provide()).toMatchObject({
      accessKeyId: 'AKIAENV',
    });
  });

  test('is looked through once: that may cost a request', async () => {
    exportKeys('AKIAENV');
    const identity = identityFrom({ kind: 'ambient' }, testSurroundings());
    const first = await identity.provide();
    exportKeys('AKIALATER');
    expect(await identity.provide()).toBe(first);
  });

  test('goes on to the shared files', async () => {
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = await credentialsFile('default', 'AKIASHARED');
    expect(await identityFrom({ kind: 'ambient' }, testSurroundings()).provide()).toMatchObject({
      accessKeyId: 'AKIASHARED',
    });
  });
});

describe('no credentials are an error that says where they were looked for', () => {
  const problemOf = async (identity: Parameters<typeof resolveCredentials>[0]) => {
    const error: unknown = await resolveCredentials(identity).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BackendError);
    expect(error).toHaveProperty('cause');
    return (error as BackendError).problem;
  };

  test('a profile that the file does not have', async () => {
    const file = await credentialsFile('deploy', 'AKIAFILE');
    const identity = identityFrom(
      { kind: 'profile', profile: 'other', credentialsFiles: [file] },
      testSurroundings(),
    );
    expect(await problemOf(identity)).toEqual({
      kind: 'no-credentials',
      tried: `profile "other" in ${file}`,
      detail: expect.stringContaining('other'),
    });
  });

  test('nothing in the whole chain', async () => {
    expect(await problemOf(identityFrom({ kind: 'ambient' }, testSurroundings()))).toEqual({
      kind: 'no-credentials',
      tried: AMBIENT,
      detail: 'Could not load credentials from any providers',
    });
  });

  test('a source that throws what is no error', async () => {
    const provide = () => Promise.reject('nothing');
    expect(await problemOf({ described: 'a vault', provide })).toEqual({
      kind: 'no-credentials',
      tried: 'a vault',
      detail: 'nothing',
    });
  });
});

describe('the identity of main, in post', () => {
  test('is what main used, whatever a later step exported', async () => {
    exportKeys('AKIALATER');
    const identity = resumedIdentity(MAIN, { kind: 'ambient' }, testSurroundings());
    expect(await identity.provide()).toMatchObject(MAIN);
    expect(await resolveCredentials(identity)).toEqual(MAIN);
  });

  test('counts as expired from the beginning, so that the SDK asks again after a renewal', async () => {
    expect(await resumedIdentity(MAIN, { kind: 'ambient' }, testSurroundings()).provide()).toHaveProperty(
      'expiration',
      new Date(0),
    );
  });

  test('is what its source gives now, once the service did not take it any more; there is no third', async () => {
    exportKeys('AKIAFRESH');
    const identity = resumedIdentity(MAIN, { kind: 'ambient' }, testSurroundings());
    expect(identity.isAnother?.()).toBe(false);
    for (const _ of [1, 2]) {
      identity.renew?.();
      expect(identity.isAnother?.()).toBe(true);
      expect(await identity.provide()).toMatchObject({ accessKeyId: 'AKIAFRESH' });
    }
  });

  test('is looked up in main’s profile again', async () => {
    exportKeys('AKIAENV');
    const file = await credentialsFile('deploy', 'AKIAFILE');
    const identity = resumedIdentity(
      MAIN,
      { kind: 'profile', profile: 'deploy', credentialsFiles: [file] },
      testSurroundings(),
    );
    identity.renew?.();
    expect(await identity.provide()).toMatchObject({ accessKeyId: 'AKIAFILE' });
    expect(identity.described).toBe(
      `the credentials of the main step (expired), then profile "deploy" in ${file}`,
    );
  });

  test('is the ambient one where main was given a key: a key has no source to ask again', async () => {
    exportKeys('AKIAENV');
    const identity = resumedIdentity(MAIN, { kind: 'keys', ...MAIN }, testSurroundings());
    identity.renew?.();
    expect(await identity.provide()).toMatchObject({ accessKeyId: 'AKIAENV' });
    expect(identity.described).toBe(`the credentials of the main step (expired), then ${AMBIENT}`);
  });
});
