import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { standIn } from '../../scripts/demo-client.js';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../../testing/environment.js';
import { type Job, startJob } from '../../testing/job.js';

let servers: Servers;
let job: Job;

beforeAll(async () => {
  servers = await startServers();
  job = await startJob();
});

afterAll(async () => {
  await job.close();
  await servers.close();
});

test('without Terraform, a deploy changes the state and shows how', async () => {
  const client = standIn(servers);
  await client.deployLongAgo();
  const before = servers.s3.getObject(BUCKET, STATE_PATH)?.body.toString();
  const log = await client.deploy(job);
  const after = servers.s3.getObject(BUCKET, STATE_PATH)?.body.toString();
  expect(before).toContain('"serial": 3');
  expect(after).toContain('"serial": 6');
  expect(log.split('\n')).toEqual([
    '  + terraform_data.subnet["b"]',
    '  ~ terraform_data.network',
    'The state has serial 6 now; it had 3.',
  ]);
});

test('without Terraform, the laptop is shown the record of whoever holds the lock', async () => {
  const Info = JSON.stringify({ ID: '1-2-3', Who: 'octocat@runner-1' });
  await servers.dynamodb.putItem(TABLE, { LockID: `${BUCKET}/${STATE_PATH}`, Info });
  const shown = await standIn(servers).deployFromLaptop();
  expect(shown).toContain('  ID:        1-2-3\n');
  expect(shown).toContain('  Who:       octocat@runner-1\n');
});
