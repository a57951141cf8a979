import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { type Listing, listObjects } from '../../../src/stores/s3/object-listing.js';
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
const mock = mockClient(s3.client);
beforeEach(() => {
  mock.reset();
});

const page = (keys: readonly string[], more: Partial<ListObjectsV2CommandOutput> = {}) => ({
  Contents: keys.map((Key) => ({ Key, Size: 20, ETag: '"1"' })),
  ...more,
});

async function listed(listing: Omit<Listing, 'bucket'> = {}): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listObjects(s3, { bucket: 'states', ...listing })) keys.push(key);
  return keys;
}

describe('a listing that would be taken for whole, and is not,', () => {
  test('is an error where a page says that there is more, and not where', async () => {
    mock.on(ListObjectsV2Command).resolves(page(['a'], { IsTruncated: true }));
    await expect(listed()).rejects.toMatchObject({
      problem: { kind: 'unexpected', action: 's3:ListBucket', detail: expect.stringContaining('more pages') },
    });
  });
});

describe('a listing without end', () => {
  test('is an error where a page leads back to an earlier one', async () => {
    mock.on(ListObjectsV2Command).callsFake(({ ContinuationToken }) => {
      if (mock.commandCalls(ListObjectsV2Command).length > 20) throw new Error('it goes on for ever');
      return page([], { NextContinuationToken: ContinuationToken === 'one' ? 'two' : 'one' });
    });
    await expect(listed()).rejects.toMatchObject({
      problem: {
        kind: 'unexpected',
        action: 's3:ListBucket',
        detail: expect.stringContaining('given before'),
      },
    });
  });
});

describe('a store that gives more than it was asked for', () => {
  test('does not get objects of another folder taken for those of this one', async () => {
    mock.on(ListObjectsV2Command).resolves(page(['lockkeeper/.drill/1', 'prod/terraform.tfstate']));
    expect(await listed({ prefix: 'lockkeeper/.drill/' })).toEqual(['lockkeeper/.drill/1']);
  });

  test('does not get objects listed that lie before the first, by the order of their bytes', async () => {
    mock.on(ListObjectsV2Command).resolves(page(['a', 'b', '\u{ffff}', '\u{10000}', '\u{10001}']));
    expect(await listed({ startAfter: '\u{10000}' })).toEqual(['\u{10001}']);
  });
});
