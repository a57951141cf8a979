import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type InteropServers, startEmbedded } from '../../testing/interop-servers.js';
import { describeWithTools, toolPath } from '../../testing/interop-tools.js';
import { inputsFor, type LockKind, shownLockInfo } from '../../testing/terraform.js';
import { newScene, type Scene } from './client-scene.js';
import { idsOf, lockIds } from './lock-records.js';

/** `both` is for the time in which a team moves from the table to the lockfile: some clients know one, some the other. */
describeWithTools('a job that takes both locks', ['terraform', 'node24'], () => {
  let servers: InteropServers;
  let scene: Scene | undefined;

  beforeAll(async () => {
    servers = await startEmbedded();
  });
  afterEach(() => scene?.close());
  afterAll(() => servers?.close());

  test.each<LockKind>(['dynamodb', 'lockfile'])('and a person who knows %s alone', async (known) => {
    scene = await newScene({ servers, program: toolPath('terraform'), lock: known });
    const { place, checkout, newJob, newGate } = scene;
    const both = inputsFor(place, 'both');

    const job = await newJob(both);
    const { lock_id } = (await job.main()).outputs;
    expect(await lockIds(servers, place)).toEqual(idsOf('both', lock_id));
    const refused = await checkout.run(['apply', '-auto-approve']);
    expect(refused.exitCode).toBe(1);
    expect(shownLockInfo(refused.output)).toMatchObject({ ID: lock_id });
    expect((await job.post()).exitCode).toBe(0);
    expect(await lockIds(servers, place)).toEqual({});

    const gate = await newGate();
    const applying = checkout.start(['apply', '-auto-approve', ...gate.args]);
    await applying.waitForOutput("Provisioning with 'local-exec'");
    const theirs = await lockIds(servers, place);
    const second = await newJob({ ...both, lock_timeout: '0s' });
    expect((await second.main()).errors).toMatchObject([{ title: 'Lock held' }]);
    // Nothing of the refused job stays, neither the half that it got nor anything of post's.
    expect(await lockIds(servers, place)).toEqual(theirs);
    expect(Object.keys(theirs)).toHaveLength(1);
    expect((await second.post()).exitCode).toBe(0);
    expect(await lockIds(servers, place)).toEqual(theirs);
    await gate.open();
    expect(await applying.result).toMatchObject({ exitCode: 0 });
    expect(await lockIds(servers, place)).toEqual({});
  });
});
