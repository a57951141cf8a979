/**
 * `npm run bench`: Lockkeeper beside what it is compared with, in one run on the same servers, medians of
 * {@link ROUNDS}. What counts are the ratios, each taken within a round: seconds are of this machine, and of the moment.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAwsProxy } from '../testing/aws-proxy.js';
import { BUCKET, STATE_PATH, startServers } from '../testing/environment.js';
import { bareNode, jobTimes, placeBehind, placeHere, shellScript } from './bench-work.js';

const ROUNDS = 15;
const ROUND_TRIP_MS = 20;
const FAR = `${ROUND_TRIP_MS} ms away`;

/** All in milliseconds. */
type Round = Awaited<ReturnType<typeof round>>;

const servers = await startServers();
const aws = await startAwsProxy(servers, { roundTripMs: ROUND_TRIP_MS });
const workFolder = mkdtempSync(join(tmpdir(), 'lockkeeper-bench-'));
try {
  servers.s3.putObject(BUCKET, STATE_PATH, readFileSync('__tests__/state/fixtures/before.tfstate'));
  await round(); // the first one finds nothing in the machine's caches
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await round());
  print(rounds);
} finally {
  rmSync(workFolder, { recursive: true });
  await aws.close();
  await servers.close();
}

async function round() {
  const here = placeHere(servers);
  const away = placeBehind(servers, aws);
  return {
    bareNode: await bareNode(),
    ...(await jobTimes(here, servers)),
    script: await shellScript(here, workFolder),
    farAway: (await jobTimes(away, servers)).mainAndPost,
    scriptFarAway: await shellScript(away, workFolder),
  };
}

function print(rounds: readonly Round[]): void {
  const row = (name: string, value: (round: Round) => number, unit: string, goal = '') => {
    const values = rounds.map(value).sort((a, b) => a - b);
    const median = values[values.length >> 1] ?? Number.NaN;
    const digits = unit === 'ms' ? 0 : 2;
    console.log(
      `${name.padEnd(52)} ${median.toFixed(digits).padStart(7)} ${unit.padEnd(12)} ${goal}`.trimEnd(),
    );
  };
  row('node -e 0', ({ bareNode }) => bareNode, 'ms');
  row('first request', ({ firstRequest }) => firstRequest, 'ms');
  row('main + post', ({ mainAndPost }) => mainAndPost, 'ms');
  row('shell script', ({ script }) => script, 'ms');
  row(`main + post by TLS, ${FAR}`, ({ farAway }) => farAway, 'ms');
  row(`shell script by TLS, ${FAR}`, ({ scriptFarAway }) => scriptFarAway, 'ms');
  row('first request / node -e 0', (of) => of.firstRequest / of.bareNode, 'x', 'aim: 3.5');
  row('main + post / two of node -e 0', (of) => of.mainAndPost / (2 * of.bareNode), 'x', 'aim: 4');
  row('main + post / shell script', (of) => of.mainAndPost / of.script, 'x', 'aim: 0.12');
  row(`main + post / shell script, ${FAR}`, (of) => of.farAway / of.scriptFarAway, 'x');
  // Connections are set up in it as well: to the proxy, through it, and TLS.
  row(`main + post beyond two of node -e 0, ${FAR}`, (of) => beyondNode(of, of.farAway), 'round trips');
  row(`shell script beyond the same, ${FAR}`, (of) => beyondNode(of, of.scriptFarAway), 'round trips');
}

function beyondNode({ bareNode }: Round, ms: number): number {
  return (ms - 2 * bareNode) / ROUND_TRIP_MS;
}
