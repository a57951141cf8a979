import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { readBucketVersioning } from '../../../src/stores/s3/bucket-versioning.js';
import { s3Connection } from '../../../testing/connections.js';
import { s3Refusal } from '../../../testing/s3-answers.js';

const s3 = await connectS3(s3Connection('http://127.0.0.1:9'));
const mock = mockClient(s3.client);

beforeEach(() => {
  mock.reset();
});

test.each([
  ['Enabled', 'enabled'],
  ['Suspended', 'suspended'],
  [undefined, 'disabled'],
] as const)('S3 says %s: it is %s', async (Status, versioning) => {
  mock.on(GetBucketVersioningCommand, { Bucket: 'states' }).resolves({ Status });
  expect(await readBucketVersioning(s3, 'states')).toBe(versioning);
});

test('a refusal names the permission', async () => {
  mock.on(GetBucketVersioningCommand).rejects(s3Refusal(403, 'AccessDenied'));
  await expect(readBucketVersioning(s3, 'states')).rejects.toMatchObject({
    problem: { kind: 'access-denied', action: 's3:GetBucketVersioning', resource: 'arn:aws:s3:::states' },
  });
});
