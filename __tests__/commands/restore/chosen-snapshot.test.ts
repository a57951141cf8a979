import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { chooseSnapshot, readSnapshot } from '../../../src/commands/restore/chosen-snapshot.js';
import type { SnapshotReference } from '../../../src/config/snapshot-reference.js';
import type { ListedSnapshot, RecordedFacts } from '../../../src/snapshots/catalogue.js';
import { memoryCatalogue } from '../../../testing/memory-catalogue.js';
import { encryptedStateBody, stateBody } from '../../../testing/test-data.js';
import { listed, PREFIX } from './restore-scene.js';

const { signal } = new AbortController();
const SOUND = stateBody({ serial: 41 });
const sha256 = createHash('sha256').update(SOUND).digest('hex');

const read = (body: Uint8Array, recorded: RecordedFacts = {}) => {
  const opened = (async function* () {
    yield body.subarray(0, 7);
    yield body.subarray(7);
  })();
  const catalogue = { ...memoryCatalogue(), open: async () => ({ body: opened, recorded }) };
  return readSnapshot(catalogue, listed(41), signal);
};

describe('a snapshot that is read', () => {
  test('has what the plan needs', async () => {
    expect(await read(SOUND, { sha256 })).toMatchObject({ serial: 41, encrypted: false, checked: true });
    expect(await read(encryptedStateBody(41))).toMatchObject({ serial: 41, encrypted: true, checked: false });
  });

  test.each<[string, RecordedFacts]>([
    ['SHA-256', { sha256: 'a'.repeat(64) }],
    ['MD5', { sha256, md5: 'a'.repeat(32) }],
  ])('is refused where its %s is not the recorded one', async (name, recorded) => {
    await expect(read(SOUND, recorded)).rejects.toMatchObject({
      title: 'Snapshot refused',
      message: expect.stringContaining(`their ${name} is`),
    });
  });

  const text = Buffer.from(SOUND).toString();
  test.each([
    ['nothing', '', 'The state is empty.'],
    ['rubbish', 'rubbish', 'The state is not JSON'],
    ['half a state', text.slice(0, 300), 'The state breaks off'],
    ['another format', text.replace('"version": 4', '"version": 3'), 'format version 3'],
    ['no serial', text.replace('"serial": 41,', ''), 'The state has no serial.'],
    ['no lineage', text.replace(/"lineage": "[^"]+",/, ''), 'The state has no lineage.'],
    ['two serials', text.replace('"serial": 41,', '"serial": 41, "serial": 42,'), 'more than once'],
    ['resources that are none', text.replace(/"resources": \[.*\],/s, '"resources": {},'), 'not a list'],
  ])('is refused if it is %s', async (_, body, doubt) => {
    await expect(read(Buffer.from(body))).rejects.toMatchObject({
      title: 'Snapshot refused',
      message: expect.stringContaining(doubt),
    });
  });
});

describe('which one is meant', () => {
  const choose = (reference: SnapshotReference, snapshots: readonly ListedSnapshot[]) => {
    const catalogue = {
      ...memoryCatalogue(),
      async *list() {
        yield* snapshots;
      },
    };
    return chooseSnapshot(catalogue, reference, signal);
  };

  test('comes with the highest serial of all, whatever their kind', async () => {
    const all = [listed(40), listed(41), listed(70, 'pre-restore'), listed(60, 'doubtful')];
    expect(await choose({ kind: 'latest-verified' }, all)).toEqual({ snapshot: all[1], highestSerial: 70 });
  });

  test.each(['doubtful', 'errored', 'pre-restore'] as const)(
    'by latest, is never a copy of the kind %s, and by its key it is',
    async (kind) => {
      const all = [listed(40), listed(41, kind)];
      expect(await choose({ kind: 'latest' }, all)).toMatchObject({ snapshot: all[0] });
      const { key } = listed(41, kind);
      expect(await choose({ kind: 'key', key }, all)).toMatchObject({ snapshot: all[1] });
    },
  );

  test.each<[string, SnapshotReference, ListedSnapshot[], string]>([
    ['there is none at all', { kind: 'latest' }, [], `below s3://backups/${PREFIX}. Check "key"`],
    [
      'there is none that is verified',
      { kind: 'latest-verified' },
      [listed(40, 'doubtful')],
      `can be restored by its key: ${listed(40, 'doubtful').key} (serial 40).`,
    ],
    [
      'nobody has the serial: the nearest come first',
      { kind: 'serial', serial: 12 },
      [listed(1), listed(11), listed(14)],
      `The nearest are ${listed(11).key} (serial 11), ${listed(14).key} (serial 14), ${listed(1).key} (serial 1).`,
    ],
    [
      'all are younger: the oldest come first',
      { kind: 'before', moment: 0 },
      [listed(3), listed(2)],
      `The nearest are ${listed(2).key} (serial 2), ${listed(3).key}`,
    ],
    [
      'there is no such key, and many others',
      { kind: 'key', key: 'x.tfstate' },
      [1, 2, 3, 4, 5, 6, 7].map((serial) => listed(serial)),
      ' and 2 more.',
    ],
  ])('where %s', async (_, reference, snapshots, words) => {
    await expect(choose(reference, snapshots)).rejects.toMatchObject({
      title: 'Snapshot not found',
      message: expect.stringContaining(words),
    });
  });
});
