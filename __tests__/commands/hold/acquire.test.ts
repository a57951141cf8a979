import { describe, expect, test } from '@jest/globals';
import { acquire } from '../../../src/commands/hold/acquire.js';
import { parseHolder } from '../../../src/lock/holder-record.js';
import type { Lock } from '../../../src/lock/lock.js';
import { formatLockInfo, parseLockInfo } from '../../../src/lock/lock-info.js';
import { heldVariable } from '../../../src/names/held-variable.js';
import { VERSION } from '../../../src/names/version.js';
import { md5Hex } from '../../../src/state/digest.js';
import { commandScene } from '../../../testing/command-scene.js';
import { START } from '../../../testing/fake-clock.js';
import { memoryLock } from '../../../testing/memory-lock.js';
import {
  acquiredClaim,
  CREDENTIALS,
  LINEAGE,
  LOCK_PATH,
  lockInfo,
  OUR_ID,
  stateBody,
  testJob,
  testSettings,
  theirLock,
} from '../../../testing/test-data.js';

const BODY = stateBody();
const MD5 = md5Hex(BODY);
const FLAG = 'So Terraform and OpenTofu run with -lock=false in this job, by TF_CLI_ARGS_<command>.';

describe('the lock is free', () => {
  test('it is taken, the state is copied, and the job is told everything', async () => {
    const { acquireParts, runner, report, record, catalogue } = commandScene();
    await acquire(acquireParts());
    const [key = ''] = catalogue.snapshots.keys();
    expect(key).toMatch(/\/20261122T010000Z-0000000007-[0-9a-f]{12}\.tfstate$/);
    expect(runner.outputs).toEqual({
      lock_id: OUR_ID,
      lock_path: LOCK_PATH,
      waited_seconds: '0',
      state_exists: 'true',
      state_serial: '7',
      state_lineage: LINEAGE,
      state_md5: MD5,
      snapshot_bucket: 'backups',
      snapshot_key: key,
      snapshot_created: 'true',
      locked: 'true',
    });
    expect(report.log).toEqual([
      'group: Lockkeeper',
      '  State: s3://states/network/terraform.tfstate in eu-central-1',
      '  Lock: DynamoDB table locks, scope state, lock_timeout 10m',
      '  Snapshots: before and after, to s3://states/lockkeeper/',
      `Acquired the lock ${LOCK_PATH}, ID ${OUR_ID}.`,
      `Snapshot before stored: s3://backups/${key}`,
      `notice: State locked: Nobody else can plan or apply until this job ends. Lock ${LOCK_PATH}, ID ${OUR_ID}. ${FLAG}`,
    ]);
    expect(parseLockInfo(record.text ?? '')).toMatchObject({ ID: OUR_ID, Who: 'octocat@runner-1' });
    // The summary of a job that goes on is the post step's.
    expect(report.summaries).toEqual([]);
  });

  test('post is handed all that it needs to release it', async () => {
    const { acquireParts, runner, record } = commandScene();
    const jobStartedAt = START - 60_000;
    await acquire(acquireParts({ jobStartedAt }));
    const saved = runner.savedRunState();
    const state = { settings: testSettings(), credentials: CREDENTIALS };
    expect(saved).toMatchObject({ version: VERSION, job: testJob(), jobStartedAt, states: [state] });
    expect(runner.savedProgress()).toMatchObject({
      phase: 'ready',
      claim: acquiredClaim({ held: { ...acquiredClaim().held, version: record.text ?? '' } }),
      before: {
        state: { exists: true, serial: 7, resourceCount: 1 },
        etag: `"${MD5}"`,
        snapshot: { phase: 'before', bucket: 'backups', created: true, doubts: [] },
      },
    });
    expect(runner.phases).toEqual(['unfinished', 'unfinished', 'ready']);
  });

  test('post knows the ID before anything is written, so that it can free what a killed main got', async () => {
    const { acquireParts, runner } = commandScene();
    const lock = memoryLock();
    const known: unknown[] = [];
    const tryAcquire: Lock['tryAcquire'] = (record, signal) => {
      known.push(runner.savedProgress());
      expect(record.info.ID).toBe(OUR_ID);
      return lock.tryAcquire(record, signal);
    };
    await acquire(acquireParts({ lock: { ...lock, tryAcquire } }));
    expect(known).toMatchObject([
      { phase: 'unfinished', claim: { stage: 'requested', record: { info: { ID: OUR_ID } } } },
    ]);
  });

  test('the time that the job waited is told in whole seconds', async () => {
    const { acquireParts, runner, record, clock } = commandScene();
    record.text = theirLock().version;
    const acquiring = acquire(acquireParts());
    await clock.advance(541_500);
    delete record.text;
    await clock.advance(500);
    await acquiring;
    expect(runner.outputs).toMatchObject({ locked: 'true', waited_seconds: '542' });
  });
});

describe('Terraform in the job must not ask for the lock again', () => {
  test('and knows its lock before Terraform knows none', async () => {
    const { acquireParts, runner } = commandScene();
    await acquire(acquireParts());
    const [first = '', ...others] = Object.keys(runner.variables);
    expect(first).toMatch(/^LOCKKEEPER_HELD_/);
    expect(others.every((name) => name.startsWith('TF_CLI_ARGS_'))).toBe(true);
  });

  test('every command that locks is told so, in addition to what is there', async () => {
    const { acquireParts, runner } = commandScene();
    await acquire(acquireParts({ environment: { TF_CLI_ARGS_plan: '-parallelism=5' } }));
    expect(runner.variables).toMatchObject({
      TF_CLI_ARGS_plan: '-lock=false -parallelism=5',
      TF_CLI_ARGS_apply: '-lock=false',
    });
  });

  test.each([
    ['a pipeline’s lock is another than Terraform’s', { scope: { kind: 'pipeline' } }],
    ['the job does it by itself', { scope: { kind: 'state', terraformLockFlag: false } }],
  ] as const)('but not where %s', async (_, locking) => {
    const { acquireParts, runner, report } = commandScene();
    await acquire(acquireParts({ settings: testSettings({ locking }) }));
    expect(runner.outputs).toMatchObject({ locked: 'true' });
    expect(Object.keys(runner.variables)).toEqual([heldVariable(LOCK_PATH)]);
    expect(report.log.join('\n')).not.toContain(FLAG);
  });

  test('a pipeline’s lock keeps out other pipelines, and says no more than that', async () => {
    const { acquireParts, report } = commandScene();
    await acquire(acquireParts({ settings: testSettings({ locking: { scope: { kind: 'pipeline' } } }) }));
    expect(report.log).toContain(
      `notice: State locked: No other pipeline goes on until this job ends. Lock ${LOCK_PATH}, ID ${OUR_ID}.`,
    );
  });
});

test.each([
  ['will', 4_711],
  ['will not', undefined],
])('the record says that post %s be able to look for what still writes', async (_, mainStartedAt) => {
  const { acquireParts, record, runner } = commandScene();
  await acquire(acquireParts({ mainStartedAt }));
  expect(parseHolder(record.holder)?.looks).toBe(mainStartedAt !== undefined);
  expect(runner.savedRunState()?.mainStartedAt).toBe(mainStartedAt);
});

test('later steps, and what they start, know this job’s lock', async () => {
  const { acquireParts, runner } = commandScene();
  await acquire(acquireParts());
  expect(runner.variables).toMatchObject({ [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` });
});

describe('a second step on the lock that its own job holds', () => {
  test('says so at once, instead of waiting for itself', async () => {
    const { acquireParts, record } = commandScene();
    record.text = formatLockInfo(lockInfo());
    const environment = { [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` };
    await expect(acquire(acquireParts({ environment, newId: () => 'another' }))).rejects.toMatchObject({
      title: 'Lock held by this job',
      message: expect.stringContaining(`holds the lock ${LOCK_PATH} already`),
    });
    expect(record.text).toBe(formatLockInfo(lockInfo()));
  });

  test('waits where the lock is somebody else’s by now', async () => {
    const { acquireParts, record, clock } = commandScene();
    record.text = theirLock().version;
    const environment = { [heldVariable(LOCK_PATH)]: `dynamodb:${OUR_ID}` };
    const acquiring = acquire(acquireParts({ environment }));
    await clock.advance(4_000);
    delete record.text;
    await clock.advance(4_000);
    await acquiring;
    expect(record.text).toContain(OUR_ID);
  });
});

test('without a lock there is a warning, and the rest is done', async () => {
  const { acquireParts, runner, report, catalogue, record } = commandScene();
  const { lock: _, ...parts } = acquireParts({
    settings: testSettings({
      locking: { lock: { kind: 'none' }, scope: { kind: 'state', terraformLockFlag: false } },
    }),
  });
  await acquire(parts);
  expect(report.log).toContain(
    'warning: No lock: Neither "dynamodb_table" nor "use_lockfile" is set, so no lock is taken: ' +
      'others can change the state while this job runs.',
  );
  expect(runner.outputs).toMatchObject({ locked: 'false', state_exists: 'true', state_md5: MD5 });
  expect(runner.outputs).not.toHaveProperty('lock_id');
  expect(runner.variables).toEqual({});
  expect(runner.phases).toEqual(['ready']);
  expect(runner.savedProgress()).not.toHaveProperty('claim');
  expect(catalogue.snapshots.size).toBe(1);
  expect(record).toEqual({});
});

test('no secret of the state and no credential reaches the log or an output', async () => {
  const { acquireParts, runner, report, state } = commandScene();
  state.body = stateBody({ values: { password: 'hunter2' } });
  await acquire(acquireParts());
  const shown = JSON.stringify([report.log, runner.outputs, runner.variables]);
  for (const secret of ['hunter2', CREDENTIALS.accessKeyId, CREDENTIALS.secretAccessKey]) {
    expect(shown).not.toContain(secret);
  }
});

test('what post is handed is the record that is stored, to the byte', async () => {
  const { acquireParts, runner, record } = commandScene();
  await acquire(acquireParts());
  const progress = runner.savedProgress();
  const info = progress?.phase === 'ready' ? progress.claim?.held.info : undefined;
  expect(info && formatLockInfo(info)).toBe(record.text);
});
