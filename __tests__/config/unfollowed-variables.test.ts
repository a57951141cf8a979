import { describe, expect, test } from '@jest/globals';
import { VARIABLES } from '../../src/config/attributes/variables.js';
import type { Environment } from '../../src/config/environment.js';
import { unfollowedVariables } from '../../src/config/unfollowed-variables.js';
import { problemsOf, settingsOf } from './environment.js';

/** The names of the variables of which something is said, in one list. */
function toldOf(env: Environment): string[] {
  const { warnings, problems } = unfollowedVariables(env);
  return [...warnings, ...problems].map((sentence) => /variable "(\w+)"/.exec(sentence)?.[1] ?? sentence);
}

test('without any, nothing is said', () => {
  expect(unfollowedVariables({})).toEqual({ warnings: [], problems: [] });
  expect(toldOf({ AWS_CA_BUNDLE: ' ', AWS_USE_FIPS_ENDPOINT: '' })).toEqual([]);
});

describe('a variable that Terraform follows and Lockkeeper does not', () => {
  test.each(['AWS_CA_BUNDLE', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_USE_FIPS_ENDPOINT'])(
    '%s gets a warning that names it',
    (name) => {
      const { warnings, problems } = unfollowedVariables({ [name]: 'true' });
      expect(warnings).toEqual([expect.stringContaining(`Environment variable "${name}" `)]);
      expect(problems).toEqual([]);
    },
  );

  test.each([[{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'https://s3.example.com' }]])(
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
    [{ AWS_CA_BUNDLE: '/ca.pem', NODE_EXTRA_CA_CERTS: '/ca.pem' }],
    [{ AWS_USE_FIPS_ENDPOINT: 'false', AWS_USE_DUALSTACK_ENDPOINT: 'False' }],
    [{ AWS_USE_FIPS_ENDPOINT: 'true', INPUT_ENDPOINT: 'https://s3-fips.us-east-1.amazonaws.com' }],
    [{ AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_ENDPOINT_URL_S3: 'https://s3.example.com' }],
    [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }],
    [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false', AWS_ENDPOINT_URL: 'https://s3.example.com' }],
  ])('where it does not count: %j', (env) => expect(toldOf(env)).toEqual([]));
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
