import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { RUN, startWorkflow, type WorkflowResult, type WorkflowRun } from '../../testing/act.js';
import { BUCKET, type Servers, startServers } from '../../testing/environment.js';
import type { Match } from '../../testing/fault-proxy.js';
import { hold } from '../../testing/faults.js';
import { fromEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { newScene } from './client-scene.js';
import { idsOf, lockIds } from './lock-records.js';

describeWithTools('under act, on Node 24', ['act', 'node24'], () => {
  let servers: Servers;
  let run: WorkflowRun | undefined;

  beforeAll(async () => {
    servers = await startServers();
  });
  afterEach(() => run?.close());
  afterAll(() => servers?.close());

  const writesToLockfile = (statePath: string): string[] =>
    servers.s3.requests
      .filter(({ key, method }) => key === `${statePath}.tflock` && method !== 'GET')
      .filter(({ status }) => status < 300)
      .map(({ method }) => method);
  const writesToItem = (statePath: string): (string | undefined)[] =>
    servers.dynamodbProxy.requests
      .filter(({ body }) => body.includes(`"LockID":{"S":"${BUCKET}/${statePath}"}`))
      .map(({ operation }) => operation)
      .filter((operation) => operation !== 'GetItem');

  test('the self-test: a job that fails is released, and two jobs on one lock run one after the other', async () => {
    const [failing, contended] = ['failing', 'contended'].map((name) => `runs/${RUN.id}/${name}.tfstate`);
    // The first of the two keeps the lock until the second was seen to wait for it.
    const firstRelease = hold();
    const isRelease: Match = ({ method, url }) => method === 'DELETE' && url.includes(`/${contended}.tflock`);
    servers.s3Proxy.addRule({ match: isRelease, action: firstRelease, times: 1 });

    run = await startWorkflow({
      workflow: '.github/workflows/self-test.yml',
      vars: {
        LOCKKEEPER_S3_ENDPOINT: servers.s3Proxy.endpoint,
        LOCKKEEPER_DYNAMODB_ENDPOINT: servers.dynamodbProxy.endpoint,
      },
    });
    await run.waitForLog('Waiting up to 2m for the lock');
    firstRelease.release();
    const result = await run.result;

    // `act` knows no continue-on-error of a job, so the one that fails on purpose fails the run.
    expect({ results: jobResults(result), log: result.log }).toMatchObject({
      results: {
        'one-holder': ['success', 'success', 'success'],
        fails: ['failure'],
        'after-the-failure': ['success'],
        first: ['success'],
        second: ['success'],
        'one-after-the-other': ['success'],
      },
    });

    expect(released(result, 'fails', failing)).toBe(true);
    expect(writesToItem(failing ?? '')).toEqual(['PutItem', 'DeleteItem', 'PutItem', 'DeleteItem']);
    expect(writesToLockfile(contended ?? '')).toEqual(['PUT', 'DELETE', 'PUT', 'DELETE']);
    for (const job of ['first', 'second']) expect(released(result, job, contended)).toBe(true);

    expect(await servers.dynamodb.scan('locks')).toEqual([]);
    expect(servers.s3.listKeys(BUCKET).filter((key) => key.endsWith('.tflock'))).toEqual([]);
  });

  describeWithTools('with Terraform', ['terraform'], () => {
    test('the quick start: without any input, the backend block of the checkout is what is held and written', async () => {
      const key = 'quick/start.tfstate';
      run = await startWorkflow({
        workflow: '__tests__/interop/no-inputs.workflow.yml',
        vars: { CONFIGURATION: configurationOf(servers, key), TERRAFORM: toolPath('terraform') },
        env: {
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_EC2_METADATA_DISABLED: 'true',
          CHECKPOINT_DISABLE: '1',
        },
      });
      const result = await run.result;
      expect({ results: jobResults(result), log: result.log }).toMatchObject({
        results: { apply: ['success'] },
      });
      expect(result.log).toContain('From the configuration: bucket (main.tf:3); key (main.tf:4); ');
      expect(released(result, 'apply', key)).toBe(true);
      expect(writesToLockfile(key)).toEqual(['PUT', 'DELETE']);
      expect(servers.s3.listKeys(BUCKET)).toContain(key);
    });

    test('a job that is cancelled in the middle of its apply is released', async () => {
      const viewed = fromEmbedded(servers);
      const scene = await newScene({ servers: viewed, program: toolPath('terraform'), lock: 'both' });
      try {
        const { place, checkout, newGate } = scene;
        const gate = await newGate();
        run = await startWorkflow({
          workflow: '__tests__/interop/cancelled.workflow.yml',
          vars: {
            BUCKET: place.bucket,
            KEY: place.key,
            TABLE: place.table,
            S3_ENDPOINT: place.s3Endpoint,
            DYNAMODB_ENDPOINT: place.dynamodbEndpoint,
            CONFIGURATION: checkout.path,
            TERRAFORM: toolPath('terraform'),
            GATE: gate.path,
          },
          env: checkout.environment,
        });
        await run.waitForLog("Provisioning with 'local-exec'");
        const { item } = await lockIds(viewed, place);
        expect(await lockIds(viewed, place)).toEqual(idsOf('both', item));

        run.cancel();
        const result = await run.result;
        expect(result.log).toContain('this step has been cancelled: signal: killed');
        expect(released(result, 'deploy', place.key)).toBe(true);
        expect(await lockIds(viewed, place)).toEqual({});
      } finally {
        await scene.close();
      }
    });
  });
});

const configurationOf = ({ s3Proxy }: Servers, key: string) => `terraform {
  backend "s3" {
    bucket       = "${BUCKET}"
    key          = "${key}"
    region       = "us-east-1"
    use_lockfile = true

    endpoints                   = { s3 = "${s3Proxy.endpoint}" }
    use_path_style              = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
  }
}
resource "terraform_data" "x" {
}
`;

function jobResults({ lines }: WorkflowResult): Record<string, string[]> {
  const results: Record<string, string[]> = {};
  for (const { job, jobResult } of lines) {
    if (jobResult) results[job] = [...(results[job] ?? []), jobResult];
  }
  return results;
}

/** Whether the job's post step said so; it knows the lock from nothing but what main had saved. */
function released({ lines }: WorkflowResult, job: string, statePath = ''): boolean {
  const said = `Released the lock ${BUCKET}/${statePath}.`;
  return lines.some((line) => line.job === job && line.stage === 'Post' && line.text === said);
}
