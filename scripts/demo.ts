/**
 * `npm run demo`: two jobs and a laptop want the same state at the same time. Everything is real but the cloud: the
 * bundle that the runner runs, a state that Terraform wrote, the servers embedded; with `terraform` on the PATH, it
 * is the client in between.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../testing/environment.js';
import { type Job, startJob } from '../testing/job.js';
import type { StepResult } from '../testing/runner.js';
import { hasTerraform, terraform, writeConfiguration } from './demo-terraform.js';

const ROOT = process.cwd();
const FIXTURES = join(ROOT, '__tests__/state/fixtures');
const SUMMARY = join(ROOT, 'build', 'demo-summary.md');

const servers = await startServers();
try {
  await tell(servers);
} finally {
  await servers.close();
}

async function tell(servers: Servers): Promise<void> {
  const real = hasTerraform();
  say(
    'A bucket with a state that Terraform wrote, and a lock table; in this process, nothing leaves the machine.',
  );
  if (!real) servers.s3.putObject(BUCKET, STATE_PATH, readFileSync(join(FIXTURES, 'before.tfstate')));

  const first = await jobOf(servers, 'octocat', '1001');
  const second = await jobOf(servers, 'hubot', '1002');
  const impatient = await jobOf(servers, 'mona', '1003', { lock_timeout: '0s' });
  const laptop = await startJob();
  try {
    if (real) await deployLongAgo(servers, [laptop, first]);

    say('Job 1 (octocat) starts: Lockkeeper takes the lock and snapshots the state.');
    show('job 1', await first.main());

    say('Job 2 (hubot) wants the same state. It waits, and says for whom.');
    const waiting = await second.startMain();
    await waiting.waitForLog('Waiting up to');

    say('Job 3 (mona) will not wait: lock_timeout is 0s.');
    show('job 3', await impatient.main());
    show('job 3', await impatient.post());

    if (real) {
      say('A laptop runs "terraform apply" without Lockkeeper. Terraform refuses it, with our record:');
      showLines('laptop', await terraform(laptop, 'apply', '-auto-approve'));
    }

    say('Job 1 deploys. Lockkeeper holds the lock for it, so Terraform does not ask.');
    if (real) showLines('job 1', await terraform(first, 'apply', '-auto-approve', '-var', 'v=two'));
    else servers.s3.putObject(BUCKET, STATE_PATH, readFileSync(join(FIXTURES, 'after.tfstate')));

    say('Job 1 ends: the state is snapshotted again, and the lock released.');
    const post = await first.post();
    show('job 1', post);

    say('At once job 2 has the lock, and ends.');
    show('job 2', await waiting.result);
    show('job 2', await second.post());

    say('The snapshots:');
    showLines(
      's3',
      servers.s3
        .listKeys(BUCKET, 'lockkeeper/')
        .map((key) => `s3://${BUCKET}/${key}`)
        .join('\n'),
    );

    mkdirSync(join(ROOT, 'build'), { recursive: true });
    writeFileSync(SUMMARY, post.summary);
    say('The job summary of job 1, as GitHub gets it (build/demo-summary.md):');
    showLines('summary', post.summary);
  } finally {
    await Promise.all([first, second, impatient, laptop].map((job) => job.close()));
  }
  say('To use it, copy this into your workflow, before the step that runs terraform, tofu or lokoctl:');
  console.log(readFileSync(join(ROOT, 'scripts/demo-workflow.yml'), 'utf8'));
}

function jobOf(
  servers: Servers,
  actor: string,
  runId: string,
  inputs: Record<string, string> = {},
): Promise<Job> {
  return startJob({
    action: ROOT,
    inputs: { ...servers.inputs, dynamodb_table: TABLE, lock_timeout: '60s', ...inputs },
    env: { GITHUB_ACTOR: actor, GITHUB_RUN_ID: runId, NODE_NO_WARNINGS: '1' },
  });
}

/** The first deploy: Terraform writes the state that the jobs find. */
async function deployLongAgo(servers: Servers, places: readonly Job[]): Promise<void> {
  for (const place of places) {
    writeConfiguration(place.workspace, servers);
    await terraform(place, 'init');
    await terraform(place, 'apply', '-auto-approve', '-var', 'v=one');
  }
}

function say(sentence: string): void {
  console.log(`\n\u001b[1m${sentence}\u001b[0m`);
}

function show(who: string, { log }: StepResult): void {
  showLines(who, log);
}

function showLines(who: string, text: string): void {
  for (const line of text.trimEnd().split('\n')) console.log(`  ${who.padEnd(7)} │ ${line}`);
}
