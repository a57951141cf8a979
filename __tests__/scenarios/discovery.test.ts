import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import type { StepResult } from '../../testing/runner.js';
import { inScene, NO_INPUTS, STATE } from './scene.js';

const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ACCOUNTS = { AKIDDISCOVERED: { secretAccessKey: SECRET_KEY } };

interface Proxied {
  readonly s3Proxy: { readonly endpoint: string };
  readonly dynamodbProxy: { readonly endpoint: string };
}

const blockOf = ({ s3Proxy, dynamodbProxy }: Proxied, more = '') => `terraform {
  backend "s3" {
    bucket         = "${BUCKET}"
    key            = "${STATE_PATH}"
    region         = "us-east-1"
    use_path_style = true
    dynamodb_table = "${TABLE}"
    endpoints      = { s3 = "${s3Proxy.endpoint}", dynamodb = "${dynamodbProxy.endpoint}" }
    ${more}
  }
}
`;

async function put(workspace: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(workspace, name)), { recursive: true });
  await writeFile(join(workspace, name), text);
}

const KEYS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/** All that was printed, but for the commands that hide secrets. */
const shownBy = ({ stdout, stderr, summary }: StepResult) =>
  [stdout.replaceAll(/^::add-mask::.*$/gm, ''), stderr, summary].join('\n');

describe('a backend block', () => {
  test.concurrent('is enough: without any input the lock is held, and released', () =>
    inScene(async ({ putState, startJob, lockRecords, ...scene }) => {
      await putState(STATE);
      const job = await startJob('none', { inputs: NO_INPUTS, env: KEYS });
      await put(job.workspace, 'main.tf', blockOf(scene));
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(main.stdout).toContain(
        'From the configuration: bucket (main.tf:3); key (main.tf:4); region (main.tf:5); use_path_style (main.tf:6); ' +
          'dynamodb_table (main.tf:7); endpoints.s3 (main.tf:8); endpoints.dynamodb (main.tf:8)\n',
      );
      expect(await lockRecords()).toHaveLength(1);
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await lockRecords()).toEqual([]);
    }));

  test.concurrent('that has secrets is used, with a warning, and shows none of them', () =>
    inScene(
      async ({ putState, startJob, lockRecords, ...scene }) => {
        await putState(STATE);
        const job = await startJob('none', { inputs: { ...NO_INPUTS, working_directory: 'infra' } });
        const keys = `access_key = "AKIDDISCOVERED"\n    secret_key = "${SECRET_KEY}"`;
        await put(job.workspace, 'infra/backend.tf', blockOf(scene, keys));
        const main = await job.main();
        expect(main).toMatchObject({
          exitCode: 0,
          errors: [],
          warnings: [{ title: 'Secret in a file' }, { title: 'Secret in a file' }],
        });
        expect(main.masks).toContain(SECRET_KEY);
        expect(main.stdout.indexOf(`::add-mask::${SECRET_KEY}`)).toBeLessThan(
          main.stdout.indexOf('From the'),
        );
        const post = await job.post();
        expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
        expect(post.masks).toContain(SECRET_KEY);
        for (const step of [main, post]) expect(shownBy(step)).not.toContain(SECRET_KEY);
        expect(await lockRecords()).toEqual([]);
      },
      { accounts: ACCOUNTS },
    ));

  test.concurrent('that is not what the inputs say is an error in the folder that was named, before anything is touched', () =>
    inScene(async ({ startJob, asked, ...scene }) => {
      const job = await startJob('dynamodb', { inputs: { working_directory: '.' } });
      await put(job.workspace, 'main.tf', blockOf(scene).replace(STATE_PATH, 'typing/mistake'));
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
      expect(main.errors[0]?.message).toContain(
        `"key" in main.tf:4 is "typing/mistake", but input "key" is "${STATE_PATH}".`,
      );
      expect(asked).toEqual([]);
    }));

  test.concurrent('that is not what the inputs say is a warning elsewhere', () =>
    inScene(async ({ putState, startJob, ...scene }) => {
      await putState(STATE);
      const job = await startJob('dynamodb');
      await put(job.workspace, 'main.tf', blockOf(scene).replace(STATE_PATH, 'bootstrap'));
      const main = await job.main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'Another backend' }] });
      expect(main.warnings[0]?.message).toMatch(
        /^The configuration in the workspace is not what this step was given\. "key" in main.tf:4 is "bootstrap", but input "key" is ".*"\. If Terraform runs there, .* "discover: false"\.$/,
      );
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [] });
    }));

  test.concurrent.each([
    ['main.tf', '../outside/main.tf', '', 'main.tf cannot be read, or is a link that leads out'],
    ['infra', '../outside', 'infra', 'Nothing is looked for in '],
  ])(
    'behind a link that leads out of the workspace is not read (%s -> %s)',
    (link, target, folder, problem) =>
      inScene(async ({ startJob, asked, ...scene }) => {
        const job = await startJob('none', {
          inputs: { ...NO_INPUTS, working_directory: folder },
          env: KEYS,
        });
        await put(job.workspace, '../outside/main.tf', blockOf(scene));
        await symlink(target, join(job.workspace, link));
        const main = await job.main();
        expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
        expect(main.errors[0]?.message).toContain(problem);
        expect(asked).toEqual([]);
      }),
  );

  test.concurrent('cannot inject anything by its values, its names and the names of its files', () =>
    inScene(async ({ startJob, asked, ...scene }) => {
      const job = await startJob('none', { inputs: NO_INPUTS, env: KEYS });
      const hostile = '::error::x\n::set-output name=y::z|<b>**md**';
      const block = blockOf(scene).replace(`"${STATE_PATH}"`, JSON.stringify(hostile));
      await put(job.workspace, '::warning::a%0A::b|c.tf', block.replace('acl', `${hostile} = 1`));
      await put(job.workspace, '<img src=x>_override.tf', 'terraform {\n  backend "::error::<b>" {}\n}\n');
      const main = await job.main();
      expect(main.exitCode).toBe(1);
      expect(main.errors).toHaveLength(1);
      expect(main.warnings).toEqual([]);
      expect(main.stdout).not.toMatch(/^::(?:warning|set-output)/m);
      expect(main.summary).not.toMatch(/<img|<b>/);
      expect(asked).toEqual([]);
    }));
});

test.concurrent('the .lokocfg of a cluster is enough: its lock is held, and released', () =>
  inScene(async ({ putState, startJob, lockRecords, s3Proxy, dynamodbProxy }) => {
    await putState(STATE);
    const job = await startJob('none', {
      inputs: { ...NO_INPUTS, use_path_style: 'true' },
      env: {
        ...KEYS,
        AWS_S3_ENDPOINT: s3Proxy.endpoint,
        AWS_ENDPOINT_URL_DYNAMODB: dynamodbProxy.endpoint,
        AWS_DEFAULT_REGION: 'us-east-1',
      },
    });
    await put(
      job.workspace,
      'cluster.lokocfg',
      'variable "path" {}\ncluster "aws" {\n  asset_dir = "./assets"\n}\n',
    );
    await put(job.workspace, 'lokocfg.vars', `path = "${STATE_PATH}"\n`);
    await put(
      job.workspace,
      's3_backend.lokocfg',
      `backend "s3" {\n  bucket = "${BUCKET}"\n  key = var.path\n  dynamodb_table = "${TABLE}"\n}\n`,
    );
    const main = await job.main();
    expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(main.stdout).toContain(
      'From the configuration: bucket (s3_backend.lokocfg:2); key (s3_backend.lokocfg:3); dynamodb_table (s3_backend.lokocfg:4)\n',
    );
    expect(await lockRecords()).toHaveLength(1);
    expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(await lockRecords()).toEqual([]);
  }));

test.concurrent('no checkout and no inputs: the error begins with what was forgotten', () =>
  inScene(async ({ startJob, asked }) => {
    const job = await startJob('none', { inputs: NO_INPUTS, env: { ...KEYS, AWS_REGION: 'us-east-1' } });
    const main = await job.main();
    expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
    expect(main.errors[0]?.message).toBe(
      'The workspace is empty: check out the repository before this step (actions/checkout). Else give the inputs "bucket" and "key".',
    );
    expect(main.summary).toContain('No lock was taken');
    expect(asked).toEqual([]);
  }));
