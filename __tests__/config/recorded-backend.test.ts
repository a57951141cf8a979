import { describe, expect, test } from '@jest/globals';
import { parseRecordedBackend, type RecordedS3Backend } from '../../src/config/recorded-backend.js';

/** As `init` writes it: every attribute, null where unset. */
function recorded(config: Readonly<Record<string, unknown>>, type = 's3'): string {
  const unset = {
    dynamodb_table: null,
    endpoint: null,
    endpoints: null,
    use_lockfile: null,
    workspace_key_prefix: null,
  };
  const backend = { type, config: { ...unset, ...config }, hash: 2326359980 };
  return JSON.stringify({ version: 3, terraform_version: '1.11.4', backend });
}

const PLACE = { bucket: 'states', key: 'network/terraform.tfstate' };
const PLAIN: RecordedS3Backend = { kind: 's3', ...PLACE, workspaceKeyPrefix: 'env:', lock: { kind: 'none' } };

describe('an s3 backend is told by its place and its lock', () => {
  const s3 = 'http://127.0.0.1:9000';
  test.each<[Readonly<Record<string, unknown>>, Partial<RecordedS3Backend>]>([
    [{}, {}],
    [{ workspace_key_prefix: 'ws' }, { workspaceKeyPrefix: 'ws' }],
    [{ workspace_key_prefix: '' }, { workspaceKeyPrefix: '' }],
    [{ dynamodb_table: 'locks' }, { lock: { kind: 'dynamodb', table: 'locks' } }],
    [{ dynamodb_table: '', use_lockfile: false }, {}],
    [{ use_lockfile: true }, { lock: { kind: 'lockfile' } }],
    [{ dynamodb_table: 'locks', use_lockfile: true }, { lock: { kind: 'both', table: 'locks' } }],
    [
      { endpoint: s3, dynamodb_endpoint: s3 },
      { s3Endpoint: s3, dynamodbEndpoint: s3 },
    ],
    [{ endpoints: { s3, dynamodb: s3, iam: null } }, { s3Endpoint: s3, dynamodbEndpoint: s3 }],
    [{ endpoints: { s3: null } }, {}],
  ])('%j', (config, differences) => {
    expect(parseRecordedBackend(recorded({ ...PLACE, ...config }))).toEqual({ ...PLAIN, ...differences });
  });
});

test('a secret that was recorded stays behind', () => {
  const endpoint = 'https://me:hush@s3.test/';
  const secrets = {
    access_key: 'hush',
    secret_key: 'hush',
    token: 'hush',
    sse_customer_key: 'hush',
    endpoint,
  };
  const backend = parseRecordedBackend(recorded({ ...PLACE, ...secrets }));
  expect(backend).toEqual({ ...PLAIN, s3Endpoint: 'https://s3.test/' });
});

describe('another backend is told by its type', () => {
  test.each(['local', 'cloud', 'remote', 'gcs', 'http'])('%s', (type) => {
    expect(parseRecordedBackend(recorded({ path: 'x', token: 'hush' }, type))).toEqual({
      kind: 'other',
      type,
    });
  });
  test('also one that a provider stores', () => {
    const text = JSON.stringify({ version: 3, state_store: { type: 'acme_store', config: {} } });
    expect(parseRecordedBackend(text)).toEqual({ kind: 'other', type: 'acme_store' });
  });
});

describe('whatever else has the name is no backend', () => {
  test.each([
    '',
    'no JSON',
    '[]',
    'null',
    '{"version":4,"serial":1,"lineage":"x","outputs":{},"resources":[]}',
    '{"version":4,"backend":{"type":"s3","config":{"bucket":"b","key":"k"}}}',
    '{"version":3,"backend":null}',
    '{"version":3,"backend":{"config":{}}}',
    '{"version":3,"backend":{"type":7}}',
    '{"version":3,"backend":{"type":"s3","config":{"bucket":"b"}}}',
    '{"version":3,"backend":{"type":"s3"}}',
  ])('%s', (text) => expect(parseRecordedBackend(text)).toBeUndefined());
});
