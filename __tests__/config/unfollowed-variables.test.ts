import { describe, expect, test } from '@jest/globals';
import { VARIABLES } from '../../src/config/attributes/variables.js';
import type { Environment } from '../../src/config/environment.js';
import type { CredentialSource } from '../../src/config/settings.js';
import { unfollowedVariables } from '../../src/config/unfollowed-variables.js';
import { problemsOf, settingsOf } from './environment.js';

const AMBIENT: CredentialSource = { kind: 'ambient' };
const KEYS: CredentialSource = { kind: 'keys', accessKeyId: 'a', secretAccessKey: 's' };

/** The names of the variables of which something is said, in one list. */
function toldOf(env: Environment, credentials = AMBIENT): string[] {
  const { warnings, problems } = unfollowedVariables(env, credentials);
  return [...warnings, ...problems].map((sentence) => /variable "(\w+)"/.exec(sentence)?.[1] ?? sentence);
}

test('without any, nothing is said', () => {
  expect(unfollowedVariables({}, AMBIENT)).toEqual({ warnings: [], problems: [] });
  expect(toldOf({ AWS_METADATA_URL: ' ', AWS_STS_ENDPOINT: '' })).toEqual([]);
});

describe('a variable that Terraform follows and Lockkeeper does not', () => {
  test.each(['AWS_METADATA_URL', 'AWS_STS_ENDPOINT', 'AWS_WEB_IDENTITY_TOKEN'])(
    '%s gets a warning that names it',
    (name) => {
      const { warnings, problems } = unfollowedVariables({ [name]: 'true' }, AMBIENT);
      expect(warnings).toEqual([expect.stringContaining(`Environment variable "${name}" `)]);
      expect(problems).toEqual([]);
    },
  );

  test.each([[{ AWS_DEFAULT_PROFILE: 'prod' }], [{ AWS_SHARED_CONFIG_FILE: '/etc/aws' }]])(
    'is refused where it could lead to another place: %j',
    (variables: Record<string, string>) => {
      const [name] = Object.keys(variables);
      expect(problemsOf({}, variables)).toEqual([expect.stringContaining(`Environment variable "${name}" `)]);
    },
  );
});

describe('nothing is said', () => {
  const silent = Object.entries(VARIABLES).filter(([, { environment }]) =>
    ['followed', 'without-effect'].includes(environment),
  );

  test.each(silent)('of %s, which is followed or changes nothing', (name) =>
    expect(toldOf({ [name]: 'true' })).toEqual([]),
  );

  test.each<[Environment]>([
    [{ AWS_DEFAULT_PROFILE: 'dev', AWS_PROFILE: 'prod' }],
    [{ AWS_DEFAULT_PROFILE: 'dev', INPUT_PROFILE: 'prod' }],
    [{ AWS_DEFAULT_PROFILE: 'dev', AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }],
    [{ AWS_SHARED_CONFIG_FILE: '/etc/aws', AWS_CONFIG_FILE: '/etc/aws' }],
    [{ AWS_STS_ENDPOINT: 'https://a.example', AWS_ENDPOINT_URL_STS: 'https://b.example' }],
    [{ AWS_METADATA_URL: 'http://a.example', AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://b.example' }],
    [{ AWS_WEB_IDENTITY_TOKEN: 'token', AWS_WEB_IDENTITY_TOKEN_FILE: '/token' }],
  ])('where it does not count: %j', (env) => expect(toldOf(env)).toEqual([]));

  test('of who signs, where the keys are given outright', () => {
    const env = {
      AWS_DEFAULT_PROFILE: 'dev',
      AWS_SHARED_CONFIG_FILE: '/etc/aws',
      AWS_METADATA_URL: 'http://a.example',
      AWS_STS_ENDPOINT: 'http://a.example',
      AWS_WEB_IDENTITY_TOKEN: 'token',
    };
    expect(toldOf(env, KEYS)).toEqual([]);
    expect(toldOf(env).sort()).toEqual(Object.keys(env).sort());
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env+secret' };
    expect(problemsOf({}, { ...env, ...keys })).toEqual([]);
    expect(problemsOf({ profile: 'p' }, { ...env, ...keys })).toEqual([
      expect.stringContaining('"AWS_SHARED_CONFIG_FILE"'),
    ]);
  });
});

test('the oldest names of the keys are followed, as the SDK of Terraform does', () => {
  const variables = { AWS_ACCESS_KEY: 'AKIAOLD', AWS_SECRET_KEY: 'old+secret', AWS_SESSION_TOKEN: 't' };
  expect(settingsOf({}, variables).credentials).toEqual({
    kind: 'keys',
    accessKeyId: 'AKIAOLD',
    secretAccessKey: 'old+secret',
    sessionToken: 't',
  });
});
