import { execFile } from 'node:child_process';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { issueCertificate } from '../../testing/certificates.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { timeLapse } from '../../testing/time-lapse.js';
import { type AwsScene, atAws } from '../scenarios/aws-scene.js';
import { REACH_CASES, type ReachCase } from './reach-cases.js';

/** What both are told of the backend in every case. One attempt only, for cases in which nobody answers. */
const BACKEND = [
  `bucket=${BUCKET}`,
  `key=${STATE_PATH}`,
  'region=us-east-1',
  'access_key=test',
  'secret_key=test',
  `dynamodb_table=${TABLE}`,
  'max_retries=1',
  'use_path_style=true',
  'skip_credentials_validation=true',
  'skip_requesting_account_id=true',
];

/** The hosts that were asked for, in the order of their names. */
type Hosts = readonly string[] | 'failed';

const CLIENTS = ['terraform', 'tofu'] as const;

describeWithTools('a job reaches AWS as Terraform and OpenTofu do', [...CLIENTS], () => {
  test.concurrent.each(REACH_CASES)('$name', (reachCase) =>
    atAws(async (scene) => {
      const { aws, startJob } = scene;
      const lines = [...BACKEND, ...(reachCase.lines ?? [])].map((line) =>
        line.replace('PROXY', aws.endpoint),
      );
      const job = await startJob('none', {
        inputs: { ...UNSAID, backend_config: lines.join('\n'), lock_timeout: '0s' },
        env: { ...environmentOf(reachCase, scene), ...(reachCase.isUnreachable ? timeLapse() : {}) },
      });
      await prepare(job.workspace, reachCase, scene);

      const run = { folder: job.workspace, lines, reachCase, scene };
      const terraform = await hostsOfClient(toolPath('terraform'), run);
      const tofu = await hostsOfClient(toolPath('tofu'), run);
      const asked = aws.asked.length;
      const ended = [await job.main(), await job.post()];
      const ours = ended.every(({ exitCode }) => exitCode === 0) ? hostsIn(aws.asked.slice(asked)) : 'failed';
      const theirs = { terraform, tofu };
      for (const client of CLIENTS) {
        const isAlike = reachCase.as === undefined || reachCase.as === client;
        if (isAlike) expect({ client, hosts: ours }).toEqual({ client, hosts: theirs[client] });
        else expect({ client, hosts: ours }).not.toEqual({ client, hosts: theirs[client] });
      }
    }),
  );
});

/** Inputs that a scene has, and that are told by lines here. */
const UNSAID = { bucket: '', key: '', region: '', access_key: '', secret_key: '', use_path_style: '' };

const hostsIn = (asked: readonly string[]) => [...new Set(asked)].sort();

/** Node.js trusts nobody of them by itself, as Go does not. */
function environmentOf({ env }: ReachCase, { aws }: AwsScene) {
  const ours = { AWS_CONFIG_FILE: 'aws-config', AWS_CA_BUNDLE: aws.caFile, NODE_EXTRA_CA_CERTS: '' };
  const entries = Object.entries({ HTTPS_PROXY: aws.endpoint, ...ours, ...env });
  return Object.fromEntries(entries.map(([name, text]) => [name, text.replace('PROXY', aws.endpoint)]));
}

async function prepare(folder: string, { files = {} }: ReachCase, { aws }: AwsScene): Promise<void> {
  const main = 'terraform {\n  backend "s3" {\n  }\n}\nresource "terraform_data" "x" {\n}\n';
  const other = (await issueCertificate(['other.example.com'])).ca;
  for (const [name, text] of Object.entries({ 'main.tf': main, 'other.pem': other, ...files }))
    await writeFile(join(folder, name), text);
  await copyFile(aws.caFile, join(folder, 'ca.pem'));
}

interface ClientRun {
  readonly folder: string;
  readonly lines: readonly string[];
  readonly reachCase: ReachCase;
  readonly scene: AwsScene;
}

/** Whom `init` and a plan, which takes the lock, ask, as if no other client had ever been there. */
async function hostsOfClient(
  program: string,
  { folder, lines, reachCase, scene }: ClientRun,
): Promise<Hosts> {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    CHECKPOINT_DISABLE: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...environmentOf(reachCase, scene),
  };
  const run = (...args: string[]) =>
    promisify(execFile)(program, [...args, '-input=false', '-no-color'], { cwd: folder, env });
  const before = scene.aws.asked.length;
  await rm(join(folder, '.terraform'), { recursive: true, force: true });
  try {
    await run('init', ...lines.map((line) => `-backend-config=${line}`));
    await run('plan');
    return hostsIn(scene.aws.asked.slice(before));
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === 'number') return 'failed';
    throw error;
  }
}
