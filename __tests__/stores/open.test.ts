import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Settings } from '../../src/config/settings.js';
import type { Lock } from '../../src/lock/lock.js';
import { openStores } from '../../src/stores/open.js';
import { testIdentity } from '../../testing/connections.js';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../../testing/environment.js';
import { lockRecord, testSettings } from '../../testing/test-data.js';

let servers: Servers;
/** The requests of the lock, in order, whichever service they go to. */
let asked: string[];

beforeAll(async () => {
  servers = await startServers();
});

afterAll(() => servers.close());

afterEach(() => {
  servers.s3Proxy.clearRules();
  servers.dynamodbProxy.clearRules();
});

function openAt(locking: Partial<Settings['locking']>) {
  asked = [];
  for (const proxy of [servers.s3Proxy, servers.dynamodbProxy]) {
    const noting = ({ method, operation }: { method: string; operation?: string }) => {
      asked.push(operation ?? method);
      return false;
    };
    proxy.addRule({ match: noting, action: () => {} });
  }
  const settings = testSettings({
    backend: {
      bucket: BUCKET,
      statePath: STATE_PATH,
      region: 'us-east-1',
      usePathStyle: true,
      s3Endpoint: servers.s3Proxy.endpoint,
      dynamodbEndpoint: servers.dynamodbProxy.endpoint,
    },
    locking,
  });
  return openStores(settings, testIdentity);
}

async function takeAndRelease(lock: Lock | undefined): Promise<void> {
  const attempt = await lock?.tryAcquire(lockRecord());
  if (!attempt?.acquired) throw new Error('The lock was expected to be free.');
  await lock?.remove(attempt.held);
}

test('a store of its own has to prove that it honours conditional writes', async () => {
  const stores = openAt({ lock: { kind: 'lockfile' } });
  await takeAndRelease(await stores.openLock(STATE_PATH, (record) => record));
  expect(asked).toEqual(['GET', 'PUT', 'PUT', 'GET', 'DELETE']);
});

test('of both locks the lockfile comes first, as Terraform takes it', async () => {
  const stores = openAt({ lock: { kind: 'both', table: TABLE } });
  await takeAndRelease(await stores.openLock(STATE_PATH, (record) => record));
  expect(asked.slice(0, 4)).toEqual(['GET', 'PUT', 'PUT', 'PutItem']);
});

test('Terraform’s own lock is at the state itself, wherever the job’s is', async () => {
  const stores = openAt({ lock: { kind: 'dynamodb', table: TABLE }, scope: { kind: 'pipeline' } });
  const ours = await stores.openLock(STATE_PATH, (record) => record);
  const terraforms = await stores.openTerraformLock(STATE_PATH);
  expect(terraforms?.path).toBe(`${BUCKET}/${STATE_PATH}`);
  expect(ours?.path).not.toBe(terraforms?.path);
});

test.each<[Settings['locking']['lock'], string[]]>([
  [{ kind: 'dynamodb', table: TABLE }, ['HEAD']],
  [{ kind: 'lockfile' }, []],
  [{ kind: 'both', table: TABLE }, []],
  [{ kind: 'none' }, []],
])('the state is approached where the lock is asked for elsewhere first (%j)', async (lock, expected) => {
  servers.s3.putObject(BUCKET, STATE_PATH, '{}');
  const stores = openAt({ lock });
  await stores.approachState(STATE_PATH, new AbortController().signal);
  expect(asked).toEqual(expected);
});
