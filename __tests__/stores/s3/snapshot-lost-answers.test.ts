import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Catalogue } from '../../../src/snapshots/catalogue.js';
import { s3Catalogue } from '../../../src/stores/s3/snapshot-objects.js';
import { newClients, s3Connection } from '../../../testing/connections.js';
import { type FaultProxy, startFaultProxy } from '../../../testing/fault-proxy.js';
import { answerInstead, dropAfter, s3Error } from '../../../testing/faults.js';
import { type S3Double, startS3Double } from '../../../testing/s3-double/index.js';
import { testSnapshot } from '../../../testing/test-data.js';

const clients = newClients();
let store: S3Double;
let proxy: FaultProxy;
let catalogue: Catalogue;

beforeAll(async () => {
  store = await startS3Double();
  store.createBucket('backups');
  proxy = await startFaultProxy(store.endpoint);
  catalogue = s3Catalogue(await clients.s3(s3Connection(proxy.endpoint)), {
    bucket: 'backups',
    prefix: 'lockkeeper/states/network.tfstate/',
    encryption: { kind: 'bucket-default' },
  });
});

afterAll(async () => {
  clients.destroy();
  await proxy.close();
  await store.close();
});

afterEach(() => {
  proxy.clearRules();
});

test('a snapshot that was stored, and whose answer was lost, was created by this job', async () => {
  const snapshot = testSnapshot({ key: 'lost' });
  proxy.addRule({ match: ({ method }) => method === 'PUT', action: dropAfter(), times: 1 });
  expect(await catalogue.add(snapshot)).toBe('created');
  expect(store.getObject('backups', 'lost')?.body).toEqual(Buffer.from(snapshot.body));
});

test('a snapshot that was there before a throttled request was not', async () => {
  const snapshot = testSnapshot({ key: 'there' });
  store.putObject('backups', 'there', Buffer.from(snapshot.body));
  const slowDown = answerInstead(s3Error(503, 'SlowDown'));
  proxy.addRule({ match: ({ method }) => method === 'PUT', action: slowDown, times: 1 });
  expect(await catalogue.add(snapshot)).toBe('already-there');
});
