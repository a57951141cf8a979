import { expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import { profilePlace } from '../../src/config/shared-profile.js';
import { readBackendConfig } from '../../src/config/sources/backend-config.js';
import { HOME } from './environment.js';

const NONE = {
  read: () => undefined,
  list: () => undefined,
  modifiedAt: () => undefined,
  realPath: () => undefined,
  isWithin: () => true,
};

const placeOf = (env: Environment) =>
  profilePlace(env, {
    homeDir: HOME,
    backendConfig: readBackendConfig(env, { files: NONE, homeDir: HOME, jobStartedAt: 0 }),
  });

test('the default profile of the usual files', () =>
  expect(placeOf({})).toEqual({
    profile: 'default',
    configFiles: [`${HOME}/.aws/config`],
    credentialsFiles: [`${HOME}/.aws/credentials`],
  }));

test.each<[Environment, string]>([
  [{ INPUT_PROFILE: 'a', INPUT_BACKEND_CONFIG: 'profile=b', AWS_PROFILE: 'c' }, 'a'],
  [{ INPUT_BACKEND_CONFIG: 'profile=b', AWS_PROFILE: 'c' }, 'b'],
  [{ AWS_PROFILE: 'c', AWS_DEFAULT_PROFILE: 'd' }, 'c'],
  [{ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'd' }, 'd'],
])('the profile of %j is %s', (env, profile) => expect(placeOf(env).profile).toBe(profile));

test.each<[Environment, object]>([
  [{ AWS_CONFIG_FILE: '/etc/config' }, { configFiles: ['/etc/config'] }],
  [
    { AWS_CONFIG_FILE: '/etc/config', AWS_SHARED_CONFIG_FILE: '~/shared' },
    { configFiles: [`${HOME}/shared`] },
  ],
  [{ AWS_SHARED_CREDENTIALS_FILE: '$DIR/c', DIR: '/d' }, { credentialsFiles: ['/d/c'] }],
  [{ INPUT_SHARED_CREDENTIALS_FILE: '/c', AWS_SHARED_CREDENTIALS_FILE: '/d' }, { credentialsFiles: ['/c'] }],
  [
    {
      INPUT_BACKEND_CONFIG: 'shared_config_files=["b","/a"]\nshared_credentials_files=["c"]',
      GITHUB_WORKSPACE: '/w',
    },
    { configFiles: ['/a', '/w/b'], credentialsFiles: ['/w/c'] },
  ],
  // The error about it comes from whoever parses the credentials.
  [{ INPUT_SHARED_CREDENTIALS_FILE: '$NOT_SET/c' }, { credentialsFiles: [`${HOME}/.aws/credentials`] }],
])('the files of %j', (env, files) => expect(placeOf(env)).toMatchObject(files));
