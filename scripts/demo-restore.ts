/**
 * `npm run demo:restore`: a state is deleted at night, and comes back by the runbook. Everything is real but the cloud; with
 * `terraform` on the PATH, it is the client, else a state that it wrote once stands in.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BUCKET, type Servers, STATE_PATH, startServers } from '../testing/environment.js';
import { type Job, startJob } from '../testing/job.js';
import { hasTerraform, terraform, writeConfiguration } from './demo-terraform.js';

const PROGRAM = join(process.cwd(), 'dist/cli/index.js');

const servers = await startServers();
const laptop = await startJob();
try {
  await tell(servers, laptop);
} finally {
  await laptop.close();
  await servers.close();
}

async function tell(servers: Servers, laptop: Job): Promise<void> {
  const real = hasTerraform();
  const plan = async () => {
    if (real) await show('terraform', ['plan'], () => terraform(laptop, 'plan'));
  };
  writeConfiguration(laptop.workspace, servers);

  say('A state, its lock table, and a schedule that backs up every state of the bucket.');
  if (real) {
    await terraform(laptop, 'init');
    await terraform(laptop, 'apply', '-auto-approve');
  } else {
    console.log('terraform is not on the PATH, so a state that it wrote once stands in for it.');
    servers.s3.putObject(BUCKET, STATE_PATH, readFileSync('scripts/demo-states/one.tfstate'));
  }
  await lockkeeper('backup');

  say('Somebody deletes the state. At 3 a.m. the first plan says:');
  servers.s3.deleteObject(BUCKET, STATE_PATH);
  await plan();

  say('The runbook says to look first: what is there, and what would a restore do?');
  await lockkeeper('inspect');
  await lockkeeper('restore', '--snapshot', 'latest-verified', '--dry-run');

  say('Then it is put back. A person would be asked first; --yes is the answer.');
  await lockkeeper('restore', '--snapshot', 'latest-verified', '--yes');

  say('Terraform accepts it at once:');
  await plan();
  if (!real) await lockkeeper('inspect');
  say('docs/runbook.md has the other bad nights.');
}

/** Runs the command line where Terraform runs: which state it is, it reads in the backend block. */
function lockkeeper(...args: readonly string[]): Promise<void> {
  return show('lockkeeper', args, async () => {
    const child = spawn(process.execPath, ['--no-warnings', PROGRAM, ...args], {
      cwd: laptop.workspace,
      env: { PATH: process.env['PATH'], HOME: laptop.workspace, AWS_EC2_METADATA_DISABLED: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    if ((await exit) !== 0) process.exitCode = 1;
    return `${stderr}${stdout}`;
  });
}

async function show(program: string, args: readonly string[], run: () => Promise<string>): Promise<void> {
  console.log(`\n  $ ${program} ${args.join(' ')}`);
  for (const line of (await run()).trimEnd().split('\n')) console.log(`    ${line}`);
}

function say(sentence: string): void {
  console.log(`\n\u001b[1m${sentence}\u001b[0m`);
}
