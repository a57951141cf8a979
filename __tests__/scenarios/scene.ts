import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import { formatLockInfo } from '../../src/lock/lock-info.js';
import { BUCKET, type Servers, STATE_PATH, startServers, TABLE } from '../../testing/environment.js';
import type { Fault, ProxiedRequest } from '../../testing/fault-proxy.js';
import { type Job, type JobOptions, startJob } from '../../testing/job.js';
import type { S3Settings, StoredObject } from '../../testing/s3-double/index.js';
import type { StringItem } from '../../testing/server-view.js';
import { stateBody, theirInfo } from '../../testing/test-data.js';

/** Which lock a job takes. */
export type Kind = 'dynamodb' | 'lockfile' | 'both' | 'none';

/** The kinds that do lock. */
export const LOCKING_KINDS = ['dynamodb', 'lockfile', 'both'] as const satisfies readonly Kind[];

const KIND_INPUTS: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  dynamodb: { dynamodb_table: TABLE },
  lockfile: { use_lockfile: 'true' },
  both: { dynamodb_table: TABLE, use_lockfile: 'true' },
  none: {},
};

/**
 * What main asks for, round by round, when nothing stands in its way: what stands together is asked for at the same
 * time. A store at an endpoint of its own is asked to prove its
 * conditional writes, which Amazon S3 need not do: there a lockfile's sequence is one `PUT lockfile` shorter.
 */
export const ROUNDS_OF_MAIN: Readonly<Record<Kind, Rounds>> = {
  dynamodb: [['PutItem lock'], ['GET state', 'GetItem digest'], ['PUT snapshot']],
  lockfile: [['GET lockfile'], ['PUT lockfile'], ['PUT lockfile'], ['GET state'], ['PUT snapshot']],
  both: [
    ...[['GET lockfile'], ['PUT lockfile'], ['PUT lockfile'], ['PutItem lock']],
    ...[['GET state', 'GetItem digest'], ['PUT snapshot']],
  ],
  none: [['GET state'], ['PUT snapshot']],
};

/** What a scene gives as inputs, left out: for a job that has it from elsewhere. */
export const NO_INPUTS = {
  bucket: '',
  key: '',
  region: '',
  use_path_style: '',
  access_key: '',
  secret_key: '',
  endpoint: '',
  dynamodb_endpoint: '',
  dynamodb_table: '',
};

/** What post asks for first, at the same time. */
export const LOOK_OF_POST: Readonly<Record<Kind, readonly string[]>> = {
  dynamodb: ['GET state', 'GetItem digest'],
  lockfile: ['GET state'],
  both: ['GET state', 'GetItem digest'],
  none: ['GET state'],
};

/** Requests that wait for nothing but the round before; in which order a round arrives is left open. */
export type Rounds = readonly (readonly string[])[];

/** What was asked for, cut into rounds as `expected` is, and what came beyond those as one more. */
export function inRounds(asked: readonly string[], expected: Rounds): Rounds {
  const rest = [...asked];
  const rounds = expected.map(({ length }) => rest.splice(0, length).sort());
  return rest.length > 0 ? [...rounds, rest] : rounds;
}

export const LOCK_PATH = `${BUCKET}/${STATE_PATH}`;
export const LOCKFILE_KEY = `${STATE_PATH}.tflock`;
export const DIGEST_ID = `${LOCK_PATH}-md5`;
export const PREFIX = 'lockkeeper/';

/** Servers with a state and with strangers' locks on them, and jobs that end with them. */
export interface Scene extends Servers {
  startJob(kind: Kind, options?: JobOptions): Promise<Job>;
  /** Stores a state as Terraform does: the object, then its digest. */
  putState(body: Uint8Array): Promise<StoredObject>;
  /** Makes somebody else hold the lock, with Terraform's record and nothing beside it. */
  holdByOther(kind: Kind, differences?: Parameters<typeof theirInfo>[0]): Promise<void>;
  /** What there is of this state's locks: LockIDs and keys. */
  lockRecords(): Promise<string[]>;
  snapshots(): StoredObject[];

  /**
   * What both servers were asked through the proxies, in order: see {@link nameOf}. `HEAD state` is left out. It opens
   * a connection where the lock takes its time, so that it comes or not, and nothing depends on it.
   */
  readonly asked: readonly string[];
  /** Does `action` in place of the nth request of this name from now on, and of as many as `times` says; 1 each. */
  onRequest(name: string, action: Fault, options?: { nth?: number; times?: number }): void;
  /** Resolves once that many requests of this name, one unless given, have come in since the start. */
  waitForRequest(name: string, count?: number): Promise<ProxiedRequest>;
}

/** Catches a test that hangs, sooner than jest does: what it has started is ended, and its error says how far it came. */
const TIME_LIMIT_MS = 240_000;

/** Runs a test in a scene of its own. No test may touch what belongs to strangers, so that is looked at each time. */
export async function inScene(
  run: (scene: Scene) => Promise<void>,
  options: Partial<S3Settings> = {},
): Promise<void> {
  const servers = await startServers(options);
  const jobs: Job[] = [];
  const scene = newScene(servers, jobs);
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<never>((_, reject) => {
    const giveUp = () =>
      reject(new Error(`The test hangs. The servers were asked: ${scene.asked.join(', ')}.`));
    timer = setTimeout(giveUp, TIME_LIMIT_MS);
  });
  try {
    await putStrangers(servers);
    await Promise.race([run(scene), timeUp]);
    await expectStrangersUntouched(servers);
  } finally {
    clearTimeout(timer);
    await servers.close();
    await Promise.all(jobs.map((job) => job.close()));
  }
}

function newScene(servers: Servers, jobs: Job[]): Scene {
  const { s3, dynamodb, inputs } = servers;
  const proxies = [servers.s3Proxy, servers.dynamodbProxy];
  const asked: string[] = [];
  const takeDown = (request: ProxiedRequest): boolean => {
    if (request.method !== 'HEAD') asked.push(nameOf(request));
    return false;
  };
  for (const proxy of proxies) proxy.addRule({ match: takeDown, action: () => {} });
  const putItem = (LockID: string, item: StringItem) => dynamodb.putItem(TABLE, { LockID, ...item });

  return {
    ...servers,
    startJob: async (kind, options = {}) => {
      const job = await startJob({
        ...options,
        inputs: { ...inputs, ...KIND_INPUTS[kind], ...options.inputs },
      });
      jobs.push(job);
      return job;
    },
    putState: async (body) => {
      const stored = s3.putObject(BUCKET, STATE_PATH, Buffer.from(body));
      await putItem(DIGEST_ID, { Digest: createHash('md5').update(body).digest('hex') });
      return stored;
    },
    holdByOther: async (kind, differences = {}) => {
      const text = formatLockInfo(theirInfo({ Path: LOCK_PATH, ...differences }));
      if (kind !== 'dynamodb') s3.putObject(BUCKET, LOCKFILE_KEY, text);
      if (kind !== 'lockfile') await putItem(LOCK_PATH, { Info: text });
    },
    lockRecords: async () => {
      const items = (await dynamodb.scan(TABLE)).map(({ LockID = '' }) => LockID);
      const locks = items.filter((id) => id.startsWith(LOCK_PATH) && id !== DIGEST_ID);
      return [...locks, ...s3.listKeys(BUCKET, STATE_PATH).filter((key) => key.endsWith('.tflock'))];
    },
    snapshots: () => s3.listKeys(BUCKET, PREFIX).map((key) => s3.getObject(BUCKET, key) as StoredObject),

    asked,
    onRequest: (name, action, { nth = 1, times = 1 } = {}) => {
      const match = (request: ProxiedRequest) => nameOf(request) === name;
      for (const proxy of proxies) {
        proxy.addRule({ match, action: passOn, times: nth - 1 });
        proxy.addRule({ match, action, times });
      }
    },
    waitForRequest: (name, count = 1) => {
      const match = (request: ProxiedRequest) => nameOf(request) === name;
      return Promise.race(proxies.map((proxy) => proxy.waitForRequest(match, { count })));
    },
  };
}

const passOn: Fault = async ({ forward, answer }) => answer(await forward());

/** What a request asks for and of what, in two words: `PutItem lock`, `GET state`, `PUT snapshot`, `GET listing`. */
export function nameOf({ operation, method, url, body }: ProxiedRequest): string {
  if (operation === undefined) return `${method} ${objectOf(decodeURIComponent(url))}`;
  return `${operation} ${body.includes('-md5"') ? 'digest' : 'lock'}`;
}

function objectOf(url: string): string {
  const [path = '', query = ''] = url.split('?');
  const ofBucket = OF_BUCKET.find(([sign]) => query.includes(sign));
  if (ofBucket) return ofBucket[1];
  if (path.endsWith('.tflock')) return 'lockfile';
  return path.includes(`/${PREFIX}`) ? 'snapshot' : 'state';
}

/** What is asked of a bucket, by a part of the query. */
const OF_BUCKET = [
  ['list-type', 'listing'],
  ['object-lock', 'object lock'],
  ['delete', 'deletion'],
] as const;

/** Takes the lock away, whoever has it, as a person does who is sure of it. */
export async function forceUnlock({ s3, dynamodb }: Servers): Promise<void> {
  s3.deleteObject(BUCKET, LOCKFILE_KEY);
  await dynamodb.deleteItem(TABLE, { LockID: LOCK_PATH });
}

/** Another state's lock, in both of its forms, and its digest. */
const STRANGERS_PATH = 'other/terraform.tfstate';
const STRANGERS_INFO = formatLockInfo(theirInfo({ ID: 'a-stranger', Path: `${BUCKET}/${STRANGERS_PATH}` }));
const STRANGERS_ITEMS: readonly StringItem[] = [
  { LockID: `${BUCKET}/${STRANGERS_PATH}`, Info: STRANGERS_INFO },
  { LockID: `${BUCKET}/${STRANGERS_PATH}-md5`, Digest: 'd41d8cd98f00b204e9800998ecf8427e' },
];
const STRANGERS_OBJECTS = { [STRANGERS_PATH]: '{}', [`${STRANGERS_PATH}.tflock`]: STRANGERS_INFO };

async function putStrangers({ s3, dynamodb }: Servers): Promise<void> {
  for (const [key, body] of Object.entries(STRANGERS_OBJECTS)) s3.putObject(BUCKET, key, body);
  for (const item of STRANGERS_ITEMS) await dynamodb.putItem(TABLE, item);
}

async function expectStrangersUntouched({ s3, dynamodb }: Servers): Promise<void> {
  for (const [key, body] of Object.entries(STRANGERS_OBJECTS)) {
    expect(s3.versions(BUCKET, key)).toHaveLength(1);
    expect(s3.getObject(BUCKET, key)?.body.toString()).toBe(body);
  }
  expect(await dynamodb.scan(TABLE)).toEqual(expect.arrayContaining([...STRANGERS_ITEMS]));
}

/** What Terraform wrote, for a job to find. */
export const STATE = stateBody();

/** The key under which the snapshot of one version of the state belongs. */
export function snapshotKey({ etag, lastModified }: StoredObject, serial: number): string {
  const stamp = `${lastModified.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const tag = createHash('sha256').update(etag.slice(1, -1)).digest('hex').slice(0, 12);
  return `${PREFIX}${LOCK_PATH}/${stamp}-${String(serial).padStart(10, '0')}-${tag}.tfstate`;
}
