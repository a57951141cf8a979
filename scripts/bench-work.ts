/** What `npm run bench` times, and where it is done. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { AwsProxy } from '../testing/aws-proxy.js';
import { BUCKET, type Servers, STATE_PATH, TABLE } from '../testing/environment.js';
import { startJob } from '../testing/job.js';

const ROOT = process.cwd();
const TOOLS = join(ROOT, '.interop', 'bin');
/** The runtime that action.yml names, where `scripts/install-interop-tools.sh` has put it. */
const NODE = existsSync(join(TOOLS, 'node24')) ? join(TOOLS, 'node24') : process.execPath;

/** The embedded servers as a client finds them. */
export interface Place {
  readonly s3: string;
  readonly dynamodb: string;
  /** What a job is told, beside its lock. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
}

/** On loopback, by plain HTTP. */
export function placeHere({ inputs }: Servers): Place {
  const { endpoint: s3 = '', dynamodb_endpoint: dynamodb = '' } = inputs;
  return { s3, dynamodb, inputs, environment: {} };
}

/** At the addresses of AWS, by TLS and behind its proxy: as far away as that is told to be. */
export function placeBehind({ inputs }: Servers, { environment }: AwsProxy): Place {
  const { region } = inputs;
  return {
    s3: `https://s3.${region}.amazonaws.com`,
    dynamodb: `https://dynamodb.${region}.amazonaws.com`,
    inputs: { ...inputs, endpoint: '', dynamodb_endpoint: '', use_path_style: '' },
    environment: { ...environment, AWS_CA_BUNDLE: environment['NODE_EXTRA_CA_CERTS'] ?? '' },
  };
}

/** The least that any step costs. */
export const bareNode = (): Promise<number> => timed(() => run(NODE, ['-e', '0']));

/** In milliseconds from the start of the main step: when its first request came in, and when post had ended. */
export async function jobTimes(
  { inputs, environment }: Place,
  { dynamodbProxy }: Servers,
): Promise<{ readonly firstRequest: number; readonly mainAndPost: number }> {
  const given = { ...inputs, dynamodb_table: TABLE };
  const job = await startJob({ action: ROOT, node: NODE, inputs: given, env: environment });
  dynamodbProxy.clearRequests();
  let firstRequest = 0;
  const mainAndPost = await timed(async () => {
    const arrived = dynamodbProxy.waitForRequest(() => true).then(() => performance.now());
    const step = await job.startMain();
    firstRequest = (await arrived) - step.startedAt;
    const main = await step.result;
    const post = await job.post();
    if (main.exitCode !== 0 || post.exitCode !== 0) throw new Error(`${main.log}\n${post.log}`);
  });
  await job.close();
  return { firstRequest, mainAndPost };
}

/** The same requests as a job's, by hand. */
export function shellScript({ s3, dynamodb, environment }: Place, workFolder: string): Promise<number> {
  const script = join(ROOT, 'scripts/bench-peer.sh');
  const args = [script, s3, dynamodb, BUCKET, TABLE, STATE_PATH, workFolder];
  return timed(() => run('bash', args, environment));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function run(
  command: string,
  args: readonly string[],
  environment: Place['environment'] = {},
): Promise<void> {
  const env = {
    ...process.env,
    PATH: `${TOOLS}${delimiter}${process.env['PATH']}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    USER: 'bench',
    ...environment,
  };
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}.`)),
    );
  });
}
