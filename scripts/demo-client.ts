/** Who deploys in the demo: Terraform itself, or where there is none, states that it wrote once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLockInfo } from '../src/lock/lock-info.js';
import { inspectState } from '../src/state/inspection.js';
import { compareResources } from '../src/state/resources.js';
import { BUCKET, type Servers, STATE_PATH, TABLE } from '../testing/environment.js';
import type { Job } from '../testing/job.js';
import { terraform, writeConfiguration } from './demo-terraform.js';

export interface DemoClient {
  /** Writes the state that the jobs find. */
  deployLongAgo(): Promise<void>;
  /** What the laptop's user reads, while a job holds the lock. */
  deployFromLaptop(): Promise<string>;
  /** What a job's log has of its deploy. */
  deploy(job: Job): Promise<string>;
}

export function realClient(servers: Servers, laptop: Job): DemoClient {
  const deploy = async (job: Job, value: string): Promise<string> => {
    writeConfiguration(job.workspace, servers);
    await terraform(job, 'init');
    return terraform(job, 'apply', '-auto-approve', '-var', `v=${value}`);
  };
  return {
    deployLongAgo: async () => {
      await deploy(laptop, 'one');
    },
    deployFromLaptop: () => terraform(laptop, 'apply', '-auto-approve'),
    deploy: (job) => deploy(job, 'two'),
  };
}

export function standIn({ s3, dynamodb }: Servers): DemoClient {
  const [one, two] = ['one', 'two'].map((name) =>
    readFileSync(join(process.cwd(), 'scripts/demo-states', `${name}.tfstate`)),
  ) as [Buffer, Buffer];
  return {
    deployLongAgo: async () => {
      s3.putObject(BUCKET, STATE_PATH, one);
    },
    deployFromLaptop: async () => {
      const item = await dynamodb.getItem(TABLE, { LockID: `${BUCKET}/${STATE_PATH}` });
      const info = Object.entries(parseLockInfo(item?.['Info'] ?? '') ?? {});
      return ['Lock Info:', ...info.map(([name, value]) => `  ${`${name}:`.padEnd(11)}${value}`)].join('\n');
    },
    deploy: async () => {
      s3.putObject(BUCKET, STATE_PATH, two);
      return difference(one, two);
    },
  };
}

async function difference(before: Buffer, after: Buffer): Promise<string> {
  const [old, now] = [await inspectState(before), await inspectState(after)];
  const { added, changed, removed } = compareResources(
    old.resources ?? new Map(),
    now.resources ?? new Map(),
  );
  return [
    ...added.map((address) => `  + ${address}`),
    ...changed.map((address) => `  ~ ${address}`),
    ...removed.map((address) => `  - ${address}`),
    `The state has serial ${now.header.serial} now; it had ${old.header.serial}.`,
  ].join('\n');
}
