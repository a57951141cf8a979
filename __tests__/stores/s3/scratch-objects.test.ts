import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { drillFolder, drillPath, drillsFolder } from '../../../src/names/drill-place.js';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { listScratch } from '../../../src/stores/s3/scratch-objects.js';
import { testIdentity } from '../../../testing/connections.js';
import { REACH } from '../../../testing/test-data.js';

const s3 = await connectS3({
  region: 'eu-central-1',
  maxAttempts: 1,
  reach: REACH,
  usePathStyle: false,
  skipS3Checksum: false,
  identity: testIdentity,
});

test('a drill removes what drills have left, and finds nothing else: what others keep there, what lies elsewhere', async () => {
  const left = drillPath(drillFolder('lockkeeper/', '1'), 'state-1');
  const keys = [left, 'lockkeeper/.drill/prod/terraform.tfstate', 'prod/terraform.tfstate'];
  mockClient(s3.client)
    .on(ListObjectsV2Command)
    .resolves({ Contents: keys.map((Key) => ({ Key, LastModified: new Date(0) })) });
  const found: string[] = [];
  for await (const { path } of listScratch(s3, { bucket: 'states', folder: drillsFolder('lockkeeper/') }))
    found.push(path);
  expect(found).toEqual([left]);
});
