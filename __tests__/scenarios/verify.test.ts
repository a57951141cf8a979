import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { indexKey, versionTag } from '../../src/names/snapshot-key.js';
import { unpackIndex } from '../../src/snapshots/index/index-format.js';
import { BUCKET } from '../../testing/environment.js';
import { encryptedStateBody, stateBody } from '../../testing/test-data.js';
import { inScene, PREFIX, type Scene } from './scene.js';
import { corrupt, day, putSnapshotOf, putWithSnapshot, redIn, reportLines, verify } from './verify-scene.js';

const PATH = 'network/terraform.tfstate';
const INDEX = indexKey(PREFIX, BUCKET);
const WRITES = /^(PUT|DELETE|POST)/;

const indexOf = async ({ s3 }: Scene) => {
  const stored = s3.getObject(BUCKET, INDEX);
  return stored && unpackIndex(BUCKET, stored.body);
};

describe('where all is well', () => {
  test.concurrent('it is green, reads the newest of each, and writes nothing but the index', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH, { serial: 1 });
      putWithSnapshot(scene, PATH, { serial: 2 });
      putWithSnapshot(scene, 'a/b.tfstate', { serial: 7 });
      putWithSnapshot(scene, 'a/encrypted.tfstate', { serial: 3, body: encryptedStateBody(3) });
      const gone = putWithSnapshot(scene, 'gone/x.tfstate', { serial: 1 });
      scene.s3.deleteObject(BUCKET, 'gone/x.tfstate');

      const step = await verify(scene);
      expect(step).toMatchObject({
        exitCode: 0,
        errors: [],
        outputs: { states: '4', checked: '4', findings: '0', acknowledged: '0' },
      });
      expect(step.warnings).toMatchObject([{ title: 'Bucket not versioned' }]);
      expect(
        reportLines(step)
          .map(({ state, exists, checked }) => [state, exists, checked])
          .sort(),
      ).toEqual([
        ['a/b.tfstate', true, 1],
        ['a/encrypted.tfstate', true, 1],
        ['gone/x.tfstate', false, 1],
        [PATH, true, 1],
      ]);
      expect(step.summary).toContain('### ✅ Verification of 4 states · no doubt');
      expect(step.summary).toContain('4 of 5 snapshots read');
      expect(step.log).toContain('4 states: 4 of 5 snapshots read, ');
      expect(gone).toContain('gone/x.tfstate/');
      const written = scene.s3.requests.filter(({ method }) => WRITES.test(method)).map(({ key }) => key);
      expect(written).toEqual([INDEX]);
      const index = await indexOf(scene);
      expect([...(index?.entries.keys() ?? [])].sort()).toEqual([
        'a/b.tfstate',
        'a/encrypted.tfstate',
        'gone/x.tfstate',
        PATH,
      ]);
    }));

  test.concurrent.each([
    ['sample', { depth: 'sample', sample_size: '2' }, '3'],
    ['all', { depth: 'all' }, '5'],
  ])('depth %s reads more', (_, inputs, checked) =>
    inScene(async (scene) => {
      for (let serial = 1; serial <= 5; serial++) putWithSnapshot(scene, PATH, { serial });
      const step = await verify(scene, { inputs });
      expect(step).toMatchObject({ exitCode: 0, errors: [], outputs: { checked } });
    }),
  );

  test.concurrent('a state that was made anew begins again, gaps are normal, and copies of other kinds do not count', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH, { serial: 3 });
      putWithSnapshot(scene, PATH, { serial: 90, writtenAt: day(4) });
      putWithSnapshot(scene, PATH, {
        serial: 1,
        kind: 'doubtful',
        body: Buffer.from('{'),
        writtenAt: day(5),
      });
      putWithSnapshot(scene, PATH, { serial: 2, kind: 'pre-restore', writtenAt: day(6) });
      const body = stateBody({ serial: 1, lineage: 'another-lineage' });
      putWithSnapshot(scene, PATH, { serial: 1, body, writtenAt: day(7) });
      const step = await verify(scene, { inputs: { depth: 'all' } });
      expect(redIn(step)).toEqual([]);
      expect(step).toMatchObject({ exitCode: 0, outputs: { checked: '5' } });
    }));
});

test.concurrent('many states at a time are told in order, and nothing warns of them', () =>
  inScene(async (scene) => {
    for (let number = 0; number < 150; number++) putWithSnapshot(scene, `many/${number}.tfstate`);
    const step = await verify(scene, { inputs: { concurrency: '64' } });
    expect(step).toMatchObject({ exitCode: 0, errors: [], outputs: { states: '150', checked: '150' } });
    expect(step.log).toMatch(/of 150 states looked at \(\d+ %\)/);
    expect(step.log).not.toContain('MaxListenersExceededWarning');
  }));

describe('it is red on', () => {
  test.concurrent('a byte that flipped, and says what was recorded', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH);
      corrupt(scene, key, (body) => {
        body[body.length - 3] = (body.at(-3) ?? 0) ^ 1;
        return body;
      });
      const step = await verify(scene);
      expect(redIn(step)).toEqual([`altered ${key}`]);
      expect(step).toMatchObject({
        exitCode: 1,
        errors: [{ title: 'Snapshots in doubt' }],
        outputs: { findings: '1' },
      });
      expect(step.errors[0]?.message).toContain(
        `The first: ${key}: Its bytes are not those that were stored: their SHA-256 is `,
      );
      expect(step.summary).toContain('### ❌ Verification of 1 state · 1 finding');
      expect(step.summary).toContain(`acknowledged: |\n  ${key}\n`);
    }));

  test.concurrent('one that was cut off', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH);
      corrupt(scene, key, (body) => body.subarray(0, 100));
      expect(redIn(await verify(scene))).toEqual([`altered ${key}`]);
    }));

  test.concurrent('what was stored under a verified name and is no state', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH, { body: Buffer.from('{"version": 4') });
      const step = await verify(scene);
      expect(redIn(step)).toEqual([`not-a-state ${key}`]);
      expect(step.log).toContain('It does not read as a state. The state breaks off');
    }));

  test.concurrent('a copy by hand, of which nothing is recorded', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH, { metadata: {} });
      expect(redIn(await verify(scene))).toEqual([`unrecorded ${key}`]);
    }));

  test.concurrent('a name that tells another serial', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH, { serial: 4, body: stateBody({ serial: 5 }) });
      expect(redIn(await verify(scene))).toEqual([`misnamed ${key}`]);
    }));

  test.concurrent('two contents under one serial, whatever the depth', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH, {
        serial: 2,
        body: stateBody({ serial: 2, values: { a: 'one' } }),
        writtenAt: day(1),
      });
      const second = putWithSnapshot(scene, PATH, {
        serial: 2,
        body: stateBody({ serial: 2, values: { a: 'two' } }),
        writtenAt: day(2),
      });
      putWithSnapshot(scene, PATH, { serial: 3 });
      const step = await verify(scene);
      expect(redIn(step)).toEqual([`same-serial ${second}`]);
      expect(step.outputs['checked']).toBe('3');
    }));

  test.concurrent('a serial that falls, as after a version was put back in the console', () =>
    inScene(async (scene) => {
      const body = stateBody({ serial: 1 });
      putWithSnapshot(scene, PATH, { serial: 1, body, writtenAt: day(1) });
      putWithSnapshot(scene, PATH, { serial: 2, writtenAt: day(2) });
      const back = putWithSnapshot(scene, PATH, { serial: 1, body, writtenAt: day(3) });
      expect(redIn(await verify(scene))).toEqual([`falling-serial ${back}`]);
    }));

  test.concurrent('a state without a snapshot; one of a version that is only not saved yet is a warning', () =>
    inScene(async (scene) => {
      scene.s3.putObject(BUCKET, PATH, Buffer.from(stateBody()), { lastModified: day(1) });
      putWithSnapshot(scene, 'b.tfstate', { serial: 1 });
      scene.s3.putObject(BUCKET, 'b.tfstate', Buffer.from(stateBody({ serial: 2 })), {
        lastModified: day(2),
      });
      scene.s3.putObject(BUCKET, 'new.tfstate', Buffer.from(stateBody()));
      const step = await verify(scene);
      expect(redIn(step)).toEqual([`no-snapshot ${PATH}`]);
      expect(step.warnings).toMatchObject([
        { title: 'Bucket not versioned' },
        { title: 'Some states want a look', message: expect.stringContaining(': 2. The first: b.tfstate') },
      ]);
    }));

  test.concurrent('what cannot be read, and tells all the others', () =>
    inScene(async (scene) => {
      const denied = putWithSnapshot(scene, PATH);
      const other = putWithSnapshot(scene, 'b.tfstate', { metadata: {} });
      scene.s3.settings.deny = ({ action, resource }) =>
        action === 's3:GetObject' && resource.includes(denied);
      const step = await verify(scene);
      expect(redIn(step).sort()).toEqual([`unread ${denied}`, `unrecorded ${other}`].sort());
      expect(step.log).toContain('The permission s3:GetObject on ');
    }));
});

describe('what somebody has looked at', () => {
  test.concurrent('is told, and does not fail the step; what stands for nothing is a warning', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH, { metadata: {} });
      const step = await verify(scene, {
        inputs: { acknowledged: `# looked at on Monday\n${key}\nno/such/key` },
      });
      expect(step).toMatchObject({ exitCode: 0, errors: [], outputs: { findings: '0', acknowledged: '1' } });
      expect(step.summary).toContain('☑️');
      expect(step.log).toContain(`Acknowledged: ${key}: `);
      expect(step.warnings).toMatchObject([
        { title: 'Bucket not versioned' },
        { title: 'Nothing to acknowledge', message: expect.stringContaining('no/such/key') },
      ]);
    }));

  test.concurrent('is no warning when this depth did not look at it', () =>
    inScene(async (scene) => {
      const old = putWithSnapshot(scene, PATH, { serial: 1, metadata: {} });
      putWithSnapshot(scene, PATH, { serial: 2 });
      const step = await verify(scene, { inputs: { acknowledged: old } });
      expect(step.warnings).toMatchObject([{ title: 'Bucket not versioned' }]);
    }));
});

describe('the index', () => {
  test.concurrent('that names a snapshot which is gone is red, and made anew', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH, { serial: 1 });
      const newest = putWithSnapshot(scene, PATH, { serial: 2 });
      expect(await verify(scene)).toMatchObject({ exitCode: 0 });
      scene.s3.deleteObject(BUCKET, newest);
      const step = await verify(scene);
      expect(redIn(step)).toEqual([`vanished ${PATH}`]);
      expect((await indexOf(scene))?.entries.get(PATH)?.count).toBe(1);
      expect(step.log).toContain('The index knows a verified snapshot');
      expect(redIn(await verify(scene))).toEqual([]);
    }));

  test.concurrent('that names snapshots which are all gone with their state is red', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH);
      const snapshot = putWithSnapshot(scene, 'prod/terraform.tfstate');
      expect(await verify(scene)).toMatchObject({ exitCode: 0 });
      for (const key of ['prod/terraform.tfstate', snapshot]) scene.s3.deleteObject(BUCKET, key);
      // Whoever verifies others says nothing of it, and leaves it to be said.
      expect(await verify(scene, { inputs: { keys: 'network/**' } })).toMatchObject({ exitCode: 0 });
      const step = await verify(scene);
      expect(redIn(step)).toEqual(['vanished prod/terraform.tfstate']);
      expect(step.outputs['states']).toBe('2');
      expect(redIn(await verify(scene))).toEqual([]);
    }));

  test.concurrent('is behind where a job took a snapshot, or removed an old one, and that is no finding', () =>
    inScene(async (scene) => {
      const old = putWithSnapshot(scene, PATH, { serial: 1 });
      expect(await verify(scene)).toMatchObject({ exitCode: 0 });
      putWithSnapshot(scene, PATH, { serial: 2 });
      scene.s3.deleteObject(BUCKET, old);
      const step = await verify(scene);
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(step.log).toContain(
        'The index of the snapshots was behind, as jobs leave it, and was made anew. States concerned: 1.',
      );
      expect((await indexOf(scene))?.entries.get(PATH)?.verified?.tag).toBe(
        versionTag(scene.s3.getObject(BUCKET, PATH)?.etag ?? ''),
      );
    }));

  test.concurrent('that was torn is a warning, and made anew', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH);
      scene.s3.putObject(BUCKET, INDEX, gzipSync('{"version": 1').subarray(0, 12));
      const step = await verify(scene);
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(step.warnings.map(({ title }) => title)).toContain('Index was unreadable');
      expect((await indexOf(scene))?.entries.size).toBe(1);
    }));

  test.concurrent('that may not be written is a warning, and all is verified', () =>
    inScene(async (scene) => {
      const key = putWithSnapshot(scene, PATH, { metadata: {} });
      scene.s3.settings.deny = [{ action: 's3:PutObject' }];
      const step = await verify(scene);
      expect(step.warnings.map(({ title }) => title)).toContain('Index not reconciled');
      expect(redIn(step)).toEqual([`unrecorded ${key}`]);
    }));
});

describe('what is asked for', () => {
  test.concurrent('keys that nothing matches are an error', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH);
      const step = await verify(scene, { inputs: { keys: '*.state' } });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'No states found' }] });
      expect(step.summary).toContain('No states found');
    }));

  test.concurrent('bad inputs are told before anything is asked', () =>
    inScene(async (scene) => {
      const step = await verify(scene, {
        inputs: { depth: 'deep', sample_size: '-1', acknowledged: '/x', drill: 'yes' },
      });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
      for (const input of ['depth', 'sample_size', 'acknowledged', 'drill'])
        expect(step.errors[0]?.message).toContain(`Input "${input}" must be `);
      expect(scene.asked).toEqual([]);
    }));

  test.concurrent('a listing that is denied fails with its permission, and is in the summary', () =>
    inScene(async (scene) => {
      putWithSnapshot(scene, PATH);
      scene.s3.settings.deny = [{ action: 's3:ListBucket' }];
      const step = await verify(scene);
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Access denied' }] });
      expect(step.summary).toContain('s3:ListBucket');
    }));
});

test.concurrent('nothing of a state, and no command in a key, reaches the log', () =>
  inScene(async (scene) => {
    const secret = 'do-not-show-this';
    const path = 'x\n::error::boo/`y`|z.tfstate'.replace('\n', '');
    putWithSnapshot(scene, path, { body: Buffer.from(`{"version": 4, "secret": "${secret}"`) });
    const state = { etag: '"1"', lastModified: day(1), body: Buffer.from('') };
    putSnapshotOf(scene, `${path}/::set-output name=x::.tfstate`, { state, metadata: {} });
    const step = await verify(scene);
    expect(step.exitCode).toBe(1);
    for (const text of [step.log, step.summary, JSON.stringify(reportLines(step))])
      expect(text).not.toContain(secret);
    expect(step.errors).toHaveLength(1);
  }));
