import { describe, expect, test } from '@jest/globals';
import type { Environment } from '../../src/config/environment.js';
import type { CredentialSource } from '../../src/config/settings.js';
import { problemsOf, settingsOf } from './environment.js';

const INPUT_KEYS = { access_key: 'AKIAINPUT', secret_key: 'input+secret' };
const ENV_KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 'env+secret' };
const OF_INPUT = { kind: 'keys', accessKeyId: 'AKIAINPUT', secretAccessKey: 'input+secret' } as const;
const OF_ENV = { kind: 'keys', accessKeyId: 'AKIAENV', secretAccessKey: 'env+secret' } as const;
const AMBIENT = { kind: 'ambient' } as const;

describe('of several sources of credentials the right one is taken', () => {
  test.each<[string, Record<string, string>, Environment, CredentialSource]>([
    ['nothing', {}, {}, AMBIENT],
    ['keys as inputs', INPUT_KEYS, {}, OF_INPUT],
    ['with a token', { ...INPUT_KEYS, token: 't' }, {}, { ...OF_INPUT, sessionToken: 't' }],
    ['keys as inputs win over all', { ...INPUT_KEYS, profile: 'p' }, ENV_KEYS, OF_INPUT],
    ['and take no token of others', INPUT_KEYS, { ...ENV_KEYS, AWS_SESSION_TOKEN: 't' }, OF_INPUT],
    [
      'a profile wins over keys of the environment',
      { profile: 'p' },
      ENV_KEYS,
      { kind: 'profile', profile: 'p' },
    ],
    ['keys of the environment', {}, ENV_KEYS, OF_ENV],
    [
      'with a token',
      {},
      { ...ENV_KEYS, AWS_SESSION_TOKEN: 't', AWS_SECURITY_TOKEN: 'older' },
      { ...OF_ENV, sessionToken: 't' },
    ],
    [
      'with a token under its older name',
      {},
      { ...ENV_KEYS, AWS_SESSION_TOKEN: '', AWS_SECURITY_TOKEN: 'older' },
      { ...OF_ENV, sessionToken: 'older' },
    ],
    [
      'keys under their oldest names, as in the SDK of Terraform',
      {},
      { AWS_ACCESS_KEY: 'AKIAENV', AWS_SECRET_KEY: 'env+secret', AWS_SESSION_TOKEN: 't' },
      { ...OF_ENV, sessionToken: 't' },
    ],
    ['they win over AWS_PROFILE', {}, { ...ENV_KEYS, AWS_PROFILE: 'p' }, OF_ENV],
    ['and over a file without profile', { shared_credentials_file: '/f' }, ENV_KEYS, OF_ENV],
    ['half a pair is no pair', {}, { AWS_ACCESS_KEY_ID: 'AKIAENV' }, AMBIENT],
    ['half a pair is no pair', {}, { AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' }, AMBIENT],
    ['AWS_PROFILE alone is left to the SDK', {}, { AWS_PROFILE: 'p' }, AMBIENT],
    ['so is AWS_SHARED_CREDENTIALS_FILE', {}, { AWS_SHARED_CREDENTIALS_FILE: '/f' }, AMBIENT],
    ['and both', {}, { AWS_PROFILE: 'p', AWS_SHARED_CREDENTIALS_FILE: '~root/f' }, AMBIENT],
  ])('%s', (_, values, variables, source) => {
    expect(settingsOf(values, variables).credentials).toEqual(source);
  });
});

describe('a profile is read from the file that is meant', () => {
  const profile = (name: string, file: string): CredentialSource => ({
    kind: 'profile',
    profile: name,
    credentialsFiles: [file],
  });
  test.each<[Record<string, string>, Environment, CredentialSource]>([
    [{ profile: 'p', shared_credentials_file: '/f' }, { AWS_PROFILE: 'q' }, profile('p', '/f')],
    [{ profile: 'p' }, { AWS_SHARED_CREDENTIALS_FILE: '~/f' }, profile('p', '/home/runner/f')],
    [{ profile: 'p', aws_creds_path: '/f' }, { AWS_SHARED_CREDENTIALS_FILE: '/g' }, profile('p', '/f')],
    [{ shared_credentials_file: '~/f' }, {}, profile('default', '/home/runner/f')],
    [{ shared_credentials_file: '$DIR/f' }, { DIR: '/d' }, profile('default', '/d/f')],
    [{ aws_creds_path: '/f' }, { AWS_PROFILE: 'q' }, profile('q', '/f')],
    [{ aws_creds_path: '/f' }, { AWS_ACCESS_KEY_ID: 'AKIAENV' }, profile('default', '/f')],
    [
      { aws_creds_path: '~/f', shared_credentials_file: '/home/runner/f' },
      {},
      profile('default', '/home/runner/f'),
    ],
  ])('%j, %j', (values, variables, source) => {
    expect(settingsOf(values, variables).credentials).toEqual(source);
  });
});

describe('credentials that cannot be are refused, with the reason', () => {
  const alone = 'inputs are not completed from the environment.';
  const word = 'must be one word without spaces and line breaks';
  test.each<[Record<string, string>, Environment, string[]]>([
    [{ access_key: 'AKIA' }, ENV_KEYS, [`Input "secret_key" is required with "access_key": ${alone}`]],
    [{ secret_key: 's' }, ENV_KEYS, [`Input "access_key" is required with "secret_key": ${alone}`]],
    [
      { token: 't' },
      ENV_KEYS,
      [
        `Input "access_key" is required with "token": ${alone}`,
        `Input "secret_key" is required with "token": ${alone}`,
      ],
    ],
    [{ ...INPUT_KEYS, secret_key: 'hush\nhush' }, {}, [`Input "secret_key" ${word}; got 9 characters.`]],
    [{ ...INPUT_KEYS, access_key: 'A B' }, {}, [`Input "access_key" ${word}; got 3 characters.`]],
    [{ ...INPUT_KEYS, token: 'a b c' }, {}, [`Input "token" ${word}; got 5 characters.`]],
    [
      {},
      { ...ENV_KEYS, AWS_SECURITY_TOKEN: 'a b c' },
      [`Environment variable "AWS_SECURITY_TOKEN" ${word}; got 5 characters.`],
    ],
    [
      { shared_credentials_file: '~/f', aws_creds_path: '/g' },
      {},
      ['Inputs "shared_credentials_file" and "aws_creds_path" must name one file; got "~/f" and "/g".'],
    ],
    [
      { aws_creds_path: '~root/f' },
      {},
      [
        'Input "aws_creds_path" must be a path, where "~" stands for your own home directory only; got "~root/f".',
      ],
    ],
    [
      { profile: 'p' },
      { AWS_SHARED_CREDENTIALS_FILE: '$NOT_SET/f' },
      [
        'Environment variable "AWS_SHARED_CREDENTIALS_FILE" must be a path of variables that are set, ' +
          'and "NOT_SET" is not; got "$NOT_SET/f".',
      ],
    ],
  ])('%j, %j', (values, variables, problems) => {
    expect(problemsOf(values, variables)).toEqual(problems);
  });
});
