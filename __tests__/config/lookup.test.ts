import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import { parseSettings } from '../../src/config/inputs.js';
import { HOME, inputs, problemsOf, settingsOf } from './environment.js';
import * as scenes from './sources/scene.js';

/** The settings of HCL in a file that `backend_config` names. */
const ofBackend = (hcl: string, env: Readonly<Record<string, string>> = {}) =>
  scenes.settingsOf('f', {
    files: { '/w/f': hcl },
    inputs: { bucket: 'states', key: 'k', region: 'eu-central-1' },
    env,
  });

describe('the token service', () => {
  test('is asked in the region of the state, at its usual address', () => {
    expect(settingsOf().lookup.sts).toEqual({ region: 'us-east-1' });
  });

  test.each([['endpoints = { sts = "https://sts.example" }'], ['sts_endpoint = "https://sts.example"']])(
    'is asked where the backend says (%s)',
    (hcl) => {
      expect(ofBackend(`${hcl}\nsts_region = "us-west-1"`).lookup.sts).toEqual({
        region: 'us-west-1',
        endpoint: 'https://sts.example',
      });
    },
  );

  test.each([
    [
      { AWS_ENDPOINT_URL_STS: 'https://a.example', AWS_STS_ENDPOINT: 'https://b.example' },
      'https://a.example',
    ],
    [{ AWS_STS_ENDPOINT: 'https://b.example', AWS_ENDPOINT_URL: 'https://c.example' }, 'https://b.example'],
    [{ AWS_ENDPOINT_URL: 'https://c.example' }, 'https://c.example'],
  ])('is asked where the environment says: %j', (variables: Record<string, string>, endpoint) => {
    expect(settingsOf({}, variables).lookup.sts).toEqual({ region: 'us-east-1', endpoint });
  });
});

describe('the token service of a profile', () => {
  const env = inputs({ bucket: 'states', key: 'k', region: 'us-east-1' });
  const settings = { endpoint_url: 'https://all.example' };
  const endpointOf = (services: Readonly<Record<string, string>>, variables: Environment = {}) =>
    parseSettings({ ...env, ...variables }, { homeDir: HOME, profile: { name: 'p', settings, services } })
      .lookup.sts.endpoint;

  test('is that of its services, else that of all services', () => {
    expect(endpointOf({ 'sts.endpoint_url': 'https://sts.example' })).toBe('https://sts.example');
    expect(endpointOf({})).toBe('https://all.example');
  });

  test('is not asked where endpoints of profiles are to be ignored', () => {
    const variables = {
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_ENDPOINT_URL: 'https://env.example',
    };
    expect(endpointOf({ 'sts.endpoint_url': 'https://sts.example' }, variables)).toBeUndefined();
  });
});

describe('shared files', () => {
  test('of the backend are read in the order of their names, from where Terraform runs', () => {
    const hcl = 'shared_config_files = ["~/b", "$DIR/c", "a", "a"]\nshared_credentials_files = ["y", "/x"]';
    const { lookup, credentials } = ofBackend(hcl, { DIR: '/d' });
    expect(lookup.configFiles).toEqual(['/d/c', '/w/a', `${HOME}/b`]);
    expect(credentials).toEqual({ kind: 'profile', profile: 'default', credentialsFiles: ['/x', '/w/y'] });
  });

  test('that are an empty list are none', () => {
    const { lookup, credentials } = ofBackend('shared_config_files = []\nshared_credentials_files = []');
    expect(lookup).not.toHaveProperty('configFiles', expect.anything());
    expect(credentials).toEqual({ kind: 'ambient' });
  });

  test.each([
    [{ AWS_SHARED_CONFIG_FILE: '~/a', AWS_CONFIG_FILE: '/b' }, `${HOME}/a`],
    [{ AWS_CONFIG_FILE: '/b' }, '/b'],
  ])('of the environment are one path: %j', (variables: Record<string, string>, path) => {
    expect(settingsOf({}, variables).lookup.configFiles).toEqual([path]);
  });

  test('that need a variable that is not set are refused', () => {
    expect(() => ofBackend('shared_config_files = ["$NO/f"]')).toThrow('a path of variables that are set');
  });
});

describe('the metadata service', () => {
  test('is what the backend says', () => {
    const hcl = `
      ec2_metadata_service_endpoint      = "http://127.0.0.1:1"
      ec2_metadata_service_endpoint_mode = "IPv6"
      skip_metadata_api_check            = true`;
    expect(ofBackend(hcl).lookup.metadata).toEqual({
      endpoint: 'http://127.0.0.1:1',
      endpointMode: 'IPv6',
      enabled: false,
    });
    expect(ofBackend('skip_metadata_api_check = false').lookup.metadata).toMatchObject({ enabled: true });
    expect(ofBackend('').lookup.metadata).toEqual({});
  });

  test('has the older variable of Terraform for its address', () => {
    const variables = { AWS_METADATA_URL: 'http://127.0.0.1:1' };
    expect(settingsOf({}, variables).lookup.metadata).toEqual({ endpoint: 'http://127.0.0.1:1' });
  });

  test('has two modes', () => {
    expect(problemsOf({}, { AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE: 'v4' })).toEqual([
      expect.stringContaining('must be IPv4 or IPv6; got "v4".'),
    ]);
  });
});

test('the oldest variable of a profile is one too', () => {
  expect(settingsOf({ shared_credentials_file: '/f' }, { AWS_DEFAULT_PROFILE: 'p' }).credentials).toEqual({
    kind: 'profile',
    profile: 'p',
    credentialsFiles: ['/f'],
  });
});
