import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Catalogue,
  ListedSnapshot,
  OpenedSnapshot,
  Removal,
  Snapshot,
  SnapshotMetadata,
} from '../../src/snapshots/catalogue.js';
import { LINEAGE, stateBody, testSnapshot } from '../../testing/test-data.js';

/** A place that snapshots can be kept in, seen by many clients. */
export interface CatalogueUnderTest {
  /** A client of its own of the one catalogue, or of that of another state path in the same place. */
  open(statePath?: string): Promise<Catalogue>;
  /** All that is stored under a key, in any form that shows a change. */
  inspect(key: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A catalogue that keeps an object per snapshot, as S3 does. */
export interface ObjectsUnderTest extends CatalogueUnderTest {
  /** The object's own metadata, by names without `x-amz-meta-`. */
  metadataOf(key: string): Promise<Readonly<Record<string, string>>>;
}

/** A catalogue in a bucket with Object Lock. */
export interface LockableUnderTest extends CatalogueUnderTest {
  lock(key: string, until: Date | 'legal hold'): Promise<void>;
}

const RACERS = 10;
const MEBIBYTE = 1024 * 1024;
/** S3 counts the bytes of names and values together. */
const METADATA_LIMIT_BYTES = 2048;

/** What every catalogue promises, whatever it is stored in. */
export function describeCatalogueContract(name: string, start: () => Promise<CatalogueUnderTest>): void {
  describe(`${name} keeps the contract of a catalogue`, () => {
    let place: CatalogueUnderTest;
    let catalogue: Catalogue;
    let made = 0;

    beforeAll(async () => {
      place = await start();
      catalogue = await place.open();
    });
    afterAll(() => place.close());

    /** A snapshot under a key of its own. */
    const newSnapshot = (parts: Parameters<typeof testSnapshot>[0] = {}): Snapshot =>
      testSnapshot({ key: `${catalogue.prefix}20261122T011551Z-${++made}.tfstate`, ...parts });

    test('a snapshot is created once, and then it is there', async () => {
      const snapshot = newSnapshot();
      expect(await catalogue.add(snapshot)).toBe('created');
      expect(await catalogue.add(snapshot)).toBe('already-there');
      expect(await (await place.open()).add(snapshot)).toBe('already-there');
    });

    test('what is there is never overwritten, neither its bytes nor what is known of them', async () => {
      const { key } = newSnapshot();
      await catalogue.add(testSnapshot({ key, metadata: { phase: 'before' } }));
      const first = await place.inspect(key);
      const other = testSnapshot({ key, body: stateBody({ serial: 8 }), metadata: { phase: 'after' } });
      expect(await catalogue.add(other)).toBe('already-there');
      expect(await place.inspect(key)).toEqual(first);
    });

    test(`of ${RACERS} jobs that add one version at once, one creates it`, async () => {
      const snapshot = newSnapshot();
      const clients = await Promise.all(Array.from({ length: RACERS }, () => place.open()));
      const outcomes = await Promise.all(clients.map((client) => client.add(snapshot)));
      expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'already-there')).toHaveLength(RACERS - 1);
    });

    test.each<[string, Uint8Array]>([
      ['one byte', Uint8Array.of(0)],
      ['a state', stateBody()],
      ['every byte there is', Uint8Array.from({ length: 256 }, (_, byte) => byte)],
      ['more than one part of an upload', Uint8Array.from({ length: 5 * MEBIBYTE + 1 }, (_, at) => at % 251)],
    ])('the bytes come back as they were: %s', async (_, body) => {
      const snapshot = newSnapshot({ body });
      await catalogue.add(snapshot);
      const stored = await wholeOf(await catalogue.open(snapshot.key));
      // Buffer.equals, because a difference of five megabytes helps nobody who reads it.
      expect({ length: stored.length, identical: stored.equals(body) }).toEqual({
        length: body.length,
        identical: true,
      });
    });

    test('what was recorded of a snapshot comes back with it', async () => {
      const snapshot = newSnapshot();
      await catalogue.add(snapshot);
      const { lineage, serial, md5, sha256, takenAt } = snapshot.metadata;
      expect((await catalogue.open(snapshot.key)).recorded).toMatchObject({
        lineage,
        serial,
        md5,
        sha256,
        takenAt,
      });
    });

    test('a snapshot that is not there cannot be opened', async () => {
      const opening = catalogue.open(`${catalogue.prefix}missing.tfstate`);
      await expect(opening.then(wholeOf)).rejects.toBeInstanceOf(Error);
    });

    test('every snapshot is listed, with what its name tells and its size, and nothing else is', async () => {
      const ours = await place.open('listed');
      const nameOfKind = {
        verified: '',
        doubtful: '.doubtful',
        errored: '.errored',
        'pre-restore': '.pre-restore',
      };
      const added = Object.entries(nameOfKind).map(([kind, ending], at) => ({
        kind,
        key: `${ours.prefix}2026112${at}T011551Z-000000000${at}-0123456789ab${ending}.tfstate`,
        lastModified: Date.parse(`2026-11-2${at}T01:15:51Z`),
        serial: at,
        tag: '0123456789ab',
        bytes: 10 + at,
      }));
      for (const { key, bytes } of added)
        await ours.add(testSnapshot({ key, body: Buffer.alloc(bytes, 'x') }));
      const deeper = await place.open('listed/deeper');
      await deeper.add(
        testSnapshot({ key: `${deeper.prefix}20261125T011551Z-0000000009-0123456789ab.tfstate` }),
      );
      await ours.add(testSnapshot({ key: `${ours.prefix}notes.tfstate` }));
      const found = await listed(ours);
      expect(found).toEqual(added.map((each) => ({ ...each, storedAt: expect.any(Number) })));
      expect(found.every(({ storedAt }) => Number.isInteger(storedAt / 1000))).toBe(true);
      expect(await listed(await place.open('listed/empty'))).toEqual([]);
    });

    test('the snapshots of one version are listed alone, by when it was written', async () => {
      const ours = await place.open('of-one-version');
      const names = [
        '20261122T011551Z-0000000007',
        '20261122T011551Z-0000000008',
        '20261122T011552Z-0000000009',
      ];
      const keys = names.map((name) => `${ours.prefix}${name}-0123456789ab.tfstate`);
      for (const key of keys) await ours.add(testSnapshot({ key }));
      const writtenAt = Date.parse('2026-11-22T01:15:51.999Z');
      expect((await listed(ours, undefined, writtenAt)).map(({ key }) => key)).toEqual(keys.slice(0, 2));
      expect(await listed(ours, undefined, writtenAt - 1_000)).toEqual([]);
    });

    test('what is removed is gone, what is not stays, and what is gone already is no error', async () => {
      const ours = await place.open('removed');
      const keys = [1, 2, 3].map(
        (day) => `${ours.prefix}2026110${day}T011551Z-0000000007-0123456789ab.tfstate`,
      );
      for (const key of keys) await ours.add(testSnapshot({ key }));
      const [kept, ...old] = keys;
      const gone = old.map((key) => ({ kind: 'removed', key }));
      expect(byKey(await ours.remove(old, { now: Date.now() }))).toEqual(gone);
      expect((await listed(ours)).map(({ key }) => key)).toEqual([kept]);
      expect(byKey(await ours.remove(old, { now: Date.now() }))).toEqual(gone);
    });

    test('once the signal aborted, nothing is stored, opened or removed, and its reason is passed on', async () => {
      const reason = new Error('The job was cancelled.');
      const snapshot = newSnapshot();
      await expect(catalogue.add(snapshot, AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(await catalogue.add(snapshot)).toBe('created');
      await expect(catalogue.open(snapshot.key, AbortSignal.abort(reason))).rejects.toBe(reason);
      await expect(listed(catalogue, AbortSignal.abort(reason))).rejects.toBe(reason);
      const options = { now: Date.now(), signal: AbortSignal.abort(reason) };
      await expect(catalogue.remove([snapshot.key], options)).rejects.toBe(reason);
      expect(await catalogue.add(snapshot)).toBe('already-there');
    });
  });
}

/** What people and restore find beside the bytes of a snapshot in a store of objects. */
export function describeSnapshotMetadata(name: string, start: () => Promise<ObjectsUnderTest>): void {
  describe(`${name} keeps what is known of a snapshot beside it`, () => {
    let place: ObjectsUnderTest;
    let catalogue: Catalogue;

    beforeAll(async () => {
      place = await start();
      catalogue = await place.open();
    });
    afterAll(() => place.close());

    /** The metadata of a snapshot once it is stored. */
    const stored = async (name: string, metadata: Partial<SnapshotMetadata> = {}) => {
      const body = Buffer.from('{"version":4}');
      const key = `${catalogue.prefix}${name}.tfstate`;
      await catalogue.add(testSnapshot({ key, body, metadata }));
      return place.metadataOf(key);
    };

    test('the facts of a verified copy', async () => {
      expect(await stored('verified')).toEqual({
        lineage: LINEAGE,
        serial: '7',
        md5: 'c0f45e34ed60c6e660c5cd0b292c5b9c',
        sha256: '99fd67c89da37e7ca5f6d62c8c814dbb3dae1ba7e760c3e8ff804a45590680b2',
        'source-version-id': '3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY.MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo',
        'taken-at': '2026-11-22T01:15:52.000Z',
        phase: 'before',
        'run-url': 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1',
        commit: '0123456789abcdef0123456789abcdef01234567',
        verified: 'true',
      });
    });

    test('why a copy is doubtful', async () => {
      const doubts = ['The state has no lineage.', 'The state is not JSON.'];
      expect(await stored('doubtful', { doubts })).toMatchObject({
        verified: 'false',
        doubts: 'The state has no lineage. The state is not JSON.',
      });
    });

    test('what a state does not tell is left out, and a serial of 0 is told', async () => {
      const { lineage, sourceVersionId, ...rest } = testSnapshot().metadata;
      const key = `${catalogue.prefix}bare.tfstate`;
      await catalogue.add({ ...testSnapshot({ key }), metadata: { ...rest, serial: 0 } });
      const metadata = await place.metadataOf(key);
      expect(metadata).not.toHaveProperty('lineage');
      expect(metadata).not.toHaveProperty('source-version-id');
      expect(metadata['serial']).toBe('0');
    });

    test('text that no header can carry does not stand in the way', async () => {
      const doubts = ['Line one\r\nX-Injected: yes', 'é 😀'];
      const metadata = await stored('foreign-text', { lineage: 'línea\n"ñ"', doubts });
      expect(metadata).toMatchObject({
        lineage: 'l?nea?"?"',
        doubts: 'Line one??X-Injected: yes ? ??',
      });
      expect(metadata).not.toHaveProperty('x-injected');
    });

    test(`a state makes it no more than the ${METADATA_LIMIT_BYTES} bytes that S3 takes`, async () => {
      const doubts = Array.from(
        { length: 500 },
        (_, at) => `The state has the top-level key "k${at}" twice.`,
      );
      const metadata = await stored('endless', { doubts, lineage: 'endless '.repeat(500) });
      expect(metadata['doubts']).toMatch(/^The state has the top-level key "k0" twice\. /);
      expect(metadata['lineage']).toMatch(/^endless endless /);
      const bytes = Object.entries(metadata).flat().join('').length;
      expect(bytes).toBeLessThan(METADATA_LIMIT_BYTES);
    });
  });
}

/** What a lock keeps is not hidden either. */
export function describeLockedSnapshots(name: string, start: () => Promise<LockableUnderTest>): void {
  describe(`${name} leaves locked snapshots where they are`, () => {
    let place: LockableUnderTest;
    let catalogue: Catalogue;
    const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 3_600_000);

    beforeAll(async () => {
      place = await start();
      catalogue = await place.open();
    });
    afterAll(() => place.close());

    test('and says until when; once the lock has ended, they go', async () => {
      const [free = '', retained = '', held = ''] = [1, 2, 3].map(
        (day) => `${catalogue.prefix}2026110${day}T011551Z-0000000007-0123456789ab.tfstate`,
      );
      for (const key of [free, retained, held]) await catalogue.add(testSnapshot({ key }));
      await place.lock(retained, until);
      await place.lock(held, 'legal hold');
      expect(byKey(await catalogue.remove([free, retained, held], { now: Date.now() }))).toEqual([
        { kind: 'removed', key: free },
        { kind: 'locked', key: retained, until: until.getTime() },
        { kind: 'locked', key: held },
      ]);
      expect((await listed(catalogue)).map(({ key }) => key)).toEqual([retained, held]);
      expect(await catalogue.remove([retained], { now: until.getTime() })).toEqual([
        { kind: 'removed', key: retained },
      ]);
      expect((await listed(catalogue)).map(({ key }) => key)).toEqual([held]);
    });
  });
}

/** No order is promised. */
const byKey = (removals: readonly Removal[]) =>
  [...removals].sort((one, other) => (one.key < other.key ? -1 : 1));

/** By their keys: no order is promised. */
async function listed(
  catalogue: Catalogue,
  signal?: AbortSignal,
  writtenAt?: number,
): Promise<ListedSnapshot[]> {
  const all: ListedSnapshot[] = [];
  for await (const snapshot of catalogue.list(signal, writtenAt)) all.push(snapshot);
  return all.sort((one, other) => (one.key < other.key ? -1 : 1));
}

async function wholeOf({ body }: OpenedSnapshot): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of body) all.push(piece);
  return Buffer.concat(all);
}
