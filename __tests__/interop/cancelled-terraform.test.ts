import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { machineProcesses } from '../../src/actions/processes/machine.js';
import { systemClock } from '../../src/job/clock.js';
import type { StepShell } from '../../testing/cancelled-step.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { THEIR_ID } from '../../testing/test-data.js';
import { BEGUN, type CancelledScene, newCancelledScene } from './cancelled-scene.js';

const WRAPPED = '-bin';

/** As a step is cancelled while a resource is being made. */
async function cancelInTheMiddle(step: StepShell): Promise<void> {
  await step.waitForOutput(BEGUN);
  await step.cancel();
}

describe.each(['terraform', 'tofu'] as const)('a cancelled step', (client) => {
  describeWithTools(`with a real ${client}`, [client], () => {
    let scene: CancelledScene;

    beforeEach(async () => {
      scene = await newCancelledScene(toolPath(client));
    });
    afterEach(() => scene?.close());

    const apply = `${client} apply -auto-approve`;
    const expectWholeState = () => {
      expect(scene.stateResources()).toEqual(['first', 'slow']);
      expect(scene.leftovers()).toEqual([]);
    };
    const expectInterrupted = (...commands: string[]) =>
      expect(scene.interrupted.map(({ command }) => command)).toEqual(commands);

    test.each([
      ['a script', { script: apply }],
      ['a script of sh', { script: apply, shell: 'sh' as const }],
      ['a pipe', { script: `${apply} | tee log` }],
      ['a script in a script', { script: `bash -ec '${apply}; true'` }],
      ['a command in the background', { script: `${apply} & wait` }],
    ])(
      '%s leaves it running, and one SIGINT stops it with its state whole',
      async (_name, { script, ...options }) => {
        await cancelInTheMiddle(await scene.startStep(script, options));
        expect(await scene.running([client])).toEqual([client]);

        expect(await scene.stop()).toMatchObject({ kind: 'stopped', processes: [{ command: client }] });
        expectInterrupted(client);
        expect(await scene.running([client])).toEqual([]);
        expectWholeState();
      },
    );

    test.each([
      ['a script that it takes the place of', { script: `exec ${apply}` }],
      ['a command that is the whole step', { script: apply, shell: 'bash -c' as const }],
    ])('%s has stopped it already', async (_name, { script, ...options }) => {
      await cancelInTheMiddle(await scene.startStep(script, { ...options, timesFaster: 1 }));
      expect(await scene.stop()).toEqual({ kind: 'none' });
      expectInterrupted();
      expectWholeState();
    });

    test('its state is whole although nobody reads any more what it prints', async () => {
      const step = await scene.startStep(apply);
      await cancelInTheMiddle(step);
      step.stopReading();
      expect(await scene.stop()).toMatchObject({ kind: 'stopped' });
      expectWholeState();
    });

    test('the next one that a script starts then is stopped too', async () => {
      await cancelInTheMiddle(await scene.startStep(`bash -c '${apply}; ${apply}; true'; true`));
      const outcome = await scene.stop();
      expect(outcome).toMatchObject({
        kind: 'stopped',
        processes: [{ command: client }, { command: client }],
      });
      expectInterrupted(client, client);
      expect(new Set(scene.interrupted.map(({ pid }) => pid)).size).toBe(2);
      expect(scene.leftovers()).toEqual([]);
    });

    test('of a wrapper in Node and what it wraps, only that is interrupted', async () => {
      const wrapped = `${client}${WRAPPED}`;
      await promisify(execFile)('cp', [toolPath(client), join(scene.folder, wrapped)]);
      await scene.addProgram(
        client,
        `#!/usr/bin/env node
        const child = require('node:child_process').spawn('${join(scene.folder, wrapped)}', process.argv.slice(2));
        child.stdout.pipe(process.stdout);
        child.on('exit', (code) => { process.exitCode = code; });`,
      );
      await cancelInTheMiddle(await scene.startStep(`${apply}; true`));
      expect(await scene.running([client, wrapped])).toEqual([client, wrapped]);

      const outcome = await scene.stop();
      expect(outcome).toMatchObject({ kind: 'stopped' });
      expectInterrupted(wrapped);
      expect(await scene.running([client, wrapped])).toEqual([]);
      expectWholeState();
    });

    test('one whose environment was cleared is doubtful, and left alone', async () => {
      await cancelInTheMiddle(
        await scene.startStep(`env -i "$(command -v ${client})" apply -auto-approve; true`),
      );
      const outcome = await scene.stop({ until: systemClock.now() });
      expect(outcome).toMatchObject({
        kind: 'still-writing',
        reason: 'doubtful',
        processes: [{ command: client, whose: 'doubtful' }],
      });
      expectInterrupted();
    });

    test("another job's on the same machine is not touched", async () => {
      const theirs = await newCancelledScene(toolPath(client));
      try {
        await cancelInTheMiddle(await theirs.startStep(apply, { lockId: THEIR_ID }));
        await cancelInTheMiddle(await scene.startStep(apply));
        expect(await scene.stop()).toMatchObject({ kind: 'stopped' });
        expectInterrupted(client);
        expect(await scene.running([client], THEIR_ID)).toEqual([client]);
      } finally {
        await theirs.close();
      }
    });
  });
});

describe('a stand-in for Terraform', () => {
  let scene: CancelledScene;

  beforeEach(async () => {
    scene = await newCancelledScene();
    await scene.addProgram('sleeper', '#!/bin/sh\nexec sleep 3600\n');
  });
  afterEach(() => scene?.close());

  test('that ignores SIGINT gets one in the whole job, and is named', async () => {
    await scene.addProgram('tofu', `#!/bin/sh\ntrap '' INT\necho ${BEGUN}\nsleeper\n`);
    await cancelInTheMiddle(await scene.startStep('tofu; true'));
    const expected = {
      kind: 'still-writing',
      reason: 'will-not-end',
      processes: [{ command: 'tofu', pid: expect.any(Number) }],
    };
    expect(await scene.stop({ until: systemClock.now() })).toMatchObject(expected);
    expect(await scene.stop({ until: systemClock.now() })).toMatchObject(expected);
    expect(scene.interrupted.map(({ command }) => command)).toEqual(['tofu']);
  });

  test('that needs long to stop is waited for, and not interrupted again', async () => {
    const gate = join(scene.folder, 'gate');
    await promisify(execFile)('mkfifo', [gate]);
    await scene.addProgram(
      'tofu',
      `#!/bin/sh\ntrap 'cat ${gate}; exit' INT\necho ${BEGUN}\nwhile :; do sleep 0.1; done\n`,
    );
    await cancelInTheMiddle(await scene.startStep('tofu; true'));
    const machine = machineProcesses();
    let looks = 0;
    const processes = {
      ...machine,
      look: async () => {
        looks++;
        if (looks === 4) await writeFile(gate, '');
        return machine.look();
      },
    };
    expect(await scene.stop({ processes })).toMatchObject({ kind: 'stopped' });
    expect(looks).toBeGreaterThanOrEqual(4);
    expect(scene.interrupted.map(({ command }) => command)).toEqual(['tofu']);
  });

  test('below another runner is not even doubtful', async () => {
    await scene.addProgram('tofu', `#!/bin/sh\necho ${BEGUN}\nsleeper\n`);
    await scene.addProgram('Runner.Worker', '#!/bin/bash\nenv -i "$(command -v tofu)"; true\n');
    const step = await scene.startStep('Runner.Worker; true');
    await step.waitForOutput(BEGUN);
    expect(await scene.stop()).toEqual({ kind: 'none' });
  });
});
