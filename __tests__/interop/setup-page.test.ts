import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Statement } from '../../testing/iam-policy.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { type Job, startJob } from '../../testing/job.js';
import {
  type BackendPlace,
  inputsFor,
  type LockKind,
  newTerraformFolder,
  type TerraformFolder,
} from '../../testing/terraform.js';
import { ACCOUNT_ID, type Account, newAccount, REGION } from './aws-account.js';
import {
  BACKEND_BLOCK,
  BUCKET,
  COMMANDS,
  CONFIGURATION,
  KEY,
  LOCKFILE_STATEMENT,
  nameOnPage,
  type Policy,
  policiesIn,
  TABLE,
} from './setup-page.js';

const PROVIDER = `arn:aws:iam::${ACCOUNT_ID}:oidc-provider/token.actions.githubusercontent.com`;

describeWithTools('docs/setup.md', ['aws', 'moto_python', 'terraform', 'node24'], () => {
  let account: Account;
  let policies: Readonly<Record<'tls_only' | 'trust' | 'state', Policy>>;

  beforeAll(async () => {
    account = await newAccount();
    await account.runInShell(COMMANDS);
    policies = await policiesIn(account);
  });
  afterAll(() => account?.close());

  test('its commands make a bucket that is versioned, encrypted and closed, and keeps snapshots for ever', async () => {
    const bucket = (what: string) => account.ask('s3api', `get-${what}`, '--bucket', BUCKET);
    expect(await bucket('bucket-versioning')).toMatchObject({ Status: 'Enabled' });
    expect(await bucket('bucket-encryption')).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    expect(await bucket('public-access-block')).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(await bucket('bucket-lifecycle-configuration')).toMatchObject({
      Rules: [
        {
          Status: 'Enabled',
          Filter: { Prefix: 'lockkeeper/' },
          // A class that is read without being restored first: post reads the snapshot *before*.
          Transitions: [{ Days: 30, StorageClass: 'GLACIER_IR' }],
        },
        {
          Status: 'Enabled',
          NoncurrentVersionExpiration: { NoncurrentDays: 90 },
          Expiration: { ExpiredObjectDeleteMarker: true },
        },
      ],
    });
    expect(policies.tls_only).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });

  test('its commands make a lock table', async () => {
    expect(nameOnPage('AWS_REGION')).toBe(REGION);
    expect(await account.ask('dynamodb', 'describe-table', '--table-name', TABLE)).toMatchObject({
      Table: {
        KeySchema: [{ AttributeName: 'LockID', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'LockID', AttributeType: 'S' }],
        BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
        DeletionProtectionEnabled: true,
      },
    });
  });

  test('its commands make a role that one branch of one repository may take', async () => {
    expect(
      await account.ask('iam', 'get-open-id-connect-provider', '--open-id-connect-provider-arn', PROVIDER),
    ).toMatchObject({ Url: 'token.actions.githubusercontent.com', ClientIDList: ['sts.amazonaws.com'] });
    expect(policies.trust.Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: PROVIDER },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': nameOnPage('SUBJECT'),
          },
        },
      },
    ]);
  });

  describe('what they have made, and not a permission more, is enough for Terraform and a job', () => {
    let checkout: TerraformFolder | undefined;
    let job: Job | undefined;

    beforeAll(async () => {
      // It denies what comes without TLS, and moto denies everything then: it does not read conditions.
      await account.ask('s3api', 'delete-bucket-policy', '--bucket', BUCKET);
    });
    afterEach(async () => {
      account.enforceNothing();
      await checkout?.close();
      await job?.close();
      await account.ask('s3', 'rm', '--quiet', `s3://${BUCKET}/${KEY}`);
      const digest = JSON.stringify({ LockID: { S: `${BUCKET}/${KEY}-md5` } });
      await account.ask('dynamodb', 'delete-item', '--table-name', TABLE, '--key', digest);
    });

    const newPlace = (): BackendPlace => ({
      bucket: BUCKET,
      key: KEY,
      table: TABLE,
      s3Endpoint: account.endpoint,
      dynamodbEndpoint: account.endpoint,
    });
    const newCheckout = async (lock: LockKind): Promise<TerraformFolder> => {
      const configuration =
        'variable "value" {}\nresource "terraform_data" "one" {\n  input = var.value\n}\n';
      const program = toolPath('terraform');
      checkout = await newTerraformFolder({ program, place: newPlace(), lock, configuration });
      await checkout.succeed(['init']);
      await checkout.succeed(['apply', '-auto-approve', '-var', 'value=one']);
      return checkout;
    };

    test.each<[LockKind, (table: readonly Statement[]) => readonly Statement[]]>([
      ['dynamodb', (statements) => statements],
      ['lockfile', ([, ...others]) => [LOCKFILE_STATEMENT, ...others]],
    ])('lock %s', async (lock, statements) => {
      account.enforce(statements(policies.state.Statement));
      const { succeed } = await newCheckout(lock);

      job = await startJob({ node: toolPath('node24'), inputs: inputsFor(newPlace(), lock) });
      expect(await job.main()).toMatchObject({
        errors: [],
        warnings: [],
        outputs: { locked: 'true', state_serial: '1' },
      });
      await succeed(['apply', '-auto-approve', '-var', 'value=two'], job.environment());
      const post = await job.post();
      expect(post).toMatchObject({ errors: [], warnings: [], exitCode: 0 });
      expect(post.summary).toContain('~ terraform_data.one');
    });

    test('and less than that for the plan of a pull request', async () => {
      const { succeed } = await newCheckout('dynamodb');
      const kept = policies.state.Statement.filter(({ Sid }) => Sid !== 'Snapshots');
      account.enforce(
        kept.map((each) => ({
          ...each,
          Action: [each.Action].flat().filter((one) => one !== 's3:PutObject'),
        })),
      );

      const inputs = { ...inputsFor(newPlace(), 'dynamodb'), lock_scope: 'pipeline', backup: 'none' };
      job = await startJob({ node: toolPath('node24'), inputs });
      expect(await job.main()).toMatchObject({ errors: [], warnings: [], outputs: { locked: 'true' } });
      expect(await succeed(['plan', '-var', 'value=two'], job.environment())).toContain('1 to change');
      expect(await job.post()).toMatchObject({ errors: [], warnings: [], exitCode: 0 });
    });
  });

  test('its backend block leads to what its commands have made', () => {
    const attributes = [...BACKEND_BLOCK.matchAll(/^ +(\w+) += "(.*)"$/gm)];
    expect(Object.fromEntries(attributes.map(([, name, value]) => [name, value]))).toEqual({
      bucket: BUCKET,
      key: KEY,
      region: REGION,
      dynamodb_table: TABLE,
    });
  });

  test('its Terraform gives the same permissions as its commands', () => {
    const [policiesTf = ''] = CONFIGURATION;
    const folder = mkdtempSync(join(tmpdir(), 'lockkeeper-setup-'));
    try {
      writeFileSync(join(folder, 'policies.tf'), policiesTf.replace('111122223333', ACCOUNT_ID));
      const input = 'jsonencode({ tls_only = local.tls_only, trust = local.trust, state = local.state })';
      const text = terraform(['console'], input, folder);
      expect(JSON.parse(JSON.parse(text))).toEqual(policies);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('its Terraform is as `terraform fmt` writes it', () => {
    expect(CONFIGURATION).toHaveLength(2);
    for (const text of [BACKEND_BLOCK, ...CONFIGURATION]) expect(terraform(['fmt', '-'], text)).toBe(text);
  });
});

function terraform(args: readonly string[], input: string, cwd = tmpdir()): string {
  const env = { PATH: process.env['PATH'], CHECKPOINT_DISABLE: '1' };
  return execFileSync(toolPath('terraform'), args, { input, cwd, env, encoding: 'utf8' });
}
