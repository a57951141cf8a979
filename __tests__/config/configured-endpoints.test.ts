import { describe, expect, test } from '@jest/globals';
import { heardOfProfile } from '../../src/config/configured-endpoints.js';
import type { Environment } from '../../src/config/environment.js';
import { problemsOf, settingsOf } from './environment.js';

const at = (host: string) => `https://${host}.example.com`;

/** A profile that says everything. */
const PROFILE = {
  name: 'p',
  settings: { endpoint_url: at('profile') },
  services: { 's3.endpoint_url': at('services-s3'), 'dynamodb.endpoint_url': at('services-dynamodb') },
};
const { name, settings } = PROFILE;
const WITHOUT_SERVICES = { name, settings, services: {} };

function endpointsOf(
  values: Readonly<Record<string, string>>,
  variables: Environment,
  profile: typeof PROFILE | typeof WITHOUT_SERVICES = PROFILE,
) {
  const { s3Endpoint, dynamodbEndpoint } = settingsOf(values, variables, { profile }).backend;
  return [s3Endpoint, dynamodbEndpoint];
}

/** From the last that is asked to the first. */
const ORDER = [
  [{}, {}, [at('services-s3'), at('services-dynamodb')]],
  [{}, { AWS_ENDPOINT_URL: at('all') }, [at('all'), at('all')]],
  [
    {},
    { AWS_ENDPOINT_URL: at('all'), AWS_S3_ENDPOINT: at('old-s3'), AWS_DYNAMODB_ENDPOINT: at('old-dynamodb') },
    [at('old-s3'), at('old-dynamodb')],
  ],
  [
    {},
    {
      AWS_S3_ENDPOINT: at('old-s3'),
      AWS_DYNAMODB_ENDPOINT: at('old-dynamodb'),
      AWS_ENDPOINT_URL_S3: at('s3'),
      AWS_ENDPOINT_URL_DYNAMODB: at('dynamodb'),
    },
    [at('s3'), at('dynamodb')],
  ],
  [
    { backend_config: `endpoints={s3="${at('attribute')}",dynamodb="${at('attribute')}"}` },
    { AWS_ENDPOINT_URL_S3: at('s3'), AWS_ENDPOINT_URL_DYNAMODB: at('dynamodb') },
    [at('attribute'), at('attribute')],
  ],
] as const;

describe('an endpoint is looked for in the order of Terraform', () => {
  test.each(ORDER)('%j, %j', (values, variables, endpoints) =>
    expect(endpointsOf(values, variables)).toEqual(endpoints),
  );

  test('at last in the profile itself', () =>
    expect(endpointsOf({}, {}, WITHOUT_SERVICES)).toEqual([at('profile'), at('profile')]));

  test('and services of a profile are passed by where AWS_ENDPOINT_URL is there, but empty', () => {
    expect(endpointsOf({}, { AWS_ENDPOINT_URL: '' })).toEqual([at('profile'), at('profile')]);
    const variables = { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_S3: '' };
    expect(endpointsOf({}, variables)).toEqual([at('services-s3'), at('profile')]);
  });

  test('which are the endpoints of the snapshots too', () =>
    expect(settingsOf({}, {}, { profile: PROFILE }).backup.s3Endpoint).toBe(at('services-s3')));
});

describe('what is to be ignored is AWS_ENDPOINT_URL and the profile, and not the variables of Terraform', () => {
  const IGNORE = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
  test.each([
    [{}, [undefined, undefined]],
    [{ AWS_ENDPOINT_URL: at('all') }, [undefined, undefined]],
    [{ AWS_S3_ENDPOINT: at('s3') }, [at('s3'), undefined]],
    [{ AWS_ENDPOINT_URL_DYNAMODB: at('dynamodb') }, [undefined, at('dynamodb')]],
  ])('%j', (variables, endpoints) => expect(endpointsOf({}, { ...IGNORE, ...variables })).toEqual(endpoints));

  test('by the profile, unless the environment says otherwise', () => {
    const ignoring = { ...PROFILE, settings: { ...settings, ignore_configured_endpoint_urls: 'true' } };
    expect(endpointsOf({}, {}, ignoring)).toEqual([undefined, undefined]);
    const variables = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'False' };
    expect(endpointsOf({}, variables, ignoring)[0]).toBe(at('services-s3'));
  });

  test('if it can be read', () =>
    expect(problemsOf({}, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'yes' })).toEqual([
      'Environment variable "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" must be true or false; got "yes".',
    ]));
});

test('an endpoint of the profile that cannot be one is refused by its place', () =>
  expect(
    problemsOf({}, {}, { profile: { name, settings: {}, services: { 's3.endpoint_url': 's3' } } }),
  ).toEqual([
    '"endpoint_url" of s3 in the services of profile "p" must be a URL such as https://s3.example.com; got "s3".',
  ]));

describe('what is followed of a profile is told by its place', () => {
  const reaching = { ...PROFILE, settings: { ...settings, use_fips_endpoint: 'false', max_attempts: '9' } };
  const heard = (env: Environment, profile?: typeof reaching) => heardOfProfile(env, { profile });
  const FIPS = '"use_fips_endpoint" of profile "p"';
  const SERVICES = ['s3', 'dynamodb'].map(
    (each) => `"endpoint_url" of ${each} in the services of profile "p"`,
  );

  test.each<[Environment, readonly string[]]>([
    [{}, [...SERVICES, FIPS]],
    [{ AWS_ENDPOINT_URL: '' }, ['"endpoint_url" of profile "p"', FIPS]],
    [{ AWS_S3_ENDPOINT: at('s3'), AWS_USE_FIPS_ENDPOINT: 'true' }, SERVICES.slice(1)],
    [{ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, [FIPS]],
  ])('%j', (env, places) => expect(heard(env, reaching)).toEqual(places));

  test('and nothing where there is none', () => expect(heard({})).toEqual([]));
});

describe('an endpoint that the AWS SDK finds by itself is refused', () => {
  const refused = (place: string, attribute: string) =>
    `${place} must not be set where "${attribute}" is on: the AWS SDK of Terraform fails with the two together. ` +
    "An endpoint that the backend's configuration or an input names is used as it stands.";
  const ALL = { AWS_ENDPOINT_URL: at('all') };
  const VARIABLE = 'Environment variable "AWS_ENDPOINT_URL"';
  const FIPS = { AWS_USE_FIPS_ENDPOINT: 'true' };
  const TABLE = { dynamodb_table: 'locks' };

  test.each([
    ['use_fips_endpoint', 'AWS_USE_FIPS_ENDPOINT'],
    ['use_dualstack_endpoint', 'AWS_USE_DUALSTACK_ENDPOINT'],
  ])('with %s', (attribute, variable) => {
    expect(problemsOf({}, { ...ALL, [variable]: 'true' })).toEqual([refused(VARIABLE, attribute)]);
    expect(problemsOf({}, { [variable]: 'true' }, { profile: WITHOUT_SERVICES })).toEqual([
      refused('"endpoint_url" of profile "p"', attribute),
    ]);
    expect(problemsOf({}, { ...ALL, [variable]: 'false' })).toEqual([]);
  });

  test.each<[Readonly<Record<string, string>>, Environment, readonly string[]]>([
    // Also behind another, which goes before it.
    [{ endpoint: at('s3') }, ALL, ['AWS_ENDPOINT_URL']],
    [{}, { ...ALL, AWS_S3_ENDPOINT: at('s3') }, ['AWS_ENDPOINT_URL']],
    [{}, { AWS_ENDPOINT_URL_S3: at('s3') }, ['AWS_ENDPOINT_URL_S3']],
    [TABLE, { ...ALL, AWS_ENDPOINT_URL_S3: at('s3') }, ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL']],
    [TABLE, { AWS_ENDPOINT_URL_DYNAMODB: at('dynamodb') }, ['AWS_ENDPOINT_URL_DYNAMODB']],
    [{}, { AWS_ENDPOINT_URL_DYNAMODB: at('dynamodb') }, []],
    // Those that only Terraform finds are used as they stand, and so are those that the SDK is to ignore.
    [{ ...TABLE, endpoint: at('s3') }, { AWS_DYNAMODB_ENDPOINT: at('dynamodb') }, []],
    [{}, { AWS_S3_ENDPOINT: at('s3') }, []],
    [TABLE, { ...ALL, AWS_ENDPOINT_URL_S3: at('s3'), AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, []],
  ])('of %j and %j: %j', (values, variables, names) => {
    const problems = problemsOf(values, { ...FIPS, ...variables });
    expect(problems).toEqual(
      names.map((each) => refused(`Environment variable "${each}"`, 'use_fips_endpoint')),
    );
  });
});
