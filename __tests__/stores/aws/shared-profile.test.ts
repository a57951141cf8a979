import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSharedProfile } from '../../../src/stores/aws/shared-profile.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockkeeper-profile-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** What is read of a profile where the files have these texts; a file without a text is not there. */
async function profileOf({ profile = 'default', ...texts }: Record<string, string>) {
  const path = (name: string) => join(folder, name);
  for (const [name, text] of Object.entries(texts)) await writeFile(path(name), text);
  const configFiles = [path('config'), path('config2')];
  return readSharedProfile({ profile, configFiles, credentialsFiles: [path('credentials')] });
}

test('nothing, where there are no files, or the profile is in none', async () => {
  expect(await profileOf({})).toBeUndefined();
  expect(await profileOf({ config: '[profile other]\nregion = x', credentials: '' })).toBeUndefined();
});

test.each([
  ['default', '[default]\nendpoint_url = https://a # its store\n'],
  ['prod', '[profile prod]\nendpoint_url=https://a\n[prod]\nendpoint_url=https://b\n'],
])('a profile of the configuration file (%s)', async (profile, config) =>
  expect(await profileOf({ profile, config })).toEqual({
    name: profile,
    settings: { endpoint_url: 'https://a' },
    services: {},
  }),
);

test('the services that the profile names', async () => {
  const config = `
[profile prod]
services = ours
[services ours]
s3 =
  endpoint_url = https://s3
  max_attempts = 1
dynamodb =
  endpoint_url = https://dynamodb
[services theirs]
s3 =
  endpoint_url = https://theirs
`;
  expect((await profileOf({ profile: 'prod', config }))?.services).toEqual({
    's3.endpoint_url': 'https://s3',
    's3.max_attempts': '1',
    'dynamodb.endpoint_url': 'https://dynamodb',
  });
});

describe('a profile that is in more than one file', () => {
  test('has of the credentials file what the SDK of Terraform takes from there, which goes first', async () => {
    const config = '[default]\nendpoint_url = https://a\nuse_fips_endpoint = false\nca_bundle = /a.pem\n';
    const credentials =
      '[default]\naws_access_key_id = k\nuse_fips_endpoint = true\nendpoint_url = https://b\nservices = s\nretry_mode = adaptive\n';
    expect((await profileOf({ config, credentials }))?.settings).toEqual({
      endpoint_url: 'https://a',
      use_fips_endpoint: 'true',
      ca_bundle: '/a.pem',
      retry_mode: 'adaptive',
    });
  });

  test('and in two configuration files', async () => {
    const config = '[profile x]\nendpoint_url = https://a\nretry_mode = standard\n';
    const config2 = '[profile x]\nendpoint_url = https://b\nretry_mode = adaptive\n[default]\nregion = r\n';
    expect((await profileOf({ profile: 'x', config, config2 }))?.settings).toEqual({
      endpoint_url: 'https://a',
      retry_mode: 'adaptive',
    });
    expect((await profileOf({ config, config2 }))?.settings).toEqual({ region: 'r' });
  });

  test('has all of it where the configuration file has no such profile', async () => {
    const credentials =
      '[default]\nendpoint_url = https://b\nservices = s\n[services s]\ns3 =\n  endpoint_url = https://s3\n';
    expect(await profileOf({ config: '[profile x]\na = b', credentials })).toEqual({
      name: 'default',
      settings: { endpoint_url: 'https://b', services: 's' },
      services: { 's3.endpoint_url': 'https://s3' },
    });
  });
});
