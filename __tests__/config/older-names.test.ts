import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Settings } from '../../src/config/settings.js';
import { readLokocfg } from '../../src/config/sources/lokocfg/lokocfg.js';
import { HOME, settingsOf as settingsOfInputs } from './environment.js';
import { type ConfigScene, configOf, problemsOf, settingsOf } from './sources/scene.js';

const seed = (name: string) => readFileSync(`__tests__/data/seeds/${name}.txt`, 'utf8');

const [COMMAND = ''] = /^terraform remote config[^`]*/m.exec(seed('terraform-remote-config-s3')) ?? [];
const [COMMAND_LINE = '', BACKEND_LINE = '', ...CONFIG_LINES] = COMMAND.trimEnd().split('\n');
const [BLOCK = ''] = /^backend "s3"[^}]*(?=\n\nAttribute)/m.exec(seed('lokomotive-s3')) ?? [];

const STATE = { bucket: 'terraform-state-prod', statePath: 'network/terraform.tfstate', region: 'us-east-1' };

describe('the lines of terraform remote config', () => {
  test('with the option, its quotes and the end of the line, as they stand in the document', () => {
    expect(CONFIG_LINES).toHaveLength(3);
    expect(settingsOf(CONFIG_LINES.join('\n')).backend).toMatchObject(STATE);
    expect(configOf(CONFIG_LINES.join('\n')).remarks).toMatchObject({ cleanedLines: [1, 2, 3], quoted: [] });
  });

  test('with the quotes of the shell alone', () => {
    const lines = CONFIG_LINES.map((line) => line.replace(/^\s*-backend-config=|\s*\\$/g, ''));
    expect(lines[0]).toBe('"bucket=terraform-state-prod"');
    expect(settingsOf(lines.join('\n')).backend).toMatchObject(STATE);
  });

  test('the rest of the command is refused, with what to do', () => {
    const problem = (line: number) =>
      `What stands in line ${line} of input "backend_config" is a part of a command. Only what its -backend-config gets belongs there, a line for each.`;
    expect([COMMAND_LINE, BACKEND_LINE]).toEqual(['terraform remote config \\', '\t-backend=s3 \\']);
    expect(problemsOf(COMMAND)).toEqual([problem(1), problem(2)]);
  });

  const WITHOUT_REGION = 'bucket=states\nkey=k';
  test('AWS_DEFAULT_REGION stands in for region', () => {
    const region = (env: ConfigScene['env']) => settingsOf(WITHOUT_REGION, { env }).backend.region;
    expect(region({ AWS_DEFAULT_REGION: 'eu-west-1' })).toBe('eu-west-1');
    expect(region({ AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: 'eu-west-2' })).toBe('eu-west-2');
    expect(problemsOf(WITHOUT_REGION)).toEqual([
      'Input "region" is required, or the environment variable AWS_REGION or AWS_DEFAULT_REGION.',
    ]);
  });

  const IN_REGION = `${WITHOUT_REGION}\nregion=us-east-1`;
  test('AWS_S3_ENDPOINT stands in for endpoint', () => {
    const endpoint = (env: ConfigScene['env'], more = '') =>
      settingsOf(`${IN_REGION}\n${more}`, { env }).backend.s3Endpoint;
    const older = { AWS_S3_ENDPOINT: 'https://older.example.com' };
    expect(endpoint(older)).toBe('https://older.example.com');
    expect(endpoint({ ...older, AWS_ENDPOINT_URL_S3: 'https://newer.example.com' })).toBe(
      'https://newer.example.com',
    );
    expect(endpoint(older, '-backend-config="endpoint=https://line.example.com"')).toBe(
      'https://line.example.com',
    );
  });

  const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  const keys = (sessionToken: string | undefined) => ({
    kind: 'keys',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    sessionToken,
  });

  test('AWS_SECURITY_TOKEN stands in for token', () => {
    const credentials = (env: ConfigScene['env']) => settingsOf(IN_REGION, { env }).credentials;
    const older = { ...KEYS, AWS_SECURITY_TOKEN: 'older' };
    expect(credentials(older)).toEqual(keys('older'));
    expect(credentials({ ...older, AWS_SESSION_TOKEN: 'newer' })).toEqual(keys('newer'));
    expect(credentials(KEYS)).toEqual(keys(undefined));
  });

  test.each<[string, string, (settings: Settings) => unknown, unknown]>([
    ['encrypt', 'encrypt=1', ({ backend }) => backend.encryption, { kind: 'aes256' }],
    [
      'kms_key_id',
      'encrypt=true\nkms_key_id=alias/a',
      ({ backend }) => backend.encryption,
      { kind: 'kms', keyId: 'alias/a' },
    ],
    ['acl', 'acl=private', ({ backend }) => backend.acl, 'private'],
    [
      'access_key, secret_key and token',
      'access_key=id\nsecret_key=secret\ntoken=t',
      ({ credentials }) => credentials,
      keys('t'),
    ],
    [
      'profile and shared_credentials_file',
      'profile=p\nshared_credentials_file=~/creds',
      ({ credentials }) => credentials,
      { kind: 'profile', profile: 'p', credentialsFiles: [`${HOME}/creds`] },
    ],
  ])('%s', (_, lines, setting, value) => {
    const quoted = lines.split('\n').map((line) => `-backend-config="${line}" \\`);
    expect(setting(settingsOf(`${IN_REGION}\n${lines}`))).toEqual(value);
    expect(setting(settingsOf(`${IN_REGION}\n${quoted.join('\n')}`))).toEqual(value);
  });

  test('True is refused for encrypt, as by today’s init', () => {
    expect(problemsOf(`${IN_REGION}\nencrypt=True`)).toEqual([
      '"encrypt" in line 4 of input "backend_config" must be true or false; got "True".',
    ]);
  });
});

describe('the backend block of Lokomotive', () => {
  /** Of the example in the document, which lost its closing brace. */
  const reading = readLokocfg({
    folder: '/w',
    homeDir: HOME,
    files: [{ path: 's3_backend.lokocfg', text: `${BLOCK.trimEnd()}\n}\n` }],
    vars: undefined,
    readFile: () => undefined,
  });

  test('has the inputs of the same names', () => {
    if (reading.kind !== 's3') throw new Error(reading.kind);
    const texts = [...reading.attributes].map(([name, { value }]) => [
      name,
      value.kind === 'string' && value.text,
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      bucket: '<bucket_name>',
      key: '<path_in_s3_bucket>',
      region: '<aws_region>',
      aws_creds_path: '<aws_credentials_file_path>',
      dynamodb_table: '<dynamodb_table_name>',
    });
  });

  test('which mean the same', () => {
    const { backend, credentials, locking } = settingsOfInputs({
      bucket: 'lokomotive-state',
      key: 'mercury/terraform.tfstate',
      region: 'eu-central-1',
      aws_creds_path: '~/.aws/lokomotive',
      dynamodb_table: 'lokomotive-locks',
    });
    expect(backend).toMatchObject({
      bucket: 'lokomotive-state',
      statePath: 'mercury/terraform.tfstate',
      region: 'eu-central-1',
    });
    expect(credentials).toEqual({
      kind: 'profile',
      profile: 'default',
      credentialsFiles: [`${HOME}/.aws/lokomotive`],
    });
    expect(locking.lock).toEqual({ kind: 'dynamodb', table: 'lokomotive-locks' });
  });

  test('without dynamodb_table there is no lock', () => {
    expect(settingsOfInputs().locking.lock).toEqual({ kind: 'none' });
  });
});
