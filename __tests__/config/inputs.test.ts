import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { secretsIn } from '../../src/config/inputs.js';
import { inputs, problemsOf, settingsOf } from './environment.js';

const SECRETS = {
  INPUT_SECRET_KEY: 's1',
  INPUT_TOKEN: 's2',
  INPUT_SSE_CUSTOMER_KEY: 's3',
  INPUT_ACCESS_KEY: 's4',
  INPUT_GITHUB_TOKEN: 's5',
  AWS_SECRET_ACCESS_KEY: 's6',
  AWS_SESSION_TOKEN: 's7',
  AWS_SECURITY_TOKEN: 's8',
  AWS_SSE_CUSTOMER_KEY: 's9',
  AWS_ACCESS_KEY_ID: 's10',
  AWS_ACCESS_KEY: 's11',
  AWS_SECRET_KEY: 's12',
  AWS_WEB_IDENTITY_TOKEN: 's13',
};

test('all problems are reported at once, slice by slice', () => {
  const values = { bucket: '', key: '/x', encrypt: 'y', token: 't', lock_timeout: 'ten', backup: 'all' };
  expect(problemsOf(values).map((problem) => problem.split('"')[1])).toEqual([
    'bucket',
    'encrypt',
    'access_key',
    'secret_key',
    'key',
    'lock_timeout',
    'backup',
  ]);
});

test('without anything, what is required is named', () => {
  expect(problemsOf({ bucket: '', key: '', region: '' })).toEqual([
    'Input "bucket" is required.',
    'Input "region" is required, or the environment variable AWS_REGION or AWS_DEFAULT_REGION.',
    'Input "key" is required.',
  ]);
});

test('settings are plain JSON', () => {
  const settings = settingsOf({ dynamodb_table: 'locks', workspace: 'prod', profile: 'p' });
  expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
});

describe('secretsIn', () => {
  test('finds every secret, wherever it stands, before anything is validated', () => {
    const found = secretsIn({ ...SECRETS, INPUT_BUCKET: 'not secret', INPUT_LOCK_TIMEOUT: 'ten' });
    expect([...found].sort()).toEqual(Object.values(SECRETS).sort());
  });
  test('finds nothing where nothing is set', () => expect(secretsIn({ INPUT_TOKEN: '' })).toEqual([]));
  test('no secret is ever in a message', () => {
    const hush = 'hush hush';
    const values = {
      secret_key: hush,
      access_key: hush,
      token: hush,
      sse_customer_key: hush,
      kms_key_id: 'x',
    };
    expect(problemsOf(values).join('\n')).not.toContain(hush);
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'));
  const declared: Record<string, { default?: string; required?: boolean }> = action.inputs;

  test('its defaults are the settings of a run without other inputs', () => {
    const defaults = Object.entries(declared).map(([name, input]) => [name, input.default ?? '']);
    const values = { ...Object.fromEntries(defaults), bucket: 'b-1', key: 'k', region: 'r' };
    expect(settingsOf(values)).toEqual(settingsOf({ bucket: 'b-1', key: 'k', region: 'r' }));
    expect(inputs(values)).toHaveProperty('INPUT_LOCK_TIMEOUT', '10m');
  });

  test('requires nothing: what is needed may come from backend_config', () => {
    expect(Object.values(declared).filter((input) => input?.required)).toEqual([]);
  });

  test('has the outputs of the design', () => {
    expect(Object.keys(action.outputs)).toEqual([
      'lock_id',
      'lock_path',
      'locked',
      'waited_seconds',
      'state_exists',
      'state_serial',
      'state_lineage',
      'state_md5',
      'snapshot_bucket',
      'snapshot_key',
      'snapshot_created',
    ]);
  });

  test('runs the bundle on Node.js 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/main/index.js', post: 'dist/post/index.js' });
  });
});
