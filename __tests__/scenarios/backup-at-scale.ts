import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from '@jest/globals';
import type { AccessKey } from '../../src/config/settings.js';
import { indexKey, parseCataloguedKey } from '../../src/names/snapshot-key.js';
import type { CataloguedSnapshot } from '../../src/snapshots/index/catalogue-index.js';
import { unpackIndex } from '../../src/snapshots/index/index-format.js';
import { startDynamodb } from '../../testing/dynamodb-embedded.js';
import { BUCKET, TABLE } from '../../testing/environment.js';
import { seededRandom } from '../../testing/hcl-mutations.js';
import { startJob } from '../../testing/job.js';
import { type S3View, viewS3 } from '../../testing/server-view.js';
import { encryptedStateBody, stateBody } from '../../testing/test-data.js';
import { entriesOf } from './backup-scene.js';
import { PREFIX } from './scene.js';

/** How large a bucket is. */
export interface Scale {
  readonly states: number;
  /** Of the one large state. */
  readonly largeBytes: number;
  /** How often a run is killed before one is left alone. */
  readonly kills: number;
  /** Of the points at which runs are killed. */
  readonly seed: number;
}

const BROKEN = ['', '{', '[]', '{"version": 3}', '{"version": 4, "serial": "x"}'].map((text) => `${text} `);
const WORKSPACES = 20;
const ENCRYPTED = 3;

/**
 * Fills a bucket with states, broken, encrypted and large ones among them, kills runs at random points, and lets one come to its
 * end: then every version has one snapshot, and the index agrees with the names.
 */
export async function backUpAtScale(
  server: { readonly endpoint: string },
  scale: Scale,
  credentials: AccessKey = { accessKeyId: 'test', secretAccessKey: 'test' },
): Promise<void> {
  const view = viewS3(server.endpoint, credentials);
  const dynamodb = await startDynamodb();
  await dynamodb.createTable(TABLE);
  const job = await startJob({
    action: 'backup',
    inputs: {
      ...{ bucket: BUCKET, region: 'us-east-1', endpoint: server.endpoint, use_path_style: 'true' },
      ...{ access_key: credentials.accessKeyId, secret_key: credentials.secretAccessKey },
      ...{ dynamodb_endpoint: dynamodb.endpoint, dynamodb_table: TABLE },
    },
  });
  try {
    const bodies = bodiesOf(scale);
    await inGroups([...bodies], async ([path, body]) => {
      await view.put(BUCKET, path, body);
      const Digest = createHash('md5').update(body).digest('hex');
      if (path.startsWith('env:')) await dynamodb.putItem(TABLE, { LockID: `${BUCKET}/${path}-md5`, Digest });
    });
    const random = seededRandom(scale.seed);
    for (let kill = 0; kill < scale.kills; kill++) {
      const step = await job.startMain();
      await step.waitForLog(new RegExp(`\\(${1 + Math.floor(random() * 3)}\\d %\\)`));
      step.sendSignal('SIGKILL');
      expect(await step.result).toMatchObject({ signal: 'SIGKILL' });
    }
    const step = await job.main();
    expect(step.stderr).not.toContain('MaxListenersExceededWarning');
    expect(step).toMatchObject({
      exitCode: 0,
      errors: [],
      outputs: { states: String(scale.states), failed: '0' },
    });
    expect(Number(step.outputs['copied'])).toBeLessThan(scale.states - 5);
    await expectComplete(view, bodies, await readFile(step.outputs['report_file'] ?? '', 'utf8'));
    expect(await job.main()).toMatchObject({
      ...{ exitCode: 0, errors: [] },
      outputs: { copied: '0', unchanged: String(scale.states - BROKEN.length), bytes: '0' },
    });
  } finally {
    view.close();
    await job.close();
    await dynamodb.close();
  }
}

function bodiesOf({ states, largeBytes }: Scale): ReadonlyMap<string, Uint8Array> {
  const workspaces = Array.from({ length: WORKSPACES }, (_, n) => `env:/workspace-${n}/terraform.tfstate`);
  const others = Array.from(
    { length: states - WORKSPACES },
    (_, n) => `team-${n % 40}/service-${n}/terraform.tfstate`,
  );
  return new Map([...workspaces, ...others].map((path, n) => [path, bodyOf(path, { n, largeBytes })]));
}

function bodyOf(path: string, { n, largeBytes }: { n: number; largeBytes: number }): Uint8Array {
  const at = n - WORKSPACES;
  if (at >= 0 && at < BROKEN.length) return Buffer.from(BROKEN[at] ?? '');
  if (at >= BROKEN.length && at < BROKEN.length + ENCRYPTED) return encryptedStateBody(n);
  const filling = at === BROKEN.length + ENCRYPTED ? 'x'.repeat(largeBytes / 2) : 'x'.repeat(1_000);
  return stateBody({ serial: n + 1, values: { [`of_${n}`]: path, filling } });
}

async function expectComplete(
  view: S3View,
  bodies: ReadonlyMap<string, Uint8Array>,
  reportText: string,
): Promise<void> {
  const keys = await view.keys(BUCKET, `${PREFIX}${BUCKET}/`);
  const snapshots = keys.flatMap((key): CataloguedSnapshot[] => {
    const name = parseCataloguedKey(key, PREFIX, BUCKET);
    return name ? [{ ...name, key, bytes: bodies.get(name.statePath)?.length ?? 0, storedAt: 0 }] : [];
  });
  expect(snapshots).toHaveLength(keys.length);
  expect(snapshots.map(({ statePath }) => statePath).sort()).toEqual([...bodies.keys()].sort());
  expect(snapshots.filter(({ kind }) => kind === 'doubtful')).toHaveLength(BROKEN.length);
  const index = await view.get(BUCKET, indexKey(PREFIX, BUCKET));
  expect((await unpackIndex(BUCKET, index?.body ?? Buffer.alloc(0)))?.entries).toEqual(entriesOf(snapshots));
  expect(reportText.trim().split('\n')).toHaveLength(bodies.size);
  const some = snapshots.filter((_, n) => n % Math.ceil(snapshots.length / 40) === 0);
  await inGroups(some, async ({ key, statePath }) => {
    const body = (await view.get(BUCKET, key))?.body;
    expect({ statePath, same: body?.equals(bodies.get(statePath) ?? Buffer.alloc(0)) }).toEqual({
      statePath,
      same: true,
    });
  });
}

/** So many at once. */
const GROUP = 24;

async function inGroups<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += GROUP) await Promise.all(items.slice(at, at + GROUP).map(work));
}
