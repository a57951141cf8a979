/**
 * `npm run demo`: jobs and a laptop want the same state at the same time. Everything is real but the cloud: the bundle
 * that the runner runs, a state that Terraform wrote, the servers embedded; with `terraform` on the PATH, it is the
 * client in between.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../testing/environment.js';
import { type Job, startJob } from '../testing/job.js';
import type { StepResult } from '../testing/runner.js';
import { realClient, standIn } from './demo-client.js';
import { hasTerraform } from './demo-terraform.js';

const ROOT = process.cwd();
const SUMMARY = join(ROOT, 'build', 'demo-summary.md');

const servers = await startServers();
try {
  await tell(servers);
} finally {
  await servers.close();
}

async function tell(servers: Servers): Promise<void> {
  const real = hasTerraform();
  const first = await jobOf(servers, 'octocat', '1001');
  const second = await jobOf(servers, 'hubot', '1002');
  const impatient = await jobOf(servers, 'mona', '1003', { lock_timeout: '0s' });
  const mistaken = await jobOf(servers, 'hubot', '1004', { key: STATE_PATH.replace('work', 'wrok') });
  const laptop = await startJob();
  const client = real ? realClient(servers, laptop) : standIn(servers);
  try {
    say('A bucket with a state that Terraform wrote, and a lock table: all in this process.');
    if (!real) console.log('terraform is not on the PATH, so states that it wrote once stand in for it.');
    await client.deployLongAgo();

    say('Job 1 (octocat) starts: Lockkeeper takes the lock and snapshots the state.');
    show('job 1', await first.main());

    say('Job 2 (hubot) wants the same state. It waits, and says for whom.');
    const waiting = await second.startMain();
    await waiting.waitForLog('Waiting up to');

    say('Job 3 (mona) will not wait: lock_timeout is 0s. It is refused, told by whom, and what to do.');
    const refused = await impatient.main();
    show('job 3', refused);
    show('job 3', await impatient.post());

    say('A laptop runs "terraform apply" without Lockkeeper. Terraform refuses it, with our record:');
    showLines('laptop', await client.deployFromLaptop());

    say('Job 1 deploys. Lockkeeper holds the lock for it, so Terraform does not ask.');
    showLines('job 1', await client.deploy(first));

    say('Job 1 ends: the state is snapshotted again, and the lock released.');
    const post = await first.post();
    show('job 1', post);

    say('At once job 2 has the lock, and ends.');
    show('job 2', await waiting.result);
    show('job 2', await second.post());

    if (real) {
      say(
        'Job 4 has a typing mistake in its key: it holds a lock that nobody asks for. It does not end green.',
      );
      show('job 4', await mistaken.main());
      await client.deploy(mistaken);
      show('job 4', await mistaken.post());
    }

    say('The snapshots:');
    const keys = servers.s3.listKeys(BUCKET, 'lockkeeper/');
    showLines('s3', keys.map((key) => `s3://${BUCKET}/${key}`).join('\n'));

    showSummaries({ 'job 1': post, 'job 3': refused });
  } finally {
    const jobs = [first, second, impatient, mistaken, laptop];
    await Promise.all(jobs.map((job) => job.close()));
  }
  say('To use it, copy this into your workflow, after the checkout and the step for the AWS credentials:');
  console.log(readFileSync(join(ROOT, 'scripts/demo-workflow.yml'), 'utf8'));
}

function showSummaries(results: Readonly<Record<string, StepResult>>): void {
  const written = Object.entries(results).filter(([, { summary }]) => summary !== '');
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  writeFileSync(SUMMARY, written.map(([, { summary }]) => summary).join('\n'));
  for (const [who, { summary }] of written) {
    say(`The job summary of ${who}, as GitHub gets it (build/demo-summary.md):`);
    showLines(who, summary);
  }
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

function say(sentence: string): void {
  console.log(`\n\u001b[1m${sentence}\u001b[0m`);
}

function show(who: string, { log }: StepResult): void {
  if (log.trim() !== '') showLines(who, log);
}

function showLines(who: string, text: string): void {
  for (const line of text.trimEnd().split('\n')) console.log(`  ${who.padEnd(7)} │ ${line}`);
}
