import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lockFlagProblems, lockFlagVariables } from '../../src/commands/hold/terraform-flag.js';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import type { Environment } from '../../testing/runner-environment.js';
import { newScene, type Scene } from './client-scene.js';
import { holdByOther } from './lock-records.js';

const REFUSED = 'Error acquiring the state lock';

for (const client of ['terraform', 'tofu'] as const) {
  describeWithTools(`what else is in TF_CLI_ARGS, with ${client}`, [client], () => {
    let servers: InteropServers;
    let scene: Scene;

    beforeAll(async () => {
      servers = await startEmbedded();
    });
    afterAll(() => servers?.close());
    beforeEach(async () => {
      scene = await newScene({ servers, program: toolPath(client), lock: 'dynamodb' });
      await holdByOther(servers, scene.place, scene.place.key);
    });
    afterEach(() => scene?.close());

    /** As in a job whose environment had these variables before the flag. */
    const plan = (present: Environment, args: readonly string[] = []) =>
      scene.checkout.run(['plan', ...args], { ...present, ...lockFlagVariables(present) });

    test('a plan file in TF_CLI_ARGS_apply is still applied', async () => {
      const out = `${scene.checkout.path}/plan.out`;
      await scene.checkout.succeed(['plan', '-lock=false', '-out', out, '-var', 'greeting=bonjour']);
      const present = { TF_CLI_ARGS_apply: out };
      expect(lockFlagProblems(present)).toEqual([]);
      const variables = lockFlagVariables(present);
      expect(await scene.checkout.succeed(['apply'], { ...present, ...variables })).toContain('1 changed');
    });

    describe('is let alone where the flag holds', () => {
      test.each<Environment>([
        { TF_CLI_ARGS: '-no-color' },
        { TF_CLI_ARGS: '-lock=true -lock=false' },
        { TF_CLI_ARGS_plan: '-no-color -parallelism=3' },
        { TF_CLI_ARGS_plan: '-var "greeting=a; -lock=true"' },
        { TF_CLI_ARGS_plan: '-lock-timeout=1s' },
      ])('%j', async (present) => {
        expect(lockFlagProblems(present)).toEqual([]);
        expect(await plan(present)).toMatchObject({ exitCode: 0 });
      });
    });

    describe('is refused where it takes the flag back', () => {
      test.each<Environment>([
        { TF_CLI_ARGS: '-lock=true' },
        { TF_CLI_ARGS_plan: '-lock' },
        { TF_CLI_ARGS_plan: '-no-color --lock=1' },
        { TF_CLI_ARGS_plan: '-lo"ck"=true' },
        { TF_CLI_ARGS: '-lock=true', TF_CLI_ARGS_plan: '-lock=false' },
      ])('%j', async (present) => {
        expect(lockFlagProblems(present)).toHaveLength(1);
        expect((await plan(present)).output).toContain(REFUSED);
      });
    });

    describe('is refused where the client reads it otherwise than it is written, though the flag holds', () => {
      test.each([
        '-no-color; -lock=true',
        '-no-color & -lock=true',
        '-no-color | -lock=true',
        '-no-color <x -lock=true',
        '-no-color 2>x -lock=true',
      ])('%s is cut', async (text) => {
        expect(lockFlagProblems({ TF_CLI_ARGS_plan: text })).toHaveLength(1);
        expect(await plan({ TF_CLI_ARGS_plan: text })).toMatchObject({ exitCode: 0 });
      });
      test.each(['"-no-color', "'-no-color", '-no-color\\', '-no-color (x', '-no-color x)', '-no-color `x'])(
        '%s stops every command',
        async (text) => {
          expect(lockFlagProblems({ TF_CLI_ARGS_plan: text })).toHaveLength(1);
          const { exitCode, output } = await plan({ TF_CLI_ARGS_plan: text });
          expect(exitCode).toBe(1);
          expect(output).toContain('invalid command line string');
        },
      );
      test('-var greeting=`x` and $(x) are text', async () => {
        const text = '-var greeting=`x`$(x)';
        expect(lockFlagProblems({ TF_CLI_ARGS_plan: text })).toHaveLength(1);
        expect((await plan({ TF_CLI_ARGS_plan: text })).output).toContain('`x`$(x)');
      });
    });

    test('what a step itself says comes last, and counts', async () => {
      expect((await plan({}, ['-lock=true'])).output).toContain(REFUSED);
    });
  });
}
