import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { cataloguePrefix, snapshotName } from '../../src/names/snapshot-key.js';
import { BUCKET, TABLE } from '../../testing/environment.js';
import { listen } from '../../testing/http-server.js';
import { encryptedStateBody, stateBody } from '../../testing/test-data.js';
import { type BackupScene, entriesOf, INDEX_KEY, inBackupScene } from './backup-scene.js';
import { PREFIX } from './scene.js';

const OK = { exitCode: 0, errors: [] };
const VERSIONED = [{ title: 'Bucket not versioned' }];

const putStates = async (scene: BackupScene, count: number, options: { at?: string } = {}) => {
  const paths = Array.from(
    { length: count },
    (_, n) => `team-${String(n).padStart(4, '0')}/terraform.tfstate`,
  );
  for (const path of paths)
    await scene.putState(path, { ...options, body: stateBody({ values: { of: path } }) });
  return paths;
};

/** The index agrees with the names, and every state has one snapshot more than none. */
async function expectWhole(scene: BackupScene, paths: readonly string[]) {
  const snapshots = scene.snapshots();
  const verified = snapshots.filter(({ kind }) => kind === 'verified');
  expect(verified.map(({ statePath }) => statePath).sort()).toEqual([...paths].sort());
  for (const { key, statePath } of verified)
    expect(scene.s3.getObject(BUCKET, key)?.body).toEqual(scene.s3.getObject(BUCKET, statePath)?.body);
  expect((await scene.index())?.entries).toEqual(entriesOf(snapshots));
}

describe('a bucket of states', () => {
  test.concurrent('is copied whole: workspaces, encrypted states, and nothing that is no state', () =>
    inBackupScene(async (scene) => {
      const paths = [
        'a/terraform.tfstate',
        'b.tfstate',
        'env:/prod/a/terraform.tfstate',
        'odd „name“ & <b>.tfstate',
      ];
      for (const path of paths) await scene.putState(path);
      await scene.putState('secret.tfstate', { body: encryptedStateBody() });
      for (const key of [
        'a/terraform.tfstate.tflock',
        'b.tfstate.lockkeeper.tflock',
        'readme.md',
        'empty.tfstate',
      ])
        scene.s3.putObject(BUCKET, key, key === 'empty.tfstate' ? '' : '{}');
      const step = await scene.backup();
      expect(step).toMatchObject({ ...OK, warnings: VERSIONED });
      expect(step.outputs).toMatchObject({
        states: '5',
        copied: '5',
        unchanged: '0',
        failed: '0',
        pruned: '0',
      });
      expect(Number(step.outputs['bytes'])).toBe(4 * stateBody().length + encryptedStateBody().length);
      expect(step.outputs['oldest_snapshot_age_seconds']).toMatch(/^\d$/);
      await expectWhole(scene, [...paths, 'secret.tfstate']);
      expect(step.summary).toContain('✅ Backup of 5 states · 5 copied');
      expect(step.lines).toHaveLength(5);
      expect(step.lines[0]).toMatchObject({
        key: 'a/terraform.tfstate',
        result: 'copied',
        serial: 7,
        snapshots: 1,
      });
      const [snapshot] = scene.snapshots();
      expect(scene.s3.getObject(BUCKET, snapshot?.key ?? '')?.metadata).toMatchObject({
        phase: 'scheduled',
        verified: 'true',
        'run-url': 'https://github.com/acme/infrastructure/actions/runs/4711/attempts/1',
      });
    }));

  test.concurrent('that did not change costs its pages and at most 12 requests', () =>
    inBackupScene(async (scene) => {
      await putStates(scene, 30);
      await scene.backup();
      const before = scene.s3.listKeys(BUCKET);
      scene.asked();
      const step = await scene.backup();
      expect(step).toMatchObject({ ...OK, outputs: { copied: '0', unchanged: '30' } });
      const asked = scene.asked();
      expect(asked.filter((request) => !request.includes('list-type'))).toHaveLength(3);
      expect(asked.filter((request) => request.includes('list-type'))).toHaveLength(2 + 8);
      expect(scene.s3.listKeys(BUCKET)).toEqual(before);
    }));

  test.concurrent('is copied where it changed, with one listing, one read and one write for each', () =>
    inBackupScene(async (scene) => {
      const [first = '', second = ''] = await putStates(scene, 20, { at: '2026-01-01T00:00:00Z' });
      await scene.backup();
      await scene.putState(first, { serial: 8 });
      await scene.putState(second, { serial: 9 });
      scene.asked();
      const step = await scene.backup();
      expect(step).toMatchObject({ ...OK, outputs: { copied: '2', unchanged: '18' } });
      const asked = scene.asked().filter((request) => /team-000[01]|BatchGetItem|^GetItem/.test(request));
      // The rotation lists the first eight as well.
      expect(asked).toHaveLength(2 * 3 + 1 + 2);
      expect(asked.filter((request) => request === 'BatchGetItem')).toHaveLength(1);
      expect(scene.snapshots()).toHaveLength(22);
    }));

  test.concurrent('of which a job took snapshots since does not read what the job copied', () =>
    inBackupScene(async (scene) => {
      const [path = ''] = await putStates(scene, 12, { at: '2026-01-01T00:00:00Z' });
      await scene.backup();
      const old = await scene.index();
      await scene.putState(path, { serial: 8 });
      await scene.backup();
      if (old) await scene.putIndex({ ...old, comparedUpTo: path });
      scene.asked();
      const step = await scene.backup();
      expect(step).toMatchObject({ ...OK, outputs: { copied: '0', unchanged: '12' } });
      expect(scene.asked().filter((request) => request.startsWith(`GET /${BUCKET}/${path}`))).toEqual([]);
    }));

  test.concurrent('in a bucket of its own for the backups, by lines of keys', () =>
    inBackupScene(async (scene) => {
      scene.s3.createBucket('backups');
      for (const path of ['a.tfstate', 'b.tfstate', 'c.json']) await scene.putState(path);
      const step = await scene.backup({ backup_bucket: 'backups', keys: '*.tfstate\n*.json\n!b*' });
      expect(step).toMatchObject({ ...OK, outputs: { states: '2', copied: '2' } });
      expect(scene.snapshots('backups').map(({ statePath }) => statePath)).toEqual(['a.tfstate', 'c.json']);
      expect(scene.snapshots()).toEqual([]);
    }));

  test.concurrent('of which nothing fits fails, and says what was looked for', () =>
    inBackupScene(async (scene) => {
      await scene.putState('a.json');
      const step = await scene.backup({ keys: '**/*.tfstate\n!x' });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'No states found' }] });
      expect(step.errors[0]?.message).toContain(
        'fits "keys" (**/*.tfstate, !x); 1 object that may be states',
      );
      expect(scene.s3.listKeys(BUCKET, PREFIX)).toEqual([]);
    }));
});

describe('one bad state', () => {
  test.concurrent('stops no other, and fails the step at its end with its cause', () =>
    inBackupScene(async (scene) => {
      const paths = await putStates(scene, 6);
      scene.s3.settings.deny = [{ action: 's3:GetObject', resource: `${BUCKET}/${paths[2]}` }];
      const step = await scene.backup();
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'States not backed up' }] });
      expect(step.errors[0]?.message).toContain('Of 6 states, 1 could not be copied');
      expect(step.errors[0]?.message).toContain(`${paths[2]}: The permission s3:GetObject on `);
      expect(step.outputs).toMatchObject({ states: '6', copied: '5', failed: '1' });
      expect(step.summary).toContain('❌ Backup of 6 states · 1 not backed up');
      expect(step.lines[2]).toMatchObject({
        result: 'failed',
        error: expect.stringContaining('s3:GetObject'),
      });

      scene.s3.settings.deny = [];
      expect(await scene.backup()).toMatchObject({ ...OK, outputs: { copied: '1', unchanged: '5' } });
      await expectWhole(scene, paths);
    }));

  test.concurrent('that is doubtful is copied as such, is a warning, and is looked at again', () =>
    inBackupScene(async (scene) => {
      await scene.putState('good.tfstate');
      await scene.putState('rubbish.tfstate', { body: 'not a state' });
      for (const round of [1, 2]) {
        const step = await scene.backup();
        expect(step).toMatchObject({ ...OK, warnings: [{ title: 'States are doubtful' }, ...VERSIONED] });
        expect(step.warnings[0]?.message).toContain('rubbish.tfstate: The state is not JSON');
        expect(step.outputs).toMatchObject({ copied: round === 1 ? '1' : '0', failed: '0' });
        expect(step.summary).toContain('⚠️ Backup of 2 states');
        expect(scene.snapshots().map(({ kind }) => kind)).toEqual(['verified', 'doubtful']);
        expect((await scene.index())?.entries).toEqual(entriesOf(scene.snapshots()));
      }
      await scene.putState('rubbish.tfstate');
      expect(await scene.backup()).toMatchObject({ ...OK, warnings: VERSIONED, outputs: { copied: '1' } });
    }));

  test.concurrent('whose digest comes late is waited for, as Terraform does', () =>
    inBackupScene(async (scene) => {
      await scene.putState('a.tfstate', { serial: 8 });
      const LockID = `${BUCKET}/a.tfstate-md5`;
      const Digest =
        (await scene.dynamodb.scan(TABLE)).find((item) => item['LockID'] === LockID)?.['Digest'] ?? '';
      await scene.dynamodb.putItem(TABLE, { LockID, Digest: 'd41d8cd98f00b204e9800998ecf8427e' });
      const step = await scene.start();
      await scene.dynamodbProxy.waitForRequest(({ operation }) => operation === 'BatchGetItem');
      await scene.dynamodb.putItem(TABLE, { LockID, Digest });
      expect(await step.result).toMatchObject({ ...OK, warnings: VERSIONED });
      expect(scene.snapshots().map(({ kind }) => kind)).toEqual(['verified']);
    }));
});

describe('the index is a hint: whatever becomes of it, the result is the same', () => {
  const PATHS = 8;
  const DAMAGE: readonly (readonly [string, (scene: BackupScene) => Promise<void> | void])[] = [
    ['missing', ({ s3 }) => s3.deleteObject(BUCKET, INDEX_KEY)],
    ['rubbish', ({ s3 }) => void s3.putObject(BUCKET, INDEX_KEY, 'rubbish')],
    [
      'torn',
      ({ s3 }) =>
        void s3.putObject(BUCKET, INDEX_KEY, s3.getObject(BUCKET, INDEX_KEY)?.body.subarray(0, 80) ?? ''),
    ],
    [
      'stale by a week',
      async ({ index, putIndex }) => {
        const found = await index();
        if (found) await putIndex({ ...found, reconciledAt: found.reconciledAt - 8 * 86_400_000 });
      },
    ],
    [
      'of a time to come',
      async ({ index, putIndex }) => {
        const found = await index();
        if (found) await putIndex({ ...found, reconciledAt: found.reconciledAt + 8 * 86_400_000 });
      },
    ],
    [
      'without half of its entries',
      async ({ index, putIndex }) => {
        const found = await index();
        if (found) await putIndex({ ...found, entries: new Map([...found.entries].slice(0, PATHS / 2)) });
      },
    ],
    [
      'tampered with, so that it names snapshots that are not there',
      async ({ s3, index, putIndex, snapshots }) => {
        const found = await index();
        for (const { key } of snapshots()) s3.deleteObject(BUCKET, key);
        if (found) await putIndex(found);
      },
    ],
    [
      'older than the last runs',
      async ({ backup, index, putIndex, putState }) => {
        const found = await index();
        await putState('team-0001/terraform.tfstate', { serial: 9, at: '2026-02-01T00:00:00Z' });
        await backup();
        if (found) await putIndex(found);
      },
    ],
    [
      'not to be read',
      ({ s3 }) => {
        s3.settings.deny = [{ action: 's3:GetObject', resource: `${BUCKET}/${INDEX_KEY}` }];
      },
    ],
  ];

  test.concurrent.each(DAMAGE)('%s', (_, damage) =>
    inBackupScene(async (scene) => {
      await putStates(scene, PATHS, { at: '2026-01-01T00:00:00Z' });
      await scene.backup();
      await damage(scene);
      const step = await scene.backup();
      expect(step).toMatchObject({ ...OK });
      const current = scene.snapshots().filter(({ statePath, lastModified }) => {
        const state = scene.s3.getObject(BUCKET, statePath);
        return Math.floor((state?.lastModified.getTime() ?? 0) / 1_000) * 1_000 === lastModified;
      });
      expect(current).toHaveLength(PATHS);
      if (scene.s3.settings.deny.length === 0)
        expect((await scene.index())?.entries).toEqual(entriesOf(scene.snapshots()));
    }),
  );

  test.concurrent('snapshots that went are said', () =>
    inBackupScene(async (scene) => {
      await putStates(scene, 3);
      await scene.backup();
      for (const { key } of scene.snapshots().slice(0, 2)) scene.s3.deleteObject(BUCKET, key);
      const step = await scene.backup();
      expect(step).toMatchObject({
        ...OK,
        outputs: { copied: '2' },
        warnings: [{ title: 'Snapshots missing' }, ...VERSIONED],
      });
      expect(step.warnings[0]?.message).toContain(
        'of 2 states: team-0000/terraform.tfstate, team-0001/terraform.tfstate.',
      );
      expect(await scene.backup()).toMatchObject({ ...OK, outputs: { copied: '0' }, warnings: VERSIONED });
    }));

  test.concurrent('two runs at once copy each version once, and the later index is dropped', () =>
    inBackupScene(async (scene) => {
      const paths = await putStates(scene, 40);
      const steps = await Promise.all([scene.backup(), scene.backup()]);
      for (const step of steps) expect(step).toMatchObject(OK);
      expect(scene.snapshots()).toHaveLength(40);
      await scene.backup();
      await expectWhole(scene, paths);
    }));

  test.concurrent('one that may not be written is a warning', () =>
    inBackupScene(async (scene) => {
      await putStates(scene, 2);
      scene.s3.settings.deny = [{ action: 's3:PutObject', resource: `${BUCKET}/${INDEX_KEY}` }];
      const step = await scene.backup();
      expect(step).toMatchObject({
        ...OK,
        outputs: { copied: '2' },
        warnings: [{ title: 'Index not written' }, ...VERSIONED],
      });
    }));
});

describe('a run that is cut off', () => {
  test.concurrent('by a cancelled job ends soon, keeps the index, and the next one goes on from there', () =>
    inBackupScene(async (scene) => {
      const paths = await putStates(scene, 30);
      scene.s3Proxy.addRule({
        match: ({ method, url }) => method === 'PUT' && /team-002/.test(url),
        action: () => {},
        times: 4,
      });
      const step = await scene.start({ concurrency: '4' });
      await scene.s3Proxy.waitForRequest(({ method, url }) => method === 'PUT' && /team-002/.test(url), {
        count: 4,
      });
      step.sendSignal('SIGINT');
      const ended = await step.result;
      expect(ended).toMatchObject({ exitCode: 1, errors: [{ title: 'Cancelled' }] });
      expect(ended.errors[0]?.message).toMatch(/once 2\d of 30 states were done/);
      expect((await scene.index())?.entries).toEqual(entriesOf(scene.snapshots()));
      scene.s3Proxy.clearRules();
      const next = await scene.backup();
      expect(next).toMatchObject(OK);
      expect(Number(next.outputs['copied'])).toBeLessThanOrEqual(10);
      await expectWhole(scene, paths);
    }));

  test.concurrent('by a kill goes on where the names say that it stopped', () =>
    inBackupScene(async (scene) => {
      const paths = await putStates(scene, 60);
      for (const count of [8, 30]) {
        const step = await scene.start({ concurrency: '2' });
        await scene.s3Proxy.waitForRequest(
          ({ method, url }) => method === 'PUT' && url.includes('.tfstate'),
          { count },
        );
        step.sendSignal('SIGKILL');
        expect(await step.result).toMatchObject({ signal: 'SIGKILL' });
        scene.s3Proxy.clearRequests();
      }
      const next = await scene.backup();
      expect(next).toMatchObject(OK);
      expect(Number(next.outputs['copied'])).toBeLessThanOrEqual(60 - 30);
      await expectWhole(scene, paths);
    }));
});

test.concurrent('dry_run writes nothing, and says what it would copy and remove', () =>
  inBackupScene(async (scene) => {
    const [path = ''] = await putStates(scene, 3, { at: '2026-01-01T00:00:00Z' });
    await scene.backup();
    await scene.putState(path, { serial: 8, at: '2026-01-02T00:00:00Z' });
    const keys = scene.s3.listKeys(BUCKET);
    const index = await scene.index();
    const step = await scene.backup({
      dry_run: 'true',
      keep_last: '1',
      max_age: '1h',
      heartbeat_url: 'http://127.0.0.1:9/x',
    });
    expect(step).toMatchObject({
      ...OK,
      warnings: VERSIONED,
      outputs: { copied: '0', unchanged: '2', pruned: '1' },
    });
    expect(step.log).toContain('1 state would be copied');
    expect(step.log).toMatch(/remove {2}20260101T000000Z-0000000007-/);
    expect(step.summary).toContain('dry run · 1 would be copied');
    expect(scene.s3.listKeys(BUCKET)).toEqual(keys);
    expect(await scene.index()).toEqual(index);
  }));

describe('the rules of retention', () => {
  const day = (number: number) => `2026-01-0${number}T00:00:00Z`;

  /** A state of the serial 4, and the snapshots of it and of those before. */
  const putHistory = async (scene: BackupScene, path: string, bucket = BUCKET) => {
    for (const serial of [1, 2, 3, 4]) {
      const { body, etag } = await scene.putState(path, { serial, at: day(serial) });
      const name = snapshotName({ etag, lastModified: Date.parse(day(serial)) }, serial, 'verified');
      scene.s3.putObject(bucket, cataloguePrefix(PREFIX, BUCKET, path) + name, body);
    }
  };

  test.concurrent('are applied to all states when they are new, and then to those that gained a snapshot', () =>
    inBackupScene(async (scene) => {
      await scene.putState('a.tfstate', { at: day(9) });
      await putHistory(scene, 'b.tfstate');
      await scene.backup();
      const first = await scene.backup({ keep_last: '2' });
      expect(first).toMatchObject({ ...OK, outputs: { copied: '0', pruned: '2' } });
      expect(scene.snapshots().map(({ serial }) => serial)).toEqual([7, 3, 4]);
      expect((await scene.index())?.entries).toEqual(entriesOf(scene.snapshots()));

      scene.asked();
      await scene.backup({ keep_last: '2' });
      // The source, the index's rotation, and no catalogue beside it.
      expect(scene.asked().filter((request) => request.includes('list-type'))).toHaveLength(2 + 2);

      await scene.putState('a.tfstate', { serial: 8 });
      expect(await scene.backup({ keep_last: '1' })).toMatchObject({ outputs: { copied: '1', pruned: '2' } });
      expect(scene.snapshots().map(({ serial }) => serial)).toEqual([8, 4]);
    }));

  test.concurrent('are applied again to what a run without them has added, so a pruner may be a job of its own', () =>
    inBackupScene(async (scene) => {
      await scene.putState('a.tfstate', { serial: 1, at: day(1) });
      await scene.backup({ keep_last: '1' });
      await scene.putState('a.tfstate', { serial: 2, at: day(2) });
      await scene.backup();
      expect(scene.snapshots()).toHaveLength(2);
      expect(await scene.backup({ keep_last: '1' })).toMatchObject({ ...OK, outputs: { pruned: '1' } });
      expect(scene.snapshots().map(({ serial }) => serial)).toEqual([2]);
    }));

  test.concurrent('keep what is at the source after a rollback, and everything of a state that is gone', () =>
    inBackupScene(async (scene) => {
      await putHistory(scene, 'gone.tfstate');
      await putHistory(scene, 'back.tfstate');
      scene.s3.deleteObject(BUCKET, 'gone.tfstate');
      await scene.putState('back.tfstate', { serial: 2, at: day(2) });
      for (let round = 0; round < 2; round++) {
        expect(await scene.backup({ keep_last: '1' })).toMatchObject({ ...OK, outputs: { copied: '0' } });
        const left = scene.snapshots().map(({ statePath, serial }) => `${statePath} ${serial}`);
        expect(left).toEqual([
          'back.tfstate 2',
          'back.tfstate 4',
          ...[1, 2, 3, 4].map((n) => `gone.tfstate ${n}`),
        ]);
      }
    }));

  test.concurrent('remove nothing of a state that could not be copied, and go on with the others', () =>
    inBackupScene(async (scene) => {
      await putHistory(scene, 'bad.tfstate');
      await putHistory(scene, 'good.tfstate');
      await scene.putState('bad.tfstate', { serial: 9, at: day(9) });
      scene.s3.settings.deny = [{ action: 's3:GetObject', resource: `${BUCKET}/bad.tfstate` }];
      expect(await scene.backup({ keep_last: '1' })).toMatchObject({
        exitCode: 1,
        outputs: { failed: '1', pruned: '3' },
      });
      expect(scene.snapshots().map(({ statePath }) => statePath)).toEqual([
        ...Array(4).fill('bad.tfstate'),
        'good.tfstate',
      ]);
    }));

  test.concurrent('that may not be carried out are a warning, and the next run tries them again', () =>
    inBackupScene(async (scene) => {
      await putHistory(scene, 'a.tfstate');
      scene.s3.settings.deny = [{ action: 's3:DeleteObject' }];
      const step = await scene.backup({ keep_last: '1' });
      expect(step).toMatchObject({
        ...OK,
        outputs: { pruned: '0' },
        warnings: [{ title: 'Snapshots not removed' }, ...VERSIONED],
      });
      expect(step.warnings[0]?.message).toContain(
        'of 1 state were not removed, or not all: The permission s3:DeleteObject on ',
      );
      scene.s3.settings.deny = [];
      expect(await scene.backup({ keep_last: '1' })).toMatchObject({ ...OK, outputs: { pruned: '3' } });
    }));

  test.concurrent('and prune_dry_run: true copies, removes nothing, and prints the plan', () =>
    inBackupScene(async (scene) => {
      await putHistory(scene, 'a.tfstate');
      await scene.putState('a.tfstate', { serial: 5, at: day(5) });
      const step = await scene.backup({ keep_last: '2', prune_dry_run: 'true' });
      expect(step).toMatchObject({ ...OK, outputs: { copied: '1', pruned: '3' } });
      expect(step.log).toContain('Retention of a.tfstate, dry run: 3 would be removed, 2 kept');
      expect(scene.snapshots()).toHaveLength(5);
      expect(await scene.backup({ keep_last: '2' })).toMatchObject({ outputs: { pruned: '3' } });
    }));

  test.concurrent('leave what Object Lock holds, and say until when', () =>
    inBackupScene(async (scene) => {
      scene.s3.createBucket('backups', { objectLock: true });
      const inputs = {
        ...{ backup_bucket: 'backups', backup_object_lock_mode: 'governance', backup_retain_days: '30' },
        ...{ backup_tags: 'team=net ops\nenv=prod', backup_storage_class: 'STANDARD_IA' },
      };
      for (const number of [1, 2]) {
        await scene.putState('a.tfstate', { serial: number, at: day(number) });
        expect(await scene.backup(inputs)).toMatchObject({ ...OK, warnings: VERSIONED });
      }
      const [snapshot] = scene.snapshots('backups');
      const stored = scene.s3.getObject('backups', snapshot?.key ?? '');
      expect(stored?.contentHeaders).toMatchObject({ 'x-amz-storage-class': 'STANDARD_IA' });
      const days = ((stored?.lock.retainUntil?.getTime() ?? 0) - Date.now()) / 86_400_000;
      expect(Math.round(days)).toBe(30);
      expect([...(stored?.tags ?? [])]).toEqual([
        ['team', 'net ops'],
        ['env', 'prod'],
      ]);
      const step = await scene.backup({ ...inputs, keep_last: '1' });
      expect(step).toMatchObject({ ...OK, outputs: { pruned: '0' }, warnings: VERSIONED });
      expect(step.log).toMatch(/Object Lock holds 1 snapshot that no rule keeps, until 20\d\d-/);
      expect(scene.snapshots('backups')).toHaveLength(2);
    }));
});

describe('freshness', () => {
  test.concurrent('max_age fails for what changed long ago and could not be copied, or is doubtful', () =>
    inBackupScene(async (scene) => {
      await scene.putState('denied.tfstate', { at: '2026-01-01T00:00:00Z' });
      await scene.putState('rubbish.tfstate', { at: '2026-01-01T00:00:00Z', body: 'no state' });
      await scene.putState('new rubbish.tfstate', { body: 'no state' });
      await scene.putState('quiet.tfstate', { at: '2020-01-01T00:00:00Z' });
      scene.s3.settings.deny = [{ action: 's3:GetObject', resource: `${BUCKET}/denied.tfstate` }];
      const step = await scene.backup({ max_age: '1d' });
      expect(step.errors.map(({ title }) => title)).toEqual(['States not backed up', 'Snapshots too old']);
      expect(step.errors[1]?.message).toMatch(
        /^2 states changed more than 1d ago, which is "max_age", and no verified snapshot has been taken since\.\s+denied\.tfstate: changed \d+d .*\s+rubbish/,
      );
      expect(step.summary).toContain('Without a verified snapshot for too long');
      expect(Number(step.outputs['oldest_snapshot_age_seconds'])).toBeGreaterThan(86_400 * 365);
    }));

  test.concurrent.each<[string, number, Record<string, string>, number, string[]]>([
    ['is told of a good run', 200, {}, 1, []],
    ['that answers badly is a warning', 500, {}, 1, ['Heartbeat failed']],
    ['is not told of a bad run', 200, { deny: 's3:GetObject' }, 0, []],
  ])('the monitor %s', (_, status, { deny }, calls, warnings) =>
    inBackupScene(async (scene) => {
      const called: string[] = [];
      const monitor = await listen(
        createServer((request, response) => {
          called.push(`${request.method} ${request.url}`);
          response.writeHead(status).end();
        }),
      );
      try {
        await scene.putState('a.tfstate');
        if (deny) scene.s3.settings.deny = [{ action: deny, resource: `${BUCKET}/a.tfstate` }];
        const url = `${monitor.endpoint}/ping/very-secret?a=b`;
        const step = await scene.backup({ heartbeat_url: url });
        expect(called).toEqual(Array(calls).fill('GET /ping/very-secret?a=b'));
        expect(step.warnings.map(({ title }) => title)).toEqual([
          ...VERSIONED.map(({ title }) => title),
          ...warnings,
        ]);
        expect(step.exitCode).toBe(deny ? 1 : 0);
        expect(`${step.log}${step.summary}`).not.toContain('very-secret');
      } finally {
        await monitor.close();
      }
    }),
  );

  test.concurrent('a monitor that nobody reaches is a warning without its address', () =>
    inBackupScene(async (scene) => {
      await scene.putState('a.tfstate');
      const gone = await listen(createServer());
      await gone.close();
      const step = await scene.backup({ heartbeat_url: `${gone.endpoint}/very-secret` });
      expect(step).toMatchObject({ ...OK, warnings: [...VERSIONED, { title: 'Heartbeat failed' }] });
      expect(step.warnings[1]?.message).toContain('ECONNREFUSED');
      expect(`${step.log}${step.summary}`).not.toContain('very-secret');
    }));
});

describe('elsewhere', () => {
  test.concurrent('keys of their own ask for the snapshots, and never for the states', () =>
    inBackupScene(
      async (scene) => {
        scene.s3.createBucket('backups');
        await scene.putState('a.tfstate');
        const inputs = {
          backup_bucket: 'backups',
          backup_access_key: 'keeper',
          backup_secret_key: 'of-backups',
        };
        expect(await scene.backup(inputs)).toMatchObject({ ...OK, outputs: { copied: '1' } });
        expect(await scene.backup(inputs)).toMatchObject({ ...OK, outputs: { unchanged: '1' } });
        const signers = scene.s3Proxy.requests.map(({ url, headers }) => {
          const who = /Credential=(\w+)\//.exec(headers.authorization ?? '')?.[1];
          return `${who} ${url.startsWith('/backups') ? 'backups' : 'states'}`;
        });
        expect([...new Set(signers)].sort()).toEqual(['keeper backups', 'test states']);
      },
      { accounts: { test: { secretAccessKey: 'test' }, keeper: { secretAccessKey: 'of-backups' } } },
    ));

  test.concurrent('bad inputs are told before anything is asked', () =>
    inBackupScene(async (scene) => {
      const step = await scene.backup({
        ...{ concurrency: '65', max_age: 'ten', heartbeat_url: 'ftp://secret', keep_last: '0', keys: '/x' },
        ...{
          backup_access_key: 'AKIAKEEPER',
          backup_role_arn: 'arn:aws:iam::123456789012:role/r',
          backup_retain_days: '3',
        },
        ...{ backup_tags: 'x', backup_storage_class: 'DEEP_ARCHIVE', dry_run: 'yes' },
      });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
      const told = step.errors[0]?.message ?? '';
      for (const name of [
        'concurrency',
        'max_age',
        'heartbeat_url',
        'keep_last',
        'keys',
        'backup_secret_key',
        'dry_run',
      ])
        expect(told).toContain(`"${name}"`);
      for (const name of [
        'backup_role_arn',
        'backup_object_lock_mode',
        'backup_tags',
        'backup_storage_class',
      ])
        expect(told).toContain(`"${name}"`);
      expect(told).not.toContain('ftp://secret');
      expect(scene.asked()).toEqual([]);
    }));
});
