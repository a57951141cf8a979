import { readFileSync } from 'node:fs';
import { cataloguePrefix, type SnapshotKind, snapshotName } from '../../src/names/snapshot-key.js';
import { encodeMetadata } from '../../src/stores/s3/snapshot-metadata.js';
import { BUCKET } from '../../testing/environment.js';
import type { StepResult } from '../../testing/runner.js';
import type { StoredObject } from '../../testing/s3-double/index.js';
import { stateBody, testSnapshot } from '../../testing/test-data.js';
import { type Kind, PREFIX, type Scene } from './scene.js';

const DAY_MS = 86_400_000;

/** Long enough ago that no job of a first deployment goes on. */
export const day = (number: number) => new Date(Date.now() - (100 - number) * DAY_MS);

/** Of all states but the stranger's, which has no snapshot. */
const KEYS = '**/*.tfstate\n!other/**';

export interface Version {
  readonly body?: Uint8Array;
  readonly serial?: number;
  readonly writtenAt?: Date;
  readonly kind?: SnapshotKind;
  /** What is recorded; what is true unless given. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Writes a version of a state, and its snapshot as Lockkeeper stores it. */
export function putWithSnapshot(scene: Scene, path: string, version: Version = {}): string {
  const { serial = 1, body = stateBody({ serial }), writtenAt = day(serial) } = version;
  const state = scene.s3.putObject(BUCKET, path, Buffer.from(body), { lastModified: writtenAt });
  return putSnapshotOf(scene, path, { state, ...version, serial, body });
}

/** Stores a snapshot of a version of a state, which may be gone by now. */
export function putSnapshotOf(
  scene: Scene,
  path: string,
  {
    state,
    serial = 1,
    body = state.body,
    kind = 'verified',
    metadata,
  }: Version & { state: Pick<StoredObject, 'etag' | 'lastModified' | 'body'> },
): string {
  const name = snapshotName({ etag: state.etag, lastModified: state.lastModified.getTime() }, serial, kind);
  const key = `${cataloguePrefix(PREFIX, BUCKET, path)}${name}`;
  const recorded = encodeMetadata(testSnapshot({ body, metadata: { serial } }).metadata);
  scene.s3.putObject(BUCKET, key, Buffer.from(body), { metadata: metadata ?? recorded });
  return key;
}

/** Changes the bytes of a snapshot, and leaves what is recorded of it. */
export function corrupt({ s3 }: Scene, key: string, change: (body: Buffer) => Buffer): void {
  const stored = s3.getObject(BUCKET, key);
  if (!stored) throw new Error(`There is no snapshot ${key}.`);
  s3.putObject(BUCKET, key, change(Buffer.from(stored.body)), { metadata: stored.metadata });
}

export async function verify(
  { startJob }: Scene,
  {
    kind = 'none',
    inputs = {},
    env = {},
  }: {
    readonly kind?: Kind;
    readonly inputs?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<StepResult> {
  return (await startJob(kind, { action: 'verify', inputs: { keys: KEYS, ...inputs }, env })).main();
}

interface ReportLine {
  readonly state: string;
  readonly exists: boolean;
  readonly checked: number;
  readonly findings: readonly { readonly key: string; readonly kind: string; readonly fails: boolean }[];
}

/** What the step wrote for other programs. */
export function reportLines({ outputs }: StepResult): readonly ReportLine[] {
  const lines = readFileSync(outputs['report_file'] ?? '', 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** What fails the step, as `<kind> <key>`. */
export const redIn = (step: StepResult) =>
  reportLines(step).flatMap(({ findings }) =>
    findings.filter(({ fails }) => fails).map(({ kind, key }) => `${kind} ${key}`),
  );
