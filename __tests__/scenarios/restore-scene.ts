import { createHash } from 'node:crypto';
import type { SnapshotKind } from '../../src/names/snapshot-key.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import type { Job } from '../../testing/job.js';
import { stateBody } from '../../testing/test-data.js';
import { DIGEST_ID, type Kind, type Scene, snapshotKey } from './scene.js';

/** Three versions of a state, the newest last: what they have beside `kept` is different in each. */
export const V1 = stateBody({ serial: 1, values: { kept: 'a', old: 'x' } });
export const V2 = stateBody({ serial: 2, values: { kept: 'a', old: 'x', more: 'y' } });
export const V3 = stateBody({ serial: 3, values: { kept: 'b', young: 'z' } });

export const md5Of = (body: Uint8Array) => createHash('md5').update(body).digest('hex');

/** Each version a day older than the next, with its snapshot. */
const DAYS_AGO: ReadonlyMap<Uint8Array, number> = new Map([
  [V1, 3],
  [V2, 2],
  [V3, 1],
]);

/** The keys of three snapshots. */
export interface Stored {
  readonly v1: string;
  readonly v2: string;
  readonly v3: string;
}

/** A state of which V3 is there, with its digest, and the snapshots of all three versions. */
export async function putVersions(scene: Scene): Promise<Stored> {
  const keys = [V1, V2, V3].map((body, index) => {
    const lastModified = daysAgo(DAYS_AGO.get(body) ?? 0);
    const stored = scene.s3.putObject(BUCKET, STATE_PATH, Buffer.from(body), { lastModified });
    return putSnapshot(scene, snapshotKey(stored, index + 1), body);
  });
  await scene.dynamodb.putItem(TABLE, { LockID: DIGEST_ID, Digest: md5Of(V3) });
  const [v1 = '', v2 = '', v3 = ''] = keys;
  return { v1, v2, v3 };
}

const daysAgo = (days: number) => new Date(Math.floor(Date.now() / 1_000) * 1_000 - days * 86_400_000);

/** Stores a snapshot with what is recorded of it. */
export function putSnapshot({ s3 }: Scene, key: string, body: Uint8Array): string {
  const sha256 = createHash('sha256').update(body).digest('hex');
  s3.putObject(BUCKET, key, Buffer.from(body), { metadata: { md5: md5Of(body), sha256 } });
  return key;
}

/** A key of another kind for the same version. */
export const ofKind = (key: string, kind: SnapshotKind) => key.replace(/\.tfstate$/, `.${kind}.tfstate`);

/** A job with `restore/` in it. */
export function startRestore(
  scene: Scene,
  kind: Kind,
  inputs: Readonly<Record<string, string>>,
): Promise<Job> {
  return scene.startJob(kind, { action: 'restore', inputs });
}

/** What Terraform would find. */
export async function found({ s3, dynamodb }: Scene) {
  const digest = (await dynamodb.scan(TABLE)).find(({ LockID }) => LockID === DIGEST_ID);
  return { body: s3.getObject(BUCKET, STATE_PATH)?.body, digest: digest?.['Digest'] };
}

/** The same state with another serial. */
export const serialed = (body: Uint8Array, serial: number) =>
  Buffer.from(
    Buffer.from(body)
      .toString()
      .replace(/"serial": \d+/, `"serial": ${serial}`),
  );

/** Keys that end in this, of the state's snapshots. */
export const snapshotsOf = ({ s3 }: Scene, ending: string) =>
  s3.listKeys(BUCKET, 'lockkeeper/').filter((key) => key.endsWith(ending));
