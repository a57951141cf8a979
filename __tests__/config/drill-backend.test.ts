import { expect, test } from '@jest/globals';
import { credentialVariables, drillBackend } from '../../src/config/drill-backend.js';
import { testSettings } from '../../testing/test-data.js';

const PLACE = { folder: 'lockkeeper/.drill/1', key: 'restored.lockkeeper-drill' };
const blockOf = (differences: Parameters<typeof testSettings>[0]) =>
  JSON.parse(drillBackend(testSettings(differences), PLACE).configuration).terraform.backend.s3;
const environmentOf = (differences: Parameters<typeof testSettings>[0]) =>
  drillBackend(testSettings(differences), PLACE).environment;

test('the least leads to the bucket, the folder and the table', () => {
  expect(blockOf({})).toEqual({
    bucket: 'states',
    key: PLACE.key,
    region: 'eu-central-1',
    workspace_key_prefix: PLACE.folder,
    dynamodb_table: 'locks',
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
  });
  expect(environmentOf({})).toEqual({});
});

test('a lockfile has no digest, so no table is named', () => {
  expect(blockOf({ locking: { lock: { kind: 'lockfile' } } })).not.toHaveProperty('dynamodb_table');
});

test('what Terraform would read as a template is a text', () => {
  const template = '{b}';
  const folder = `a$${template}%${template}$d`;
  const { configuration } = drillBackend(testSettings(), { ...PLACE, folder });
  expect(JSON.parse(configuration).terraform.backend.s3.workspace_key_prefix).toBe(
    `a$$${template}%%${template}$d`,
  );
});

test('the key of SSE-C and the login of a proxy are in the environment alone', () => {
  const secrets = { keyBase64: 'a-secret-key', https: 'http://user:a-secret-login@proxy:1' };
  const backend = drillBackend(
    testSettings({
      backend: { encryption: { kind: 'customer-key', keyBase64: secrets.keyBase64 } },
      reach: { proxies: { https: secrets.https, noProxy: ['a', 'b'] } },
    }),
    PLACE,
  );
  expect(backend.configuration).not.toContain('a-secret');
  expect(JSON.parse(backend.configuration).terraform.backend.s3.encrypt).toBe(true);
  expect(backend.environment).toEqual({
    AWS_SSE_CUSTOMER_KEY: secrets.keyBase64,
    HTTPS_PROXY: secrets.https,
    NO_PROXY: 'a,b',
  });
});

test('endpoints go by all their names, and the way to AWS too', () => {
  expect(
    environmentOf({
      backend: { s3Endpoint: 'http://s3', dynamodbEndpoint: 'http://db' },
      reach: { fips: true, dualstack: true, caBundle: '/ca.pem' },
    }),
  ).toEqual({
    AWS_ENDPOINT_URL_S3: 'http://s3',
    AWS_S3_ENDPOINT: 'http://s3',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://db',
    AWS_DYNAMODB_ENDPOINT: 'http://db',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_CA_BUNDLE: '/ca.pem',
  });
});

test('a command signs with a session token only if there is one', () => {
  const keys = { accessKeyId: 'a', secretAccessKey: 's' };
  const variables = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' };
  expect(credentialVariables(keys)).toEqual(variables);
  expect(credentialVariables({ ...keys, sessionToken: 't' })).toEqual({
    ...variables,
    AWS_SESSION_TOKEN: 't',
  });
});
