import type { VerifyParts, VerifyStores } from '../../../src/commands/verify/verify-parts.js';
import type { Verification } from '../../../src/config/settings.js';
import { cataloguePrefix, parseCataloguedKey, snapshotName } from '../../../src/names/snapshot-key.js';
import type { Snapshot } from '../../../src/snapshots/catalogue.js';
import type { IndexStore } from '../../../src/snapshots/index/index-store.js';
import type { BucketVersioning } from '../../../src/state/bucket-versioning.js';
import { type FakeClock, fakeClock, START } from '../../../testing/fake-clock.js';
import { memoryCatalogue } from '../../../testing/memory-catalogue.js';
import { memoryState } from '../../../testing/memory-state.js';
import { type RecordingReport, recordingReport } from '../../../testing/recording-report.js';
import { type RecordingRunner, recordingRunner } from '../../../testing/recording-runner.js';
import { BUCKET, stateBody, testSettings, testSnapshot } from '../../../testing/test-data.js';

const DAY_MS = 86_400_000;

/** A bucket of states with their snapshots in this process, and a step that verifies them. */
export interface VerifyScene {
  readonly clock: FakeClock;
  readonly report: RecordingReport;
  readonly runner: RecordingRunner;
  readonly cancellation: AbortController;
  /** What is stored, by key. */
  readonly snapshots: Map<string, Snapshot>;
  /** The lines of the report file. */
  readonly lines: string[];
  versioning: BucketVersioning;
  /** Stores a state of that long ago and its snapshot. @returns the snapshot's key */
  put(path: string, version?: { readonly serial?: number; readonly daysAgo?: number }): string;
  parts(differences?: {
    readonly verification?: Partial<Verification>;
    readonly stores?: Partial<VerifyStores>;
    readonly openDrill?: VerifyParts['openDrill'];
    readonly writeReport?: VerifyParts['writeReport'];
  }): VerifyParts;
}

export function verifyScene(): VerifyScene {
  const [clock, report, runner, cancellation] = [
    fakeClock(),
    recordingReport(),
    recordingRunner(),
    new AbortController(),
  ];
  const snapshots = new Map<string, Snapshot>();
  const states = new Map<string, { etag: string; lastModified: number }>();
  const lines: string[] = [];
  const settings = testSettings();
  const { prefix } = settings.backup;
  const scene: VerifyScene = {
    clock,
    report,
    runner,
    cancellation,
    snapshots,
    lines,
    versioning: 'enabled',
    put: (path, { serial = 1, daysAgo = 9 } = {}) => {
      const version = { etag: `"${path} ${serial} ${daysAgo}"`, lastModified: START - daysAgo * DAY_MS };
      states.set(path, version);
      const key = cataloguePrefix(prefix, BUCKET, path) + snapshotName(version, serial, 'verified');
      snapshots.set(key, testSnapshot({ key, body: stateBody({ serial }), metadata: { serial } }));
      return key;
    },
    parts: ({ verification, stores, ...differences } = {}) => ({
      settings: {
        ...settings,
        keys: { included: ['**'], excluded: [] },
        verification: {
          depth: { kind: 'newest' },
          acknowledged: [],
          drill: false,
          concurrency: 4,
          ...verification,
        },
      },
      stores: {
        openState: async (path) => ({
          state: memoryState({}),
          catalogue: memoryCatalogue({ prefix: cataloguePrefix(prefix, BUCKET, path), snapshots }),
        }),
        async *listStates() {
          for (const [path, version] of states) yield { path, bytes: 1, ...version };
        },
        async *listCatalogues() {
          for (const { key, body } of snapshots.values()) {
            const name = parseCataloguedKey(key, prefix, BUCKET);
            if (name) yield { ...name, key, bytes: body.length, storedAt: name.lastModified };
          }
        },
        openIndex: async () => memoryIndex(),
        bucketVersioning: async () => scene.versioning,
        ...stores,
      },
      openDrill: async () => {
        throw new Error('No drill was asked for.');
      },
      writeReport: async (given) => {
        lines.push(...given);
        return '/tmp/report.ndjson';
      },
      runner,
      report,
      clock,
      random: () => 0,
      signal: cancellation.signal,
      ...differences,
    }),
  };
  return scene;
}

/** An index that is not there, and is written. */
function memoryIndex(): IndexStore {
  return { read: async () => undefined, write: async () => ({ version: '"1"' }) };
}
