import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { systemClock } from '../../src/job/clock.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { BEGUN, type CancelledScene, newCancelledScene } from './cancelled-scene.js';

/** Until the test says so, the script does not come to its next command. */
const WAIT = 'until [ -e go-on ]; do sleep 0.1; done';
const APPLY = 'terraform apply -auto-approve';

describeWithTools('a script that a cancelled step leaves running', ['terraform'], () => {
  let scene: CancelledScene;

  beforeEach(async () => {
    scene = await newCancelledScene(toolPath('terraform'));
  });
  afterEach(() => scene?.close());

  test('does not go on with its next Terraform once the lock is free, when post has stopped one', async () => {
    await scene.addProgram('deploy.sh', `#!/bin/bash\n${APPLY}\necho between\n${WAIT}\n${APPLY}\n`);
    const step = await scene.startStep('deploy.sh');
    await step.waitForOutput(BEGUN);
    await step.cancel();
    let looks = 0;
    const clock = {
      ...systemClock,
      sleep: async (ms: number) => {
        if (step.output().includes('between') && ++looks === 4)
          await writeFile(join(scene.folder, 'go-on'), '');
        return systemClock.sleep(ms);
      },
    };
    expect(await scene.stop({ clock })).toMatchObject({ kind: 'stopped' });
    expect(scene.interrupted.map(({ command }) => command)).toEqual(['terraform', 'terraform']);
    expect(await scene.running(['terraform', 'deploy.sh'])).toEqual([]);
  });

  test('starts no Terraform once the lock is free, where none ran yet, if its name is guarded', async () => {
    await scene.addProgram(
      'deploy.sh',
      `#!/bin/bash\ntrap 'exit 130' INT\necho between\n${WAIT}\n${APPLY}\n`,
    );
    const step = await scene.startStep('deploy.sh');
    await step.waitForOutput('between');
    await step.cancel();
    expect(await scene.stop({ guarded: ['deploy.sh'] })).toMatchObject({ kind: 'stopped' });
    expect(await scene.running(['terraform', 'deploy.sh'])).toEqual([]);
  });
});
