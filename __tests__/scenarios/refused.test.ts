import { describe, expect, test } from '@jest/globals';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { answerInstead, dynamodbError } from '../../testing/faults.js';
import type { StepResult } from '../../testing/runner.js';
import { stateBody } from '../../testing/test-data.js';
import { inScene, type Kind, LOCKFILE_KEY, PREFIX, type Scene, STATE } from './scene.js';

const CHANGED = stateBody({ serial: 8 });
const ARN = {
  table: `arn:aws:dynamodb:us-east-1:*:table/${TABLE}`,
  state: `arn:aws:s3:::${BUCKET}/${STATE_PATH}`,
  lockfile: `arn:aws:s3:::${BUCKET}/${LOCKFILE_KEY}`,
  snapshot: `arn:aws:s3:::${BUCKET}/${PREFIX}`,
};

/** A permission that is missing from some moment on, and how the step that needs it is to end. */
interface Refusal {
  readonly kind: Kind;
  readonly action: string;
  readonly resource: keyof typeof ARN;
  readonly title: string;
  /** Whether the lock cannot be freed then: the error says how a person frees it. */
  readonly stuck?: true;
}

const KEY_START = { state: STATE_PATH, lockfile: LOCKFILE_KEY, snapshot: `${PREFIX}*` };

/** Denies from now on what a refusal says, in the words of AWS. */
function deny({ s3, onRequest }: Scene, { action, resource }: Refusal): void {
  if (resource !== 'table') {
    s3.settings.deny = [{ action, resource: `${BUCKET}/${KEY_START[resource]}` }];
    return;
  }
  const [, operation] = action.split(':');
  const message = `User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ${action} on resource: arn:aws:dynamodb:us-east-1:123456789012:table/${TABLE}`;
  for (const what of ['lock', 'digest']) {
    onRequest(`${operation} ${what}`, answerInstead(dynamodbError('AccessDeniedException', message)), {
      times: Number.POSITIVE_INFINITY,
    });
  }
}

function expectRefusal({ errors, exitCode }: StepResult, { action, resource, title }: Refusal): void {
  expect(exitCode).toBe(1);
  expect(errors).toMatchObject([{ title }]);
  expect(errors[0]?.message).toContain(`The permission ${action} on ${ARN[resource]}`);
  expect(errors[0]?.message).toMatch(/is not authorized to perform|Access Denied/);
}

/** Either nothing is left, or the last error says how to free what may be. */
async function expectFreeOrTold({ lockRecords }: Scene, post: StepResult, { stuck }: Refusal): Promise<void> {
  if (!stuck) {
    expect(post).toMatchObject({ exitCode: 0, errors: [] });
    expect(await lockRecords()).toEqual([]);
    return;
  }
  expect(post).toMatchObject({ exitCode: 1, errors: [{ title: 'Lock not released' }] });
  expect(post.errors[0]?.message).toMatch(/`terraform force-unlock -force [\da-f-]{36}`/);
}

const IN_MAIN: readonly Refusal[] = [
  { kind: 'dynamodb', action: 'dynamodb:PutItem', resource: 'table', title: 'Access denied' },
  { kind: 'dynamodb', action: 'dynamodb:GetItem', resource: 'table', title: 'Access denied' },
  { kind: 'both', action: 'dynamodb:PutItem', resource: 'table', title: 'Access denied' },
  { kind: 'dynamodb', action: 's3:GetObject', resource: 'state', title: 'Access denied' },
  { kind: 'lockfile', action: 's3:GetObject', resource: 'state', title: 'Access denied' },
  { kind: 'dynamodb', action: 's3:PutObject', resource: 'snapshot', title: 'Snapshot not stored' },
  { kind: 'both', action: 's3:PutObject', resource: 'snapshot', title: 'Snapshot not stored' },
  { kind: 'none', action: 's3:PutObject', resource: 'snapshot', title: 'Snapshot not stored' },
  { kind: 'lockfile', action: 's3:PutObject', resource: 'lockfile', title: 'Access denied' },
  { kind: 'lockfile', action: 's3:GetObject', resource: 'lockfile', title: 'Access denied', stuck: true },
];

const IN_POST: readonly Refusal[] = [
  {
    kind: 'dynamodb',
    action: 'dynamodb:DeleteItem',
    resource: 'table',
    title: 'Lock not released',
    stuck: true,
  },
  {
    kind: 'lockfile',
    action: 's3:DeleteObject',
    resource: 'lockfile',
    title: 'Lock not released',
    stuck: true,
  },
  { kind: 'lockfile', action: 's3:GetObject', resource: 'lockfile', title: 'Lock not released', stuck: true },
  { kind: 'both', action: 's3:DeleteObject', resource: 'lockfile', title: 'Lock not released', stuck: true },
  { kind: 'both', action: 'dynamodb:DeleteItem', resource: 'table', title: 'Lock not released', stuck: true },
];

const AFTER_THE_JOB: readonly Refusal[] = [
  { kind: 'dynamodb', action: 's3:GetObject', resource: 'state', title: 'Snapshot not stored' },
  { kind: 'lockfile', action: 's3:PutObject', resource: 'snapshot', title: 'Snapshot not stored' },
  { kind: 'none', action: 's3:PutObject', resource: 'snapshot', title: 'Snapshot not stored' },
];

describe('a permission that main lacks is named, and no lock is left', () => {
  test.concurrent.each(IN_MAIN)('$action on the $resource ($kind)', (refusal) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      deny(scene, refusal);
      const job = await scene.startJob(refusal.kind);
      const main = await job.main();
      expectRefusal(main, refusal);
      expect(main).toMatchObject({ env: {}, outputs: { locked: 'false' } });
      if (refusal.resource === 'snapshot') {
        expect(main.errors[0]?.message).toContain(
          'With "backup: after" or "backup: none" it starts without one.',
        );
      }
      await expectFreeOrTold(scene, await job.post(), refusal);
      expect(scene.snapshots()).toEqual([]);
    }),
  );

  test.concurrent('to list the bucket: an object that is absent looks forbidden', () =>
    inScene(async (scene) => {
      scene.s3.settings.deny = [{ action: 's3:ListBucket' }];
      const job = await scene.startJob('dynamodb');
      const { errors } = await job.main();
      expect(errors).toMatchObject([{ title: 'Access denied' }]);
      expect(errors[0]?.message).toContain(
        `The permission s3:ListBucket on arn:aws:s3:::${BUCKET} is missing.`,
      );
      expect(await job.post()).toMatchObject({ exitCode: 0 });
      expect(await scene.lockRecords()).toEqual([]);
    }));

  test.concurrent.each([
    { action: 'kms:Decrypt', title: 'Access denied' },
    { action: 'kms:GenerateDataKey', title: 'Snapshot not stored' },
  ])('$action on the key of the state', ({ action, title }) =>
    inScene(async ({ s3, startJob, lockRecords }) => {
      const keyId = 'arn:aws:kms:us-east-1:123456789012:key/state';
      s3.putObject(BUCKET, STATE_PATH, Buffer.from(STATE), { encryption: { kind: 'aws:kms', keyId } });
      s3.settings.deny = [{ action }];
      const job = await startJob('lockfile');
      const { errors } = await job.main();
      expect(errors).toMatchObject([{ title }]);
      expect(errors[0]?.message).toContain(`The permission ${action} on ${keyId} is missing.`);
      expect(await job.post()).toMatchObject({ exitCode: 0 });
      expect(await lockRecords()).toEqual([]);
    }),
  );
});

describe('a permission that is gone when the job is done is named', () => {
  test.concurrent.each(IN_POST)('$action on the $resource: the release fails ($kind)', (refusal) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(refusal.kind);
      const main = await job.main();
      expect(main.exitCode).toBe(0);
      await scene.putState(CHANGED);
      deny(scene, refusal);
      const post = await job.post();
      expectRefusal(post, refusal);
      expect(post.errors[0]?.message).toContain(
        `Free it with \`terraform force-unlock -force ${main.outputs['lock_id']}\`.`,
      );
      expect(post.summary).toContain('lock NOT released');
      expect(await scene.lockRecords()).toHaveLength(1);
      expect(scene.snapshots()).toHaveLength(2);
    }),
  );

  test.concurrent.each(AFTER_THE_JOB)('$action on the $resource: the lock is released ($kind)', (refusal) =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob(refusal.kind);
      await job.main();
      await scene.putState(CHANGED);
      deny(scene, refusal);
      const post = await job.post();
      expectRefusal(post, refusal);
      expect(post.summary).toMatch(/^### ❌ .* · (?!lock)/);
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toHaveLength(1);
    }),
  );

  test.concurrent('without a snapshot after, a state that cannot be read is a warning', () =>
    inScene(async (scene) => {
      await scene.putState(STATE);
      const job = await scene.startJob('dynamodb', { inputs: { backup: 'before' } });
      await job.main();
      deny(scene, { kind: 'dynamodb', action: 's3:GetObject', resource: 'state', title: '' });
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [{ title: 'State not read' }] });
      expect(post.warnings[0]?.message).toContain(`The permission s3:GetObject on ${ARN.state} is missing.`);
      expect(await scene.lockRecords()).toEqual([]);
    }));
});
