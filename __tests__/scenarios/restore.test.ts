import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import { dropAfter, outOfService } from '../../testing/faults.js';
import { encryptedStateBody, stateBody } from '../../testing/test-data.js';
import {
  found,
  md5Of,
  ofKind,
  putSnapshot,
  putVersions,
  serialed,
  snapshotsOf,
  startRestore,
  V1,
  V2,
  V3,
} from './restore-scene.js';
import { inScene, type Kind, LOCKING_KINDS } from './scene.js';

const GREEN = { exitCode: 0, errors: [], warnings: [] };
const hasTable = (kind: Kind) => kind === 'dynamodb' || kind === 'both';

describe('an earlier state is put back, byte for byte but for its serial', () => {
  test.concurrent.each(LOCKING_KINDS)('under the lock: %s', (kind) =>
    inScene(async (scene) => {
      const { v1, v3 } = await putVersions(scene);
      const job = await startRestore(scene, kind, { snapshot: 'serial:1' });
      const main = await job.main();
      expect(main).toMatchObject(GREEN);
      const restored = serialed(V1, 4);
      expect(await found(scene)).toEqual({
        body: restored,
        digest: hasTable(kind) ? md5Of(restored) : md5Of(V3),
      });
      expect(await scene.lockRecords()).toEqual([]);
      const [preRestore = ''] = snapshotsOf(scene, '.pre-restore.tfstate');
      expect(scene.s3.getObject(BUCKET, preRestore)?.body).toEqual(Buffer.from(V3));
      expect(preRestore).toBe(ofKind(v3, 'pre-restore'));
      const [result = ''] = snapshotsOf(scene, '.tfstate').filter((key) => key.includes('-0000000004-'));
      expect(scene.s3.getObject(BUCKET, result)?.body).toEqual(restored);
      expect(main.outputs).toEqual({
        restored: 'true',
        snapshot_bucket: BUCKET,
        snapshot_key: v1,
        serial_before: '3',
        serial_after: '4',
        state_lineage: '84d1bbcc-400e-a45a-202e-4e35dc7475c0',
        pre_restore_key: preRestore,
        added: '1',
        removed: '1',
        changed: '1',
      });
      expect(main.summary).toContain(`✅ ${STATE_PATH} · restored, serial 3 → 4`);
      expect(main.summary).toContain('+ terraform_data.old');
      expect(main.summary).toContain(`snapshot: ${preRestore}`);
      expect(`${main.log}${main.summary}`).not.toContain('"x"');
      expect(main.env).toEqual({});
      expect(await job.post()).toMatchObject({ ...GREEN, log: '', summary: '' });
    }),
  );

  test.concurrent('and back again, by what the summary ends with', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const { outputs } = await (await startRestore(scene, 'both', { snapshot: 'serial:1' })).main();
      const back = { snapshot: outputs['pre_restore_key'] ?? '' };
      expect(await (await startRestore(scene, 'both', back)).main()).toMatchObject(GREEN);
      const again = serialed(V3, 5);
      expect(await found(scene)).toEqual({ body: again, digest: md5Of(again) });
    }));

  test.concurrent('with the requests that the documents name, in that order', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      await (await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' })).main();
      const writes = scene.asked.filter((name) => /^(PUT|DELETE|PutItem|DeleteItem) /.test(name));
      expect(writes).toEqual([
        'PutItem lock',
        'PUT snapshot',
        'DeleteItem digest',
        'PUT state',
        'PutItem digest',
        'PUT snapshot',
        'DeleteItem lock',
      ]);
    }));

  test.concurrent('by its key, its name, a moment, or as the newest', () =>
    inScene(async (scene) => {
      const { v1, v2 } = await putVersions(scene);
      const chosen = async (snapshot: string) => {
        const job = await startRestore(scene, 'lockfile', { snapshot, dry_run: 'true' });
        return (await job.main()).outputs['snapshot_key'];
      };
      expect(await chosen(v1)).toBe(v1);
      expect(await chosen(v2.slice(v2.lastIndexOf('/') + 1))).toBe(v2);
      const twoDaysAgo = new Date(Date.now() - 1.5 * 86_400_000).toISOString();
      expect(await chosen(`before:${twoDaysAgo}`)).toBe(v2);
    }));

  test.concurrent('with the encryption and the tags that Terraform and OpenTofu give it', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const job = await startRestore(scene, 'dynamodb', {
        snapshot: 'serial:1',
        encrypt: 'true',
        kms_key_id: 'alias/terraform',
        backend_config: 'state_tags={ team = "net ops" }',
      });
      expect(await job.main()).toMatchObject(GREEN);
      const stored = scene.s3.getObject(BUCKET, STATE_PATH);
      expect(stored?.tags).toEqual(new Map([['team', 'net ops']]));
      expect(stored?.encryption).toMatchObject({ kind: 'aws:kms', keyId: 'alias/terraform' });
      expect(stored?.contentHeaders).toMatchObject({ 'content-type': 'application/json' });
      expect(scene.snapshots().filter(({ tags }) => tags.size > 0)).toEqual([]);
    }));
});

describe('whatever is there', () => {
  test.concurrent.each(LOCKING_KINDS)('nothing, deleted by somebody: %s', (kind) =>
    inScene(async (scene) => {
      const { v3 } = await putVersions(scene);
      scene.s3.deleteObject(BUCKET, STATE_PATH);
      const job = await startRestore(scene, kind, { snapshot: 'latest' });
      const main = await job.main();
      expect(main).toMatchObject(GREEN);
      expect(main.outputs).toMatchObject({ snapshot_key: v3, serial_after: '1003', restored: 'true' });
      expect(main.outputs).not.toHaveProperty('pre_restore_key');
      const restored = serialed(V3, 1003);
      expect(await found(scene)).toMatchObject({ body: restored });
      if (hasTable(kind)) expect(await found(scene)).toMatchObject({ digest: md5Of(restored) });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent('an object without a byte', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      scene.s3.putObject(BUCKET, STATE_PATH, '');
      const job = await startRestore(scene, 'both', { snapshot: 'serial:3' });
      expect(await job.main()).toMatchObject(GREEN);
      const restored = serialed(V3, 1003);
      expect(await found(scene)).toEqual({ body: restored, digest: md5Of(restored) });
      expect(snapshotsOf(scene, '.pre-restore.tfstate')).toEqual([]);
    }));

  test.concurrent('rubbish, which is kept', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      scene.s3.putObject(BUCKET, STATE_PATH, '{"serial": 7, <<<<<<< HEAD');
      const job = await startRestore(scene, 'both', { snapshot: 'serial:2' });
      const main = await job.main();
      expect(main).toMatchObject(GREEN);
      const restored = serialed(V2, 1007);
      expect(await found(scene)).toEqual({ body: restored, digest: md5Of(restored) });
      const [kept = ''] = snapshotsOf(scene, '.pre-restore.tfstate');
      expect(scene.s3.getObject(BUCKET, kept)?.body.toString()).toBe('{"serial": 7, <<<<<<< HEAD');
      expect(main.summary).not.toContain('The way back');
      const back = await (await startRestore(scene, 'both', { snapshot: kept })).main();
      expect(back.errors).toMatchObject([{ title: 'Snapshot refused' }]);
      expect(await found(scene)).toMatchObject({ body: restored });
    }));

  test.concurrent('a state at odds with its digest, which is what it should be: the digest alone is mended', () =>
    inScene(async (scene) => {
      const { v3 } = await putVersions(scene);
      await scene.dynamodb.putItem('locks', { LockID: `${BUCKET}/${STATE_PATH}-md5`, Digest: md5Of(V1) });
      const job = await startRestore(scene, 'dynamodb', { snapshot: v3 });
      const main = await job.main();
      expect(main).toMatchObject({ ...GREEN, outputs: { restored: 'false', serial_after: '3' } });
      expect(await found(scene)).toEqual({ body: Buffer.from(V3), digest: md5Of(V3) });
      expect(scene.asked).not.toContain('PUT state');
      expect(snapshotsOf(scene, '.pre-restore.tfstate')).toEqual([]);
      expect(main.summary).toContain('already what the snapshot has');
      expect(main.summary).toContain('digest of it was put right');
    }));

  test.concurrent('a version that was rolled back in the console: its serial is raised all the same', () =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      await scene.putState(V1);
      const main = await (await startRestore(scene, 'dynamodb', { snapshot: v1 })).main();
      expect(main).toMatchObject({ ...GREEN, outputs: { restored: 'true', serial_after: '4' } });
      expect(await found(scene)).toMatchObject({ body: serialed(V1, 4) });
    }));
});

describe('a snapshot that OpenTofu has encrypted', () => {
  test.concurrent('is put back as it is, and that is said', () =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      const body = encryptedStateBody(1);
      const key = putSnapshot(scene, v1.replace(/-[0-9a-f]{12}\./, '-0123456789ab.'), body);
      const main = await (await startRestore(scene, 'dynamodb', { snapshot: key })).main();
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'Serial not raised' }] });
      expect(await found(scene)).toEqual({ body: Buffer.from(body), digest: md5Of(body) });
      expect(main.summary).toContain('⚠️');
    }));
});

describe('what is refused, with nothing changed', () => {
  const unchanged = async (scene: Parameters<typeof found>[0]) => {
    expect(await found(scene)).toEqual({ body: Buffer.from(V3), digest: md5Of(V3) });
    expect(await scene.lockRecords()).toEqual([]);
    expect(snapshotsOf(scene, '.pre-restore.tfstate')).toEqual([]);
  };

  test.concurrent('another lineage, unless it is allowed', () =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      const body = stateBody({ serial: 9, lineage: 'another' });
      const key = putSnapshot(scene, v1.replace(/-\d{10}-[0-9a-f]{12}\./, '-0000000009-0123456789ab.'), body);
      const refused = await (await startRestore(scene, 'dynamodb', { snapshot: key })).main();
      expect(refused).toMatchObject({ exitCode: 1, errors: [{ title: 'Another lineage' }] });
      expect(refused.summary).toContain('❌');
      await unchanged(scene);
      const inputs = { snapshot: key, allow_lineage_change: 'true' };
      const allowed = await (await startRestore(scene, 'dynamodb', inputs)).main();
      expect(allowed).toMatchObject({ ...GREEN, outputs: { state_lineage: 'another', serial_after: '10' } });
    }));

  test.concurrent('a snapshot whose bytes are not those that were stored', () =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      const { metadata } = scene.s3.getObject(BUCKET, v1) ?? {};
      scene.s3.putObject(BUCKET, v1, Buffer.from(V2), { metadata });
      const step = await (await startRestore(scene, 'dynamodb', { snapshot: v1 })).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot refused' }] });
      expect(step.errors[0]?.message).toContain('SHA-256');
      await unchanged(scene);
    }));

  test.concurrent.each([
    ['serial:5', 'The nearest are'],
    ['before:2020-01-01T00:00:00Z', 'The nearest are'],
  ])('one that is not there, %s: the nearest are named', (snapshot, words) =>
    inScene(async (scene) => {
      const { v3 } = await putVersions(scene);
      const step = await (await startRestore(scene, 'dynamodb', { snapshot })).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot not found' }] });
      expect(step.errors[0]?.message).toContain(words);
      expect(step.errors[0]?.message).toContain(v3);
      await unchanged(scene);
    }),
  );

  test.concurrent('a serial that two states have had', () =>
    inScene(async (scene) => {
      const { v2 } = await putVersions(scene);
      const other = putSnapshot(scene, v2.replace(/-[0-9a-f]{12}\./, '-0123456789ab.'), serialed(V1, 2));
      const step = await (await startRestore(scene, 'dynamodb', { snapshot: 'serial:2' })).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot not found' }] });
      for (const key of [v2, other]) expect(step.errors[0]?.message).toContain(key);
      await unchanged(scene);
    }));

  test.concurrent('whatever the copy of what is there cannot be stored for', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      scene.s3.settings.deny = [{ action: 's3:PutObject', resource: `${BUCKET}/lockkeeper/*` }];
      const step = await (await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' })).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot not stored' }] });
      expect(step.errors[0]?.message).toContain('nothing was changed');
      await unchanged(scene);
    }));

  test.concurrent('while somebody else holds the lock, with the way out', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      await scene.holdByOther('both');
      const inputs = { snapshot: 'serial:1', lock_timeout: '0s' };
      const step = await (await startRestore(scene, 'both', inputs)).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock held' }] });
      expect(step.errors[0]?.message).toContain('terraform force-unlock');
      expect(step.summary).toContain('is locked');
      expect(await found(scene)).toMatchObject({ body: Buffer.from(V3) });
      expect(await scene.lockRecords()).toHaveLength(2);
    }));

  test.concurrent('where an earlier step of the job holds the lock', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const job = await scene.startJob('dynamodb');
      expect(await job.main()).toMatchObject({ exitCode: 0 });
      const restore = await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' });
      restore.exportEnv(job.environment());
      const step = await restore.main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock held by this job' }] });
      expect(step.errors[0]?.message).toContain('in a job of its own');
    }));

  test.concurrent('bad inputs, before anything is asked', () =>
    inScene(async (scene) => {
      const inputs = { snapshot: 'newest', dry_run: 'maybe', lock_timeout: 'ten' };
      const step = await (await startRestore(scene, 'dynamodb', inputs)).main();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
      for (const name of Object.keys(inputs)) expect(step.errors[0]?.message).toContain(`"${name}"`);
      const without = await (await startRestore(scene, 'dynamodb', {})).main();
      expect(without.errors[0]?.message).toContain('Input "snapshot" is required.');
      expect(scene.asked).toEqual([]);
    }));
});

describe('a dry run', () => {
  test.concurrent('changes nothing, takes no lock although it is held, and says what would be', () =>
    inScene(async (scene) => {
      const { v1 } = await putVersions(scene);
      await scene.holdByOther('both');
      const before = { keys: scene.s3.listKeys(BUCKET), items: await scene.dynamodb.scan('locks') };
      const job = await startRestore(scene, 'both', { snapshot: 'serial:1', dry_run: 'true' });
      const main = await job.main();
      expect(main).toMatchObject({ ...GREEN, state: {} });
      expect(main.outputs).toMatchObject({
        restored: 'false',
        snapshot_key: v1,
        serial_before: '3',
        serial_after: '4',
        added: '1',
        removed: '1',
        changed: '1',
      });
      expect(main.summary).toContain(`🔎 ${STATE_PATH} · dry run, serial 3 → 4`);
      expect(main.summary).toContain('- terraform_data.young');
      expect(scene.asked.filter((name) => !/^(GET|HEAD|GetItem) /.test(name))).toEqual([]);
      expect({ keys: scene.s3.listKeys(BUCKET), items: await scene.dynamodb.scan('locks') }).toEqual(before);
      expect(await job.post()).toMatchObject({ ...GREEN, log: '', summary: '' });
    }));
});

describe('a lost answer changes nothing', () => {
  test.concurrent.each([
    'PUT snapshot',
    'DeleteItem digest',
    'PUT state',
    'PutItem digest',
    'DeleteItem lock',
  ])('%s, carried out four times without one', (name) =>
    inScene(async (scene) => {
      await putVersions(scene);
      scene.onRequest(name, dropAfter(), { times: 4 });
      const job = await startRestore(scene, 'dynamodb', { snapshot: 'serial:1' });
      expect(await job.main()).toMatchObject({ ...GREEN, outputs: { serial_after: '4' } });
      const restored = serialed(V1, 4);
      expect(await found(scene)).toEqual({ body: restored, digest: md5Of(restored) });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );
});

describe('bad weather is waited out', () => {
  test.concurrent.each([
    'GET state',
    'GetItem digest',
    'GET listing',
    'GET snapshot',
    'PUT snapshot',
    'DeleteItem digest',
    'PUT state',
    'PutItem digest',
    'DeleteItem lock',
  ])('%s, refused twice as out of service', (name) =>
    inScene(async (scene) => {
      await putVersions(scene);
      scene.onRequest(name, outOfService(), { times: 2 });
      const job = await startRestore(scene, 'dynamodb', { snapshot: 'serial:1', max_retries: '1' });
      expect(await job.main()).toMatchObject({ ...GREEN, outputs: { serial_after: '4' } });
      const restored = serialed(V1, 4);
      expect(await found(scene)).toEqual({ body: restored, digest: md5Of(restored) });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );
});
