import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import { issueCertificate } from '../../testing/certificates.js';
import { REACH } from '../../testing/test-data.js';
import { HOME, problemsOf, settingsOf } from './environment.js';

const profileWith = (settings: Readonly<Record<string, string>>) => ({
  name: 'default',
  settings,
  services: {},
});
const configured = (...lines: readonly string[]) => ({ backend_config: lines.join('\n') });

test('AWS is reached as usual where nothing is said', () => expect(settingsOf().reach).toEqual(REACH));

describe.each([
  ['fips', 'use_fips_endpoint', 'AWS_USE_FIPS_ENDPOINT'],
  ['dualstack', 'use_dualstack_endpoint', 'AWS_USE_DUALSTACK_ENDPOINT'],
] as const)('%s is on', (name, attribute, variable) => {
  test.each<[string, readonly string[], Environment, Readonly<Record<string, string>>, boolean]>([
    ['by the attribute', [`${attribute}=true`], {}, {}, true],
    ['by the attribute, over the environment', [`${attribute}=true`], { [variable]: 'false' }, {}, true],
    ['by the environment', [], { [variable]: 'true' }, {}, true],
    [
      'by the environment, though the attribute is false',
      [`${attribute}=0`],
      { [variable]: 'True' },
      {},
      true,
    ],
    ['by the profile', [], {}, { [attribute]: 'true' }, true],
    [
      'by the profile, though the attribute is false',
      [`${attribute}=false`],
      {},
      { [attribute]: 'true' },
      true,
    ],
    [
      'not by the profile, where the environment says no',
      [],
      { [variable]: 'false' },
      { [attribute]: 'true' },
      false,
    ],
    ['not by the other', [`use_${name === 'fips' ? 'dualstack' : 'fips'}_endpoint=true`], {}, {}, false],
  ])('%s', (_, lines, variables, profile, isOn) => {
    const { reach } = settingsOf(configured(...lines), variables, { profile: profileWith(profile) });
    expect(reach[name]).toBe(isOn);
  });

  test('if it can be read', () =>
    expect(problemsOf({}, { [variable]: 'yes' })).toEqual([
      `Environment variable "${variable}" must be true or false; got "yes".`,
    ]));
});

describe('retry_mode', () => {
  test.each<[readonly string[], Environment, Readonly<Record<string, string>>, string]>([
    [['retry_mode=adaptive'], { AWS_RETRY_MODE: 'standard' }, {}, 'adaptive'],
    [[], { AWS_RETRY_MODE: 'adaptive' }, { retry_mode: 'standard' }, 'adaptive'],
    [[], {}, { retry_mode: 'adaptive' }, 'adaptive'],
  ])('%j, %j, profile %j: %s', (lines, variables, profile, mode) => {
    const { reach } = settingsOf(configured(...lines), variables, { profile: profileWith(profile) });
    expect(reach.retryMode).toBe(mode);
  });

  test.each(['legacy', 'Standard'])('is refused as Terraform refuses it: %s', (mode) => {
    expect(problemsOf({}, { AWS_RETRY_MODE: mode })).toEqual([
      `Environment variable "AWS_RETRY_MODE" must be standard or adaptive; got "${mode}".`,
    ]);
    expect(problemsOf({}, {}, { profile: profileWith({ retry_mode: mode }) })).toEqual([
      `"retry_mode" of profile "default" must be standard or adaptive; got "${mode}".`,
    ]);
  });
});

describe('how often a request is sent', () => {
  test.each<[string, Environment, Readonly<Record<string, string>>, number]>([
    ['7', { AWS_MAX_ATTEMPTS: '9' }, { max_attempts: '8' }, 7],
    ['', { AWS_MAX_ATTEMPTS: '9' }, {}, 5],
    ['0', { AWS_MAX_ATTEMPTS: '9' }, { max_attempts: '8' }, 9],
    ['0', {}, { max_attempts: '8' }, 8],
    ['0', { AWS_MAX_ATTEMPTS: '0' }, {}, 3],
    ['5', { AWS_MAX_ATTEMPTS: 'many' }, {}, 5],
  ])('with max_retries %j, %j and profile %j: %d times', (max_retries, variables, profile, attempts) => {
    const { backend } = settingsOf({ max_retries }, variables, { profile: profileWith(profile) });
    expect(backend.maxAttempts).toBe(attempts);
  });

  test('is refused where it counts and is no number', () =>
    expect(problemsOf({ max_retries: '0' }, { AWS_MAX_ATTEMPTS: 'many' })).toEqual([
      'Environment variable "AWS_MAX_ATTEMPTS" must be a whole number, 0 or more; got "many".',
    ]));
});

describe('custom_ca_bundle', () => {
  const bundle = async () => (await issueCertificate(['s3.example.com'])).ca;

  test.each<
    [string, Readonly<Record<string, string>>, Environment, Readonly<Record<string, string>>, string]
  >([
    ['the attribute', configured('custom_ca_bundle=/a.pem'), { AWS_CA_BUNDLE: '/b.pem' }, {}, '/a.pem'],
    ['the environment', {}, { AWS_CA_BUNDLE: '/b.pem' }, { ca_bundle: '/c.pem' }, '/b.pem'],
    [
      'the environment, where the attribute is empty',
      configured('custom_ca_bundle='),
      { AWS_CA_BUNDLE: '/b.pem' },
      {},
      '/b.pem',
    ],
    ['the profile', {}, {}, { ca_bundle: '/c.pem' }, '/c.pem'],
    ['home', configured('custom_ca_bundle=~/a.pem'), {}, {}, `${HOME}/a.pem`],
    ['a variable', configured('custom_ca_bundle=$CERTS/a.pem'), { CERTS: '/certs' }, {}, '/certs/a.pem'],
    [
      'where Terraform runs',
      { ...configured('custom_ca_bundle=../a.pem'), working_directory: 'infra/net' },
      {},
      {},
      '/w/infra/a.pem',
    ],
  ])('is found by %s', async (_, values, variables, profile, path) => {
    const surroundings = { profile: profileWith(profile), files: { [path]: await bundle() } };
    expect(settingsOf(values, variables, surroundings).reach.caBundle).toBe(path);
  });

  test('is refused where it cannot be read, or has no certificate', async () => {
    const { key } = await issueCertificate(['s3.example.com']);
    const files = { '/key.pem': key, '/broken.pem': (await bundle()).replace(/\n[A-Za-z]/, '\n*') };
    expect(problemsOf(configured('custom_ca_bundle=/gone.pem'), {}, { files })).toEqual([
      '"custom_ca_bundle" in line 1 of input "backend_config" must be a file of certificates that can be read; got "/gone.pem".',
    ]);
    expect(problemsOf({}, { AWS_CA_BUNDLE: '/key.pem' }, { files })).toEqual([
      'Environment variable "AWS_CA_BUNDLE" must be a file with a certificate in PEM; got "/key.pem", which has none.',
    ]);
    const profile = profileWith({ ca_bundle: '/broken.pem' });
    expect(problemsOf({}, {}, { files, profile })).toEqual([
      '"ca_bundle" of profile "default" must be a file with a certificate in PEM; got "/broken.pem", which has none.',
    ]);
  });
});
