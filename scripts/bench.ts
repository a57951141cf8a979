/**
 * `npm run bench`: Lockkeeper beside what it is compared with, in one run on the same servers, medians of
 * {@link ROUNDS}. It prints ratios, since seconds are of this machine.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../testing/environment.js';
import { startJob } from '../testing/job.js';

const ROUNDS = 15;
const ROOT = process.cwd();
const TOOLS = join(ROOT, '.interop', 'bin');
/** The runtime that action.yml names, where `scripts/install-interop-tools.sh` has put it. */
const NODE = existsSync(join(TOOLS, 'node24')) ? join(TOOLS, 'node24') : process.execPath;

type Measure = 'node -e 0' | 'first request' | 'main + post' | 'shell script';
const measures: readonly Measure[] = ['node -e 0', 'first request', 'main + post', 'shell script'];

const servers = await startServers();
const work = mkdtempSync(join(tmpdir(), 'lockkeeper-bench-'));
try {
  servers.s3.putObject(
    BUCKET,
    STATE_PATH,
    readFileSync(join(ROOT, '__tests__/state/fixtures/before.tfstate')),
  );
  await round(servers); // the first one finds nothing in the machine's caches
  const rounds = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await round(servers));
  print(rounds);
} finally {
  rmSync(work, { recursive: true });
  await servers.close();
}

async function round(servers: Servers): Promise<Record<Measure, number>> {
  return {
    'node -e 0': await timed(() => run(NODE, ['-e', '0'])),
    ...(await jobTimes(servers)),
    'shell script': await timed(() => shellScript(servers)),
  };
}

async function jobTimes({
  inputs,
  dynamodbProxy,
}: Servers): Promise<Record<'first request' | 'main + post', number>> {
  const job = await startJob({ action: ROOT, node: NODE, inputs: { ...inputs, dynamodb_table: TABLE } });
  dynamodbProxy.clearRequests();
  let firstRequestMs = 0;
  const totalMs = await timed(async () => {
    const arrived = dynamodbProxy.waitForRequest(() => true).then(() => performance.now());
    const step = await job.startMain();
    firstRequestMs = (await arrived) - step.startedAt;
    const main = await step.result;
    const post = await job.post();
    if (main.exitCode !== 0 || post.exitCode !== 0) throw new Error(`${main.log}\n${post.log}`);
  });
  await job.close();
  return { 'first request': firstRequestMs, 'main + post': totalMs };
}

async function shellScript({ inputs }: Servers): Promise<void> {
  const { endpoint = '', dynamodb_endpoint: dynamodb = '' } = inputs;
  await run('bash', [
    join(ROOT, 'scripts/bench-peer.sh'),
    endpoint,
    dynamodb,
    BUCKET,
    TABLE,
    STATE_PATH,
    work,
  ]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function run(command: string, args: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    PATH: `${TOOLS}${delimiter}${process.env['PATH']}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    USER: 'bench',
  };
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}.`)),
    );
  });
}

function print(rounds: readonly Record<Measure, number>[]): void {
  const median = (measure: Measure) =>
    rounds.map((times) => times[measure]).sort((a, b) => a - b)[rounds.length >> 1] ?? Number.NaN;
  for (const measure of measures)
    console.log(`${measure.padEnd(14)} ${median(measure).toFixed(0).padStart(6)} ms`);
  const ratios = [
    ['main + post / shell script', median('main + post') / median('shell script'), 'at most 0.25'],
    ['first request / node -e 0', median('first request') / median('node -e 0'), 'at most 5'],
  ] as const;
  for (const [name, ratio, goal] of ratios) console.log(`${name}: ${ratio.toFixed(2)} (${goal})`);
}
