import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { connectS3 } from '../../../src/stores/aws/clients.js';
import { listStates } from '../../../src/stores/s3/state-listing.js';
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

const LAST = new Date(Date.UTC(2026, 10, 22));
const page = (keys: readonly string[], next?: string) => ({
  Contents: keys.map((Key) => ({
    Key,
    Size: Key.includes('empty') ? 0 : 20,
    ETag: '"1"',
    LastModified: LAST,
  })),
  NextContinuationToken: next,
});
async function listed(without?: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of listStates(s3, { bucket: 'states', without })) paths.push(path);
  return paths;
}

test('locks, records of ours and empty objects are no states', async () => {
  mock
    .on(ListObjectsV2Command)
    .resolves(
      page([
        'a.tfstate',
        'a.tfstate.tflock',
        'a.tfstate.lockkeeper',
        'a.tfstate.lockkeeper.tflock',
        'a.lockkeeper.line',
        'empty.tfstate',
        'b',
      ]),
    );
  expect(await listed()).toEqual(['a.tfstate', 'b']);
});

test('of the folder of the snapshots one page is listed, and what follows it in full', async () => {
  mock
    .on(ListObjectsV2Command)
    .resolvesOnce(
      page(['a.tfstate', 'lockkeeper/states/a.tfstate/1', 'lockkeeper/states/a.tfstate/2'], 'more'),
    )
    .resolvesOnce(page(['lockkeeping.tfstate'], 'next'))
    .resolvesOnce(page(['z.tfstate']));
  expect(await listed('lockkeeper/')).toEqual(['a.tfstate', 'lockkeeping.tfstate', 'z.tfstate']);
  const asked = mock.commandCalls(ListObjectsV2Command).map(({ args: [{ input }] }) => input.StartAfter);
  expect(asked).toEqual([undefined, 'lockkeeper/\u{10ffff}', 'lockkeeper/\u{10ffff}']);
});

test('the folder of the snapshots is left out also where a key in it comes behind all others', async () => {
  const keys = ['a.tfstate', 'lockkeeper/1', 'lockkeeper/\u{10ffff}.tfstate', 'z.tfstate'];
  mock.on(ListObjectsV2Command).callsFake(({ StartAfter }) => {
    if (mock.commandCalls(ListObjectsV2Command).length > 5) throw new Error('it goes on for ever');
    return page(keys.filter((key) => StartAfter === undefined || key > StartAfter));
  });
  expect(await listed('lockkeeper/')).toEqual(['a.tfstate', 'z.tfstate']);
});
