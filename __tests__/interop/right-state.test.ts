import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Judgement } from '../../src/commands/hold/right-state/right-state.js';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import type { BackendPlace, LockKind } from '../../testing/terraform.js';
import { newRightStateScene, type RightStateScene } from './right-state-scene.js';

const OTHER_BUCKET = 'other-states';
const OTHER_TABLE = 'other-locks';
const ID = '11111111-1111-4111-8111-111111111111';
const APPLY = ['apply', '-auto-approve'];
const CHANGE = [...APPLY, '-var', 'greeting=bonjour'];
const RECORD = '.terraform/terraform.tfstate';

/** `kind`, with who acquits, or of every conviction the file, the difference and the reason. */
function told({ verdict }: Judgement): string {
  if (verdict.kind === 'acquitted') return `acquitted by ${verdict.by}`;
  if (verdict.kind !== 'convicted') return verdict.kind;
  return verdict.strangers
    .map(({ found, difference, because }) => `${found.file}: ${difference}, ${because}`)
    .join('; ');
}

for (const client of ['terraform', 'tofu'] as const) {
  describeWithTools(
    `what ${client} leaves in a job tells whether it worked on the state that is held`,
    [client],
    () => {
      let servers: InteropServers;
      let scene: RightStateScene;

      beforeAll(async () => {
        servers = await startEmbedded();
        await servers.s3.createBucket(OTHER_BUCKET);
        await servers.dynamodb.createTable(OTHER_TABLE);
      });
      afterAll(() => servers?.close());
      beforeEach(async () => {
        scene = await newRightStateScene(servers, toolPath(client));
      });
      afterEach(() => scene?.close());

      /** A root where the steps of the job have run these commands, in order. */
      const work = async (
        name: string,
        differences: Partial<BackendPlace>,
        lock: LockKind,
        ...commands: readonly (readonly string[])[]
      ) => {
        const root = await scene.root(name, differences, lock);
        for (const command of [['init'], ...commands]) await root.run(command);
        return root;
      };

      describe('on the right one', () => {
        test('an apply acquits, also the first', async () => {
          await scene.hold();
          await work('infra', {}, 'dynamodb', APPLY);
          expect(told(await scene.judge())).toBe('acquitted by file');
        });
        test('so does a plan alone, before there is any state', async () => {
          await scene.hold();
          await work('infra', {}, 'dynamodb', ['plan']);
          expect(told(await scene.judge())).toBe('acquitted by file');
        });
        test('so does a destroy', async () => {
          const root = await work('infra', {}, 'dynamodb', APPLY);
          await scene.hold();
          await root.run(['destroy', '-auto-approve']);
          expect(told(await scene.judge())).toBe('acquitted by file');
        });
        test.each(['dynamodb', 'lockfile', 'both'] as const)(
          'both held over %s is a migration',
          async (lock) => {
            await scene.hold('both');
            await work('infra', {}, lock, APPLY);
            expect(told(await scene.judge())).toBe('acquitted by file');
          },
        );
        test.each(['.tfdata', 'nested/data'])('TF_DATA_DIR=%s hides nothing', async (TF_DATA_DIR) => {
          await scene.hold();
          const root = await scene.root('infra', { key: 'typo' });
          await root.run(['init'], { TF_DATA_DIR });
          await root.run(APPLY, { TF_DATA_DIR });
          const file = `infra/${TF_DATA_DIR}/terraform.tfstate`;
          expect(told(await scene.judge())).toBe(`${file}: key, of-this-job`);
        });
      });

      describe('on a wrong one, the job is convicted', () => {
        test.each<[string, Partial<BackendPlace>]>([
          ['key', { key: 'network/terrafrom.tfstate' }],
          ['bucket', { bucket: OTHER_BUCKET }],
          ['table', { table: OTHER_TABLE }],
        ])('by its %s', async (difference, differences) => {
          await scene.hold();
          await work('infra', differences, 'dynamodb', APPLY);
          expect(told(await scene.judge())).toBe(`infra/${RECORD}: ${difference}, of-this-job`);
        });
        test.each<[LockKind, LockKind]>([
          ['lockfile', 'dynamodb'],
          ['dynamodb', 'lockfile'],
          ['dynamodb', 'both'],
          ['lockfile', 'both'],
        ])('holding %s where the backend has %s', async (held, lock) => {
          await scene.hold(held);
          await work('infra', {}, lock, APPLY);
          expect(told(await scene.judge())).toBe(`infra/${RECORD}: lock-kind, of-this-job`);
        });
        test('by the type of its backend, unless that is said to be unheld', async () => {
          await scene.hold();
          const root = await scene.rootWith('infra', 'terraform {\n  backend "local" {}\n}');
          await root.run(['init']);
          await root.run(APPLY);
          await scene.writeFile(
            `cloud/${RECORD}`,
            '{"version":3,"backend":{"type":"cloud","config":{"organization":"acme","token":null},"hash":1}}',
          );
          expect(told(await scene.judge())).toBe(
            `cloud/${RECORD}: type, of-this-job; infra/${RECORD}: type, of-this-job`,
          );
          const unheld = ['local', 'cloud'].map((type) => ({ kind: 'backend-type', type }) as const);
          const judgement = await scene.judge({ unheld });
          expect(told(judgement)).toBe('no-state');
          expect(judgement.excused).toHaveLength(2);
        });
      });

      describe('in a workspace', () => {
        const inProd = () => ({ workspace: 'prod', statePath: `env:/prod/${scene.place.key}` });

        test('that a step selected: the held one acquits, another convicts', async () => {
          await work('infra', {}, 'dynamodb', ['workspace', 'new', 'prod'], APPLY);
          await scene.hold('dynamodb', inProd());
          expect(told(await scene.judge())).toBe('acquitted by file');
          await scene.hold();
          expect(told(await scene.judge())).toBe(`infra/${RECORD}: workspace, of-this-job`);
        });
        test("that a step's own TF_WORKSPACE chose: nobody can tell, until the state changes", async () => {
          const TF_WORKSPACE = 'prod';
          const root = await work('infra', {}, 'dynamodb');
          await root.run(APPLY, { TF_WORKSPACE });
          await scene.hold('dynamodb', inProd());
          await root.run(['plan'], { TF_WORKSPACE });
          expect(told(await scene.judge())).toBe('workspace-unchecked');
          await root.run(CHANGE, { TF_WORKSPACE });
          expect(told(await scene.judge())).toBe('acquitted by new-version');
        });
      });

      describe('with two states', () => {
        test('both held by a step of the job: nobody is convicted', async () => {
          await scene.hold();
          const key = `second-of-${scene.place.key}`;
          scene.holdElsewhere(`${scene.place.bucket}/${key}`, { kind: 'dynamodb', id: ID });
          await work('one', {}, 'dynamodb', APPLY);
          await work('two', { key }, 'dynamodb', APPLY);
          expect(told(await scene.judge())).toBe('acquitted by file');
        });
        test('one held, or the other by the wrong lock: the other convicts', async () => {
          await scene.hold();
          const key = `second-of-${scene.place.key}`;
          await work('one', {}, 'dynamodb', APPLY);
          await work('two', { key }, 'dynamodb', APPLY);
          expect(told(await scene.judge())).toBe(`two/${RECORD}: key, of-this-job`);
          scene.holdElsewhere(`${scene.place.bucket}/${key}`, { kind: 'lockfile', id: ID });
          expect(told(await scene.judge())).toBe(`two/${RECORD}: lock-kind-of-other, of-this-job`);
        });
        test.each(['applied before main', 'only read'])(
          'one of them %s: it convicts unless it is unheld',
          async (how) => {
            const key = `bootstrap-of-${scene.place.key}`;
            const bootstrap = await work('bootstrap', { key }, 'dynamodb', APPLY);
            await scene.hold();
            await work('infra', {}, 'dynamodb', APPLY);
            if (how === 'only read') await bootstrap.run(['output']);
            expect(told(await scene.judge())).toBe(`bootstrap/${RECORD}: key, of-this-job`);
            const judgement = await scene.judge({ unheld: [{ kind: 'state', glob: '*/bootstrap-of-*/**' }] });
            expect(told(judgement)).toBe('acquitted by file');
            expect(judgement.excused).toMatchObject([{ place: `${scene.place.bucket}/${key}` }]);
          },
        );
      });

      describe('on a runner that keeps its files', () => {
        test('init, plan and apply leave an old record as it is, so it tells little', async () => {
          const root = await work('infra', { key: 'left/behind' }, 'dynamodb', APPLY);
          await (await scene.root('ours')).run(['init']);
          await scene.age(`infra/${RECORD}`);
          await scene.age(`ours/${RECORD}`);
          await scene.hold();
          for (const command of [['init'], ['plan'], CHANGE]) await root.run(command);
          const judgement = await scene.judge();
          expect(told(judgement)).toBe('acquitted by file');
          expect(judgement.older).toMatchObject([{ place: `${scene.place.bucket}/left/behind` }]);
          expect(told(await scene.judge({ workingDirectory: 'infra' }))).toBe(
            `infra/${RECORD}: key, in-working-directory`,
          );
          await root.run(['init', '-reconfigure']);
          expect(told(await scene.judge())).toBe(`infra/${RECORD}: key, of-this-job`);
        });
        test('an old record convicts if it is all there is, and there never was a state of ours', async () => {
          await work('infra', { key: 'left/behind' }, 'dynamodb', APPLY);
          await scene.age(`infra/${RECORD}`);
          await scene.hold();
          expect(told(await scene.judge())).toBe(`infra/${RECORD}: key, only-trace`);
        });
        test('so does one of our state under another lock, if our state was written', async () => {
          const root = await work('infra', {}, 'dynamodb', APPLY);
          await scene.age(`infra/${RECORD}`);
          await scene.hold('lockfile');
          await root.run(['plan']);
          expect(told(await scene.judge())).toBe('nothing-seen');
          await root.run(CHANGE);
          expect(told(await scene.judge())).toBe(`infra/${RECORD}: lock-kind, only-trace`);
        });
      });

      test('a job in which no client ran is told by its state alone', async () => {
        await scene.hold();
        expect(told(await scene.judge())).toBe('no-state');
        await servers.s3.put(scene.place.bucket, scene.place.key, '{"version":4}');
        await scene.hold();
        expect(told(await scene.judge())).toBe('nothing-seen');
      });
    },
  );
}
