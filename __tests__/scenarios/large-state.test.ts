import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import type { Job } from '../../testing/job.js';
import { LINEAGE } from '../../testing/test-data.js';
import { inScene } from './scene.js';

const SIZE = 200 * 1024 * 1024;
const MOST_MEMORY = 3 * SIZE;
/** So much of a resource that its attributes are most of it, as in real states. */
const PADDING = 'x'.repeat(1_500);

/** A state of at least {@link SIZE} bytes with many resources, all but the last alike for every serial. */
function largeState(serial: number): Buffer {
  const resource = (name: string) =>
    `    {"mode": "managed", "type": "terraform_data", "name": "${name}", "provider": "p", "instances": [\n` +
    `      {"schema_version": 0, "attributes": {"id": "${name}", "input": {"value": "${PADDING}", "type": "string"}}}\n    ]}`;
  const count = Math.ceil(SIZE / (resource('resource_100000').length + 2));
  const body = Buffer.allocUnsafe(SIZE + 1024 * 1024);
  let length = body.write(
    `{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "serial": ${serial},\n  "lineage": "${LINEAGE}",\n  "outputs": {},\n  "resources": [\n`,
  );
  for (let index = 0; index < count; index++)
    length += body.write(`${resource(`resource_${100_000 + index}`)},\n`, length);
  length += body.write(`${resource(`last_${serial}`)}\n  ],\n  "check_results": null\n}\n`, length);
  return body.subarray(0, length);
}

/**
 * Makes every step of a job leave the most memory that it ever had, in bytes. On Linux the kernel counts towards the
 * `maxRSS` of a process what its parent had when it was forked, so there it is taken from elsewhere.
 */
async function measureMemory(job: Job): Promise<() => Promise<number>> {
  const report = join(job.workspace, 'peak-kilobytes');
  const preload = join(job.workspace, 'measure.mjs');
  await writeFile(
    preload,
    `import { readFileSync, writeFileSync } from 'node:fs';
     const peak = () => process.platform === 'linux'
       ? /VmHWM:\\s+(\\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]
       : String(process.resourceUsage().maxRSS);
     process.on('exit', () => writeFileSync(${JSON.stringify(report)}, peak()));`,
  );
  job.exportEnv({ NODE_OPTIONS: `--import=${pathToFileURL(preload).href}` });
  return async () => Number(await readFile(report, 'utf8')) * 1024;
}

describe('a state of 200 MB', () => {
  test('is copied and compared in three times its size of memory', () =>
    inScene(async ({ s3, startJob, snapshots, lockRecords }) => {
      // Straight to the store: the proxy would hold each body as well.
      const job = await startJob('dynamodb', { inputs: { endpoint: s3.endpoint } });
      const mostMemory = await measureMemory(job);

      const before = largeState(1);
      expect(before.length).toBeGreaterThan(SIZE);
      s3.putObject(BUCKET, STATE_PATH, before);
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await mostMemory()).toBeLessThan(MOST_MEMORY);

      const after = largeState(2);
      s3.putObject(BUCKET, STATE_PATH, after);
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await mostMemory()).toBeLessThan(MOST_MEMORY);
      expect(post.summary).toContain('1 added, 1 removed');
      expect(post.summary).toContain('+ terraform_data.last_2');

      const bodies = snapshots().map(({ body }) => body);
      expect(bodies.map((body) => [before.equals(body), after.equals(body)])).toEqual([
        [true, false],
        [false, true],
      ]);
      expect(await lockRecords()).toEqual([]);
    }));
});
