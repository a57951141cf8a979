import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { cataloguePrefix } from '../../src/names/snapshot-key.js';
import { BUCKET, STATE_PATH, TABLE } from '../../testing/environment.js';
import { answerInstead, dynamodbError } from '../../testing/faults.js';
import { allows, type Statement } from '../../testing/iam-policy.js';
import type { Permission } from '../../testing/s3-double/index.js';
import { stateBody } from '../../testing/test-data.js';
import { putVersions, startRestore } from './restore-scene.js';
import { inScene, type Kind, LOCKFILE_KEY, PREFIX, type Scene } from './scene.js';
import { putWithSnapshot, verify } from './verify-scene.js';

const CATALOGUE = cataloguePrefix(PREFIX, BUCKET, STATE_PATH);

/** The whole policy under a heading of a page, with the bucket of these tests for the one of the page. */
function policyUnder(heading: string, file = 'docs/iam.md'): readonly Statement[] {
  const page = readFileSync(file, 'utf8');
  const section = page.slice(page.indexOf(`\n## ${heading}\n`));
  const json = /```json\n(.*?)```/s.exec(section)?.[1] ?? '';
  return JSON.parse(json.replaceAll('terraform-state-prod', BUCKET)).Statement;
}

/** The statement under a heading of the additions. */
function additionUnder(heading: string): Statement {
  const page = readFileSync('docs/iam.md', 'utf8');
  const json = /```json\n(.*?)```/s.exec(page.slice(page.indexOf(`\n### ${heading}\n`)))?.[1] ?? '';
  return JSON.parse(json.replaceAll('terraform-state-prod', BUCKET));
}

const actionsOf = (policy: readonly Statement[]) =>
  policy.flatMap(({ Action }) => Action).map((action) => [action]);

const without = (policy: readonly Statement[], action: string): readonly Statement[] =>
  policy.map(({ Action, ...rest }) => ({
    ...rest,
    Action: [Action].flat().filter((one) => one !== action),
  }));

/** Denies in both servers what a policy does not allow. */
function holdTo(policy: readonly Statement[], { s3, dynamodbProxy }: Scene): void {
  const actions = policy.flatMap(({ Action }) => Action);
  s3.settings.deny = (permission) => !allowsOnS3(policy, permission);
  dynamodbProxy.addRule({
    match: ({ operation }) => !actions.includes(`dynamodb:${operation}`),
    action: answerInstead(dynamodbError('AccessDeniedException', 'Not in the policy.')),
  });
}

const allowsOnS3 = (policy: readonly Statement[], { action, resource }: Permission): boolean =>
  allows(policy, { action, resource: `arn:aws:s3:::${resource}` });

describe('the least policy of docs/iam.md is enough for a whole job', () => {
  test.concurrent.each<[heading: string, kind: Kind]>([
    ['DynamoDB lock', 'dynamodb'],
    ['Lockfile', 'lockfile'],
    ['Both', 'both'],
    ['No lock', 'none'],
  ])('%s', (heading, kind) =>
    inScene(async (scene) => {
      holdTo(policyUnder(heading), scene);
      await scene.putState(stateBody({ values: { kept: 'a' } }));

      const job = await scene.startJob(kind);
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], outputs: { state_exists: 'true' } });
      await scene.putState(stateBody({ serial: 8, values: { kept: 'a', made: 'b' } }));
      const post = await job.post();
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(post.summary).toContain('1 added');
      expect(await scene.lockRecords()).toEqual([]);
      expect(scene.snapshots()).toHaveLength(2);
    }),
  );

  test.concurrent('and where there is no state yet', () =>
    inScene(async (scene) => {
      holdTo(policyUnder('Lockfile'), scene);
      const job = await scene.startJob('lockfile');
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], outputs: { state_exists: 'false' } });
      expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    }));
});

test('tags of a lockfile need what docs/iam.md adds for them, and nothing else has tags', () =>
  inScene(async (scene) => {
    const inputs = { backend_config: 'lock_tags={ team = "net ops", env = "prod" }' };
    const lockfileTags = () => scene.s3.getObject(BUCKET, LOCKFILE_KEY)?.tags;
    await scene.putState(stateBody());
    holdTo(policyUnder('Lockfile'), scene);
    const without = await scene.startJob('lockfile', { inputs });
    expect((await without.main()).errors).toMatchObject([
      { message: expect.stringContaining('s3:PutObjectTagging') },
    ]);

    holdTo([...policyUnder('Lockfile'), additionUnder('Tags of the lockfile')], scene);
    const job = await scene.startJob('lockfile', { inputs });
    expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    expect(lockfileTags()).toEqual(
      new Map([
        ['team', 'net ops'],
        ['env', 'prod'],
      ]),
    );
    expect(scene.snapshots().map(({ tags }) => tags.size)).toEqual([0]);
    expect(await job.post()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  }));

describe('the least policy of docs/inspect.md', () => {
  const policy = policyUnder('Permissions', 'docs/inspect.md');

  test.concurrent.each(['dynamodb', 'lockfile', 'both'] as const)('is enough for an inspection: %s', (kind) =>
    inScene(async (scene) => {
      await scene.putState(stateBody());
      await scene.holdByOther(kind);
      holdTo(policy, scene);
      const step = await (await scene.startJob(kind, { action: 'inspect' })).main();
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(Object.keys(JSON.parse(step.outputs['report'] ?? ''))).toEqual(EVERYTHING);
      expect(step.outputs['report']).not.toContain('"unknown"');
    }),
  );

  test.concurrent.each(actionsOf(policy))(
    'has nothing that is not needed: without %s, something is not known',
    (action) =>
      inScene(async (scene) => {
        await scene.putState(stateBody());
        await scene.holdByOther('both');
        holdTo(without(policy, action), scene);
        const step = await (await scene.startJob('both', { action: 'inspect' })).main();
        expect(step.log).toContain(`The permission ${action} on `);
      }),
  );
});

test.concurrent('a comparison needs what docs/inspect.md adds for it, and says so', () =>
  inScene(async (scene) => {
    const page = readFileSync('docs/inspect.md', 'utf8');
    const [, Resource = ''] = /`(arn:aws:s3:::[^`]+\/\*)`/.exec(page) ?? [];
    const addition: Statement = {
      Action: 's3:GetObject',
      Resource: Resource.replaceAll('terraform-state-prod', BUCKET),
    };
    const policy = policyUnder('Permissions', 'docs/inspect.md');
    await scene.putState(stateBody());
    await (await scene.startJob('lockfile')).main();
    const compare = async (statements: readonly Statement[]) => {
      holdTo(statements, scene);
      const inputs = { compare: 'latest..current' };
      return (await scene.startJob('lockfile', { action: 'inspect', inputs })).main();
    };
    expect(await compare(policy)).toMatchObject({ exitCode: 1, errors: [{ title: 'Access denied' }] });
    expect(await compare([...policy, addition])).toMatchObject({ exitCode: 0, errors: [] });
  }));

describe('the least policy of a pruner', () => {
  const policy = policyUnder('Pruner');
  const inputs = { backup: 'none', keep_last: '1' };

  const prunedWith = async (scene: Scene, statements: readonly Statement[]) => {
    await scene.putState(stateBody());
    for (const day of ['01', '02', '03'])
      scene.s3.putObject(BUCKET, `${CATALOGUE}202601${day}T000000Z-0000000001-0123456789ab.tfstate`, 'old');
    holdTo(statements, scene);
    const job = await scene.startJob('none', { inputs });
    const main = await job.main();
    const post = await job.post();
    return { main, post, left: scene.snapshots().length };
  };

  test.concurrent('is enough', () =>
    inScene(async (scene) => {
      const { main, post, left } = await prunedWith(scene, policy);
      expect(main).toMatchObject({ exitCode: 0, errors: [] });
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(left).toBe(1);
    }));

  test.concurrent.each(actionsOf(policy))('has nothing that is not needed: without %s, all stay', (action) =>
    inScene(async (scene) => {
      const { main, post, left } = await prunedWith(scene, without(policy, action));
      expect(`${main.log}${post.log}`).toContain(`The permission ${action} on `);
      expect(left).toBe(3);
    }),
  );
});

describe('the least policy of docs/verify.md', () => {
  const policy = policyUnder('Permissions', 'docs/verify.md');
  const drill = policyUnder('Permissions for a drill', 'docs/verify.md');
  const verifiedWith = async (scene: Scene, statements: readonly Statement[], inputs = {}) => {
    putWithSnapshot(scene, STATE_PATH);
    holdTo(statements, scene);
    return verify(scene, { kind: 'dynamodb', inputs, env: { PATH: '/nowhere' } });
  };

  test.concurrent('is enough for a verification', () =>
    inScene(async (scene) => {
      const step = await verifiedWith(scene, policy);
      expect(step).toMatchObject({ exitCode: 0, errors: [], outputs: { checked: '1' } });
      expect(step.warnings).toMatchObject([{ title: 'Bucket not versioned' }]);
    }));

  test.concurrent.each(actionsOf(policy))(
    'has nothing that is not needed: without %s, something is told',
    (action) =>
      inScene(async (scene) => {
        const step = await verifiedWith(scene, without(policy, action));
        expect(step.log).toContain(`The permission ${action} on `);
      }),
  );

  test.concurrent('with what a drill needs is enough for one', () =>
    inScene(async (scene) => {
      const step = await verifiedWith(scene, [...policy, ...drill], { drill: 'true' });
      expect(step).toMatchObject({ exitCode: 0, errors: [] });
      expect(step.log).toContain('Restored for trial: 1 read back.');
      expect(scene.s3.listKeys(BUCKET, `${PREFIX}.drill/`)).toEqual([]);
    }));

  // What a verification may read is below the same prefix, so that this one is not seen to be missing.
  const needed = actionsOf(drill).filter(([action]) => action !== 's3:GetObject');
  test.concurrent.each(needed)('nor what a drill needs: without %s, it fails', (action) =>
    inScene(async (scene) => {
      const step = await verifiedWith(scene, [...policy, ...without(drill, action ?? '')], { drill: 'true' });
      expect(step.exitCode).toBe(1);
      expect(step.log).toContain(`The permission ${action} on `);
    }),
  );
});

describe('the least policies of docs/backup.md', () => {
  const inputs = { dynamodb_table: TABLE, keep_last: '1' };
  const old = ['01', '02', '03'].map(
    (day) => `${CATALOGUE}202601${day}T000000Z-0000000001-0123456789ab.tfstate`,
  );

  const backupWith = async (
    scene: Scene,
    {
      policy,
      inputs: more = {},
    }: { policy: readonly Statement[]; inputs?: Readonly<Record<string, string>> },
  ) => {
    await scene.putState(stateBody());
    for (const key of old) scene.s3.putObject(BUCKET, key, 'old');
    holdTo(policy, scene);
    const job = await scene.startJob('none', {
      action: 'backup',
      inputs: { ...more, dynamodb_table: TABLE },
    });
    return {
      ...(await job.main()),
      left: scene.snapshots().filter(({ body }) => body.toString() === 'old').length,
    };
  };

  const writer = policyUnder('Writer', 'docs/backup.md');
  const pruner = policyUnder('Pruner', 'docs/backup.md');
  const keys = '**/*.tfstate\n!other/**';

  test.concurrent('a writer’s is enough to copy, and cannot delete', () =>
    inScene(async (scene) => {
      const copied = { exitCode: 0, errors: [], outputs: { copied: '1' }, left: 3 };
      const step = await backupWith(scene, { policy: writer, inputs: { keys } });
      expect(step).toMatchObject({ ...copied, warnings: [{ title: 'Bucket not versioned' }] });
      expect(
        actionsOf(writer)
          .flat()
          .filter((action) => action.includes('Delete')),
      ).toEqual([]);
      expect(step.log).not.toContain('The permission ');
    }));

  test.concurrent.each(actionsOf(writer))('a writer’s has nothing that is not needed: %s', (action) =>
    inScene(async (scene) => {
      const { log } = await backupWith(scene, { policy: without(writer, action), inputs: { keys } });
      expect(log).toContain(`The permission ${action} on `);
    }),
  );

  test.concurrent('a pruner’s is enough to remove what no rule keeps', () =>
    inScene(async (scene) => {
      const step = await backupWith(scene, { policy: pruner, inputs: { ...inputs, keys } });
      expect(step).toMatchObject({ exitCode: 0, errors: [], outputs: { pruned: '3' }, left: 0 });
      expect(step.log).not.toContain('The permission ');
    }));

  test.concurrent.each(actionsOf(pruner))('a pruner’s has nothing that is not needed: %s', (action) =>
    inScene(async (scene) => {
      const more = { ...inputs, keys };
      const { log } = await backupWith(scene, { policy: without(pruner, action), inputs: more });
      expect(log).toContain(`The permission ${action} on `);
    }),
  );
});

describe('the least policy of docs/restore.md', () => {
  const policy = policyUnder('Permissions', 'docs/restore.md');
  const restoredWith = async (scene: Scene, kind: Kind, statements: readonly Statement[]) => {
    const { v1 } = await putVersions(scene);
    holdTo(statements, scene);
    const job = await startRestore(scene, kind, { snapshot: v1 });
    return { main: await job.main(), post: await job.post() };
  };

  test.concurrent.each(['dynamodb', 'lockfile', 'both'] as const)('is enough for a restore: %s', (kind) =>
    inScene(async (scene) => {
      const { main, post } = await restoredWith(scene, kind, policy);
      expect(main).toMatchObject({ exitCode: 0, errors: [], warnings: [], outputs: { restored: 'true' } });
      expect(post).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
      expect(await scene.lockRecords()).toEqual([]);
    }),
  );

  test.concurrent('and where there is no state', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      scene.s3.deleteObject(BUCKET, STATE_PATH);
      holdTo(policy, scene);
      const job = await startRestore(scene, 'both', { snapshot: 'latest' });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], outputs: { restored: 'true' } });
    }));

  test.concurrent('of it, a dry run needs what only reads', () =>
    inScene(async (scene) => {
      await putVersions(scene);
      const reads = ['dynamodb:GetItem', 's3:GetObject', 's3:ListBucket'];
      const others = actionsOf(policy)
        .flat()
        .filter((action) => !reads.includes(action));
      holdTo(others.reduce(without, policy), scene);
      const job = await startRestore(scene, 'both', { snapshot: 'latest', dry_run: 'true' });
      expect(await job.main()).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
    }));

  test.concurrent.each([...new Set(actionsOf(policy).flat())])(
    'has nothing that is not needed: without %s, the step fails',
    (action) =>
      inScene(async (scene) => {
        const { main } = await restoredWith(scene, 'both', without(policy, action));
        expect(main.exitCode).toBe(1);
        expect(main.log).toContain(`The permission ${action} on `);
      }),
  );
});

const EVERYTHING = ['lock', 'state', 'snapshots', 'versioning'];
