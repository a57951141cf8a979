import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { indexKey, parseCataloguedKey } from '../../src/names/snapshot-key.js';
import {
  type CataloguedSnapshot,
  type CatalogueIndex,
  entryOf,
} from '../../src/snapshots/index/catalogue-index.js';
import { packIndex, unpackIndex } from '../../src/snapshots/index/index-format.js';
import { BUCKET, type Servers, startServers, TABLE } from '../../testing/environment.js';
import { type Job, startJob } from '../../testing/job.js';
import type { StepHandle, StepResult } from '../../testing/runner.js';
import type { S3Settings, StoredObject } from '../../testing/s3-double/index.js';
import { stateBody } from '../../testing/test-data.js';
import { PREFIX } from './scene.js';

export const INDEX_KEY = indexKey(PREFIX, BUCKET);

type Values = Readonly<Record<string, string>>;

/** A bucket of states, its lock table, and runs of `backup/` on them. */
export interface BackupScene extends Servers {
  /** A state as Terraform leaves it, with its digest. Without a body, of the serial. */
  putState(
    path: string,
    options?: { serial?: number; body?: string | Uint8Array; at?: string },
  ): Promise<StoredObject>;
  /** Runs the action to its end. */
  backup(inputs?: Values, env?: Values): Promise<BackupStep>;
  start(inputs?: Values, env?: Values): Promise<StepHandle>;
  /** Every snapshot that there is, as its name tells. */
  snapshots(bucket?: string): readonly CataloguedSnapshot[];
  index(): Promise<CatalogueIndex | undefined>;
  putIndex(index: CatalogueIndex): Promise<void>;
  /** What both servers were asked since the last look, in order. */
  asked(): readonly string[];
}

export interface BackupStep extends StepResult {
  /** The lines of the report file. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

export async function inBackupScene(
  run: (scene: BackupScene) => Promise<void>,
  options: Partial<S3Settings> = {},
): Promise<void> {
  const servers = await startServers(options);
  const jobs: Job[] = [];
  try {
    await run(newScene(servers, jobs));
  } finally {
    await servers.close();
    await Promise.all(jobs.map((job) => job.close()));
  }
}

function newScene(servers: Servers, jobs: Job[]): BackupScene {
  const { s3, dynamodb, inputs, s3Proxy, dynamodbProxy } = servers;
  const { key: _, ...places } = inputs;
  const start = async (more: Values = {}, env: Values = {}) => {
    const given = { ...places, dynamodb_table: TABLE, ...more };
    const job = await startJob({ action: 'backup', inputs: given, env });
    jobs.push(job);
    return job.startMain();
  };
  return {
    ...servers,
    start,
    async putState(path, { serial = 7, body = stateBody({ serial }), at } = {}) {
      const bytes = Buffer.from(body);
      const lastModified = at === undefined ? undefined : new Date(at);
      const stored = s3.putObject(BUCKET, path, bytes, lastModified && { lastModified });
      const Digest = createHash('md5').update(bytes).digest('hex');
      await dynamodb.putItem(TABLE, { LockID: `${BUCKET}/${path}-md5`, Digest });
      return stored;
    },
    async backup(more, env) {
      const step = await (await start(more, env)).result;
      const file = step.outputs['report_file'];
      const text = file ? await readFile(file, 'utf8') : '';
      const lines = text.split('\n').filter((line) => line !== '');
      return { ...step, lines: lines.map((line) => JSON.parse(line)) };
    },
    snapshots: (bucket = BUCKET) =>
      s3.listKeys(bucket, PREFIX).flatMap((key) => {
        const name = parseCataloguedKey(key, PREFIX, BUCKET);
        return name
          ? [{ ...name, key, bytes: s3.getObject(bucket, key)?.body.length ?? 0, storedAt: 0 }]
          : [];
      }),
    index: async () => unpackIndex(BUCKET, s3.getObject(BUCKET, INDEX_KEY)?.body ?? Buffer.alloc(0)),
    putIndex: async (index) => {
      s3.putObject(BUCKET, INDEX_KEY, Buffer.from(await packIndex(BUCKET, index)));
    },
    asked: () => {
      const all = [s3Proxy, dynamodbProxy].flatMap(({ requests }) =>
        requests.map(({ method, operation, url }) => operation ?? `${method} ${url.split(/&X-|&x-/)[0]}`),
      );
      s3Proxy.clearRequests();
      dynamodbProxy.clearRequests();
      return all;
    },
  };
}

/** What an index has to say of the snapshots that there are. */
export function entriesOf(snapshots: readonly CataloguedSnapshot[]) {
  const paths = [...new Set(snapshots.map(({ statePath }) => statePath))];
  return new Map(
    paths.map((path) => [path, entryOf(snapshots.filter(({ statePath }) => statePath === path))] as const),
  );
}
