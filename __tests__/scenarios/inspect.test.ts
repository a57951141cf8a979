import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH } from '../../testing/environment.js';
import { withGithub } from '../../testing/github-api.js';
import type { StepResult } from '../../testing/runner.js';
import { LINEAGE, stateBody, THEIR_ID } from '../../testing/test-data.js';
import {
  inScene,
  type Kind,
  LOCK_PATH,
  LOCKING_KINDS,
  PREFIX,
  type Scene,
  STATE,
  snapshotKey,
} from './scene.js';

const INSPECT = { action: 'inspect' };
const READS = /^(GetItem|GET) /;

/** What the step found, as other steps read it. */
const reportOf = ({ outputs }: StepResult) => JSON.parse(outputs['report'] ?? '');

async function inspect(
  { startJob }: Scene,
  kind: Kind,
  { inputs = {}, env = {} }: { inputs?: Record<string, string>; env?: Readonly<Record<string, string>> } = {},
): Promise<StepResult> {
  return (await startJob(kind, { ...INSPECT, inputs, env })).main();
}

describe('while somebody holds the lock', () => {
  test.concurrent.each(LOCKING_KINDS)(
    '%s: it is green, says who that is and how to get past, and only reads',
    (kind) =>
      inScene(async (scene) => {
        await scene.putState(STATE);
        await scene.holdByOther(kind);
        const records = await scene.lockRecords();
        const step = await inspect(scene, kind);
        expect(step).toMatchObject({ exitCode: 0, errors: [] });
        expect(reportOf(step).lock).toMatchObject({
          id: THEIR_ID,
          path: LOCK_PATH,
          kind,
          info: { Who: 'ada@laptop', Operation: 'OperationTypeApply', Path: LOCK_PATH },
          holder: null,
          alive: null,
          proof: null,
        });
        expect(step.summary).toContain(`🔒 ${STATE_PATH} · locked · serial 7`);
        expect(step.summary).toContain(`terraform force-unlock -force ${THEIR_ID}`);
        expect(step.log).toContain('Lock: held by ada@laptop since 2026-11-22T01:05:51Z');
        expect(step.log).toContain(
          `Only if you are sure that it is dead, free the lock:\nterraform force-unlock`,
        );
        expect(scene.asked.filter((request) => !READS.test(request))).toEqual([]);
        expect(await scene.lockRecords()).toEqual(records);
      }),
  );
  test.concurrent.each([
    [{ status: 'completed', conclusion: 'cancelled' }, false, '⚠️', 'has ended (cancelled)'],
    [{ status: 'in_progress', conclusion: null }, true, '🔒', 'goes on'],
  ])('whose run is %j, says GitHub: alive is %s', (body, alive, sign, words) =>
    inScene((scene) =>
      withGithub({ status: 200, body }, async ({ env }) => {
        await (await scene.startJob('dynamodb')).main();
        const step = await inspect(scene, 'dynamodb', { env });
        expect(reportOf(step).lock).toMatchObject({
          alive,
          proof: expect.stringContaining(words),
          holder: { repository: 'acme/infrastructure', runId: '4711' },
        });
        expect(step.summary).toContain(`${sign} ${STATE_PATH} · locked`);
        expect(step.summary).toContain(words);
        expect(step.summary).toContain('https://github.com/acme/infrastructure/actions/runs/4711');
      }),
    ),
  );
  test.concurrent('of scope pipeline, it looks at that one', () =>
    inScene(async (scene) => {
      const inputs = { lock_scope: 'pipeline' };
      const { outputs } = await (await scene.startJob('dynamodb', { inputs })).main();
      expect(reportOf(await inspect(scene, 'dynamodb', { inputs })).lock).toMatchObject({
        id: outputs['lock_id'],
        path: `${LOCK_PATH}.lockkeeper`,
      });
      expect(reportOf(await inspect(scene, 'dynamodb')).lock).toBeNull();
    }));
});

describe('a state with snapshots', () => {
  test.concurrent('is told with its header, and its ten newest snapshots, newest first', () =>
    inScene(async (scene) => {
      const stored = [];
      for (let serial = 1; serial <= 12; serial++) {
        const object = await scene.putState(stateBody({ serial }));
        const lastModified = new Date(Date.parse('2026-11-01T00:00:00Z') + serial * 86_400_000);
        const key = snapshotKey({ ...object, lastModified }, serial);
        stored.unshift({
          key,
          serial,
          modified: lastModified.toISOString(),
          bytes: object.body.length,
          kind: 'verified',
          doubtful: false,
        });
        scene.s3.putObject(BUCKET, key, object.body);
      }
      const doubtful = `${PREFIX}${LOCK_PATH}/20261120T000000Z-0000000001-0123456789ab.doubtful.tfstate`;
      scene.s3.putObject(BUCKET, doubtful, 'not a state');
      // What is no snapshot of this state: another state's below it, and what nobody of ours wrote.
      scene.s3.putObject(
        BUCKET,
        `${PREFIX}${LOCK_PATH}/more/20261130T000000Z-0000000099-0123456789ab.tfstate`,
        '{}',
      );
      scene.s3.putObject(BUCKET, `${PREFIX}${LOCK_PATH}/README`, 'hello');

      const step = await inspect(scene, 'dynamodb');
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(reportOf(step)).toEqual({
        lock: null,
        state: {
          bucket: BUCKET,
          key: STATE_PATH,
          exists: true,
          serial: 12,
          lineage: LINEAGE,
          terraformVersion: '1.11.4',
          md5: expect.stringMatching(/^[0-9a-f]{32}$/),
          modified: expect.stringMatching(/^\d{4}-.*Z$/),
          resources: 1,
          doubts: [],
        },
        snapshots: [
          {
            key: doubtful,
            serial: 1,
            modified: '2026-11-20T00:00:00.000Z',
            bytes: 11,
            kind: 'doubtful',
            doubtful: true,
          },
          ...stored.slice(0, 9),
        ],
        versioning: 'disabled',
      });
      expect(step.summary).toContain(`🔓 ${STATE_PATH} · not locked · serial 12`);
      expect(step.summary).toMatch(
        /\n1 resource · written .+ ago · 818\sB · bucket versioning disabled · 13 snapshots\n/,
      );
      expect(step.summary).toMatch(
        /\n\| 1 \(doubtful\) \| .* ago \| 11\sB \|\n\| 12 \| .* ago \| 818\sB \|\n/,
      );
      expect(step.summary).toContain(stored[0]?.key);
    }));
  test.concurrent('is found where the snapshots of the root action are', () =>
    inScene(async (scene) => {
      const { lastModified } = await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { inputs: { backup_prefix: 'safe/' } });
      const main = await job.main();
      await job.post();
      const { snapshots } = reportOf(
        await inspect(scene, 'dynamodb', { inputs: { backup_prefix: 'safe/' } }),
      );
      lastModified.setMilliseconds(0);
      expect(snapshots).toEqual([
        {
          key: main.outputs['snapshot_key'],
          serial: 7,
          modified: lastModified.toISOString(),
          bytes: STATE.length,
          kind: 'verified',
          doubtful: false,
        },
      ]);
    }));
});

describe('two versions of a state are compared', () => {
  test.concurrent('a snapshot and the state, by address', () =>
    inScene(async (scene) => {
      await scene.putState(stateBody({ serial: 7, values: { stays: 'a', goes: 'b' } }));
      const job = await scene.startJob('dynamodb');
      await job.main();
      await scene.putState(stateBody({ serial: 8, values: { stays: 'a', comes: 'c' } }));
      await job.post();
      const inputs = { compare: 'serial:7..current', snapshots: 'unlimited' };
      const step = await inspect(scene, 'dynamodb', { inputs });
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(reportOf(step)).toMatchObject({
        snapshots: [{ serial: 8 }, { serial: 7 }],
        comparison: { added: ['terraform_data.comes'], removed: ['terraform_data.goes'], changed: [] },
      });
      expect(step.summary).toContain('```diff\n+ terraform_data.comes\n- terraform_data.goes\n```');
    }));
  test.concurrent('and one that is not there fails the step', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const step = await inspect(scene, 'dynamodb', { inputs: { compare: 'latest..current' } });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Snapshot not found' }] });
      expect(reportOf(step)).toMatchObject({ state: { serial: 7 } });
    }));
});

test.concurrent('where nothing is yet, it is green and says so', () =>
  inScene(async (scene) => {
    const step = await inspect(scene, 'none');
    expect(step).toMatchObject({ exitCode: 0, errors: [] });
    expect(reportOf(step)).toMatchObject({
      lock: null,
      state: { exists: false, serial: null },
      snapshots: [],
    });
    expect(step.summary).toContain(`🔓 ${STATE_PATH} · no lock configured`);
  }));

test.concurrent('a state at odds with its digest is told as doubtful, and is no failure', () =>
  inScene(async (scene) => {
    await scene.putState(STATE);
    scene.s3.putObject(BUCKET, STATE_PATH, stateBody({ serial: 8 }) as Buffer);
    const step = await inspect(scene, 'dynamodb');
    expect(step).toMatchObject({
      exitCode: 0,
      warnings: [{ title: 'State is doubtful' }, { title: 'Bucket not versioned' }],
    });
    expect(reportOf(step).state.doubts).toHaveLength(1);
    expect(step.summary).toContain('⚠️');
  }));

describe('whether the bucket keeps versions', () => {
  test.concurrent('yes: no warning', () =>
    inScene(async (scene) => {
      scene.s3.createBucket('versioned', { versioning: true });
      const step = await inspect(scene, 'none', { inputs: { bucket: 'versioned' } });
      expect(reportOf(step).versioning).toBe('enabled');
      expect(step.warnings).toEqual([]);
    }));
  test.concurrent('no: a warning', () =>
    inScene(async (scene) => {
      const step = await inspect(scene, 'none');
      expect(reportOf(step).versioning).toBe('disabled');
      expect(step.warnings).toMatchObject([{ title: 'Bucket not versioned' }]);
    }));
  test.concurrent('unknown where it may not ask: no failure', () =>
    inScene(async (scene) => {
      scene.s3.settings.deny = [{ action: 's3:GetBucketVersioning' }];
      const step = await inspect(scene, 'none');
      expect(step).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(reportOf(step).versioning).toBe('unknown');
      expect(step.log).toContain('The permission s3:GetBucketVersioning on arn:aws:s3:::state is missing.');
    }));
});

describe('what cannot be looked at', () => {
  test.concurrent('fails the step once, after all else is told', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      await scene.holdByOther('dynamodb');
      scene.s3.settings.deny = [{ action: 's3:ListBucket' }];
      const step = await inspect(scene, 'dynamodb');
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Access denied' }] });
      expect(step.errors[0]?.message).toContain(
        'The permission s3:ListBucket on arn:aws:s3:::state is missing.',
      );
      const report = reportOf(step);
      expect(report).not.toHaveProperty('snapshots');
      expect(report).toMatchObject({ lock: { id: THEIR_ID }, state: { serial: 7 } });
      expect(step.summary).toContain(`❌ ${STATE_PATH} · locked · serial 7`);
    }));
  test.concurrent('for one reason is told once', () =>
    inScene(async (scene) => {
      const step = await inspect(scene, 'lockfile', { inputs: { bucket: 'missing' } });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Bucket not found' }] });
      expect(reportOf(step)).toEqual({ versioning: 'unknown' });
    }));
  test.concurrent('a table that does not exist is not told as a lock that is free', () =>
    inScene(async (scene) => {
      const step = await inspect(scene, 'dynamodb', { inputs: { dynamodb_table: 'lokcs' } });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock table not found' }] });
      expect(reportOf(step)).not.toHaveProperty('lock');
      expect(step.summary).toContain(`❌ ${STATE_PATH} · lock unknown`);
    }));
  test.concurrent('bad inputs are told before anything is asked', () =>
    inScene(async (scene) => {
      const step = await inspect(scene, 'dynamodb', { inputs: { key: '/x', use_lockfile: 'maybe' } });
      expect(step).toMatchObject({ exitCode: 1, errors: [{ title: 'Configuration' }] });
      expect(step.summary).toContain('❌ Lockkeeper · Configuration');
      expect(scene.asked).toEqual([]);
    }));
});
