import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { takeSnapshot } from '../../src/snapshots/snapshot.js';
import type { ReadState } from '../../src/state/read-state.js';
import { START } from '../../testing/fake-clock.js';
import { memoryCatalogue } from '../../testing/memory-catalogue.js';
import { LINEAGE, stateBody, testJob } from '../../testing/test-data.js';

const BODY = stateBody();
const hex = (algorithm: string) => createHash(algorithm).update(BODY).digest('hex');
const { runUrl, commit } = testJob();
const OCCASION = { phase: 'before', takenAt: START + 250, runUrl, commit } as const;

function readStateOf(differences: Partial<ReadState> = {}): ReadState {
  return {
    body: BODY,
    version: {
      etag: '"an-etag"',
      lastModified: Date.parse('2026-11-22T01:00:00Z'),
      versionId: 'v1',
      encryption: { kind: 'kms', algorithm: 'aws:kms', keyId: 'k' },
    },
    md5: hex('md5'),
    inspection: { header: { serial: 7, lineage: LINEAGE, encrypted: false }, doubts: [] },
    doubts: [],
    ...differences,
  };
}

const TAG = createHash('sha256').update('an-etag').digest('hex').slice(0, 12);
const NAME = `20261122T010000Z-0000000007-${TAG}.tfstate`;

test('the copy has the state’s bytes and encryption, and says what is known of it', async () => {
  const catalogue = memoryCatalogue({ prefix: 'lockkeeper/states/network.tfstate/' });
  const key = `lockkeeper/states/network.tfstate/${NAME}`;
  expect(await takeSnapshot(catalogue, readStateOf(), OCCASION)).toEqual({ key, created: true });
  expect([...catalogue.snapshots.values()]).toEqual([
    {
      key,
      body: Uint8Array.from(BODY),
      sourceEncryption: { kind: 'kms', algorithm: 'aws:kms', keyId: 'k' },
      metadata: {
        lineage: LINEAGE,
        serial: 7,
        sourceVersionId: 'v1',
        md5: hex('md5'),
        sha256: hex('sha256'),
        takenAt: '2026-11-22T01:15:51.250Z',
        phase: 'before',
        runUrl,
        commit,
        doubts: [],
      },
    },
  ]);
});

test('one version has one snapshot, whoever takes it', async () => {
  const catalogue = memoryCatalogue();
  const first = await takeSnapshot(catalogue, readStateOf(), OCCASION);
  const again = await takeSnapshot(catalogue, readStateOf(), { ...OCCASION, phase: 'after' });
  expect(again).toEqual({ key: first.key, created: false });
  expect(catalogue.snapshots.get(first.key)?.metadata.phase).toBe('before');
});

describe('a doubtful state is copied all the same', () => {
  test('and its metadata says why', async () => {
    const catalogue = memoryCatalogue();
    const doubts = ['Its MD5 is a, but the digest in DynamoDB is b.'];
    const { key } = await takeSnapshot(catalogue, readStateOf({ doubts }), OCCASION);
    expect(catalogue.snapshots.get(key)?.metadata.doubts).toEqual(doubts);
  });

  test('also one that tells neither serial nor lineage, from a bucket without versions', async () => {
    const catalogue = memoryCatalogue();
    const { versionId: _, ...version } = readStateOf().version;
    const inspection = { header: { encrypted: false }, doubts: ['The state is not JSON.'] };
    const { key } = await takeSnapshot(catalogue, readStateOf({ version, inspection }), OCCASION);
    expect(key).toContain('-0000000000-');
    const metadata = catalogue.snapshots.get(key)?.metadata;
    expect([metadata?.serial, metadata?.lineage, metadata?.sourceVersionId]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('the signal reaches the catalogue', async () => {
  const reason = new Error('The job was cancelled.');
  const taking = takeSnapshot(memoryCatalogue(), readStateOf(), OCCASION, AbortSignal.abort(reason));
  await expect(taking).rejects.toBe(reason);
});
