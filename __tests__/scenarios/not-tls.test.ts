import { expect, test } from '@jest/globals';
import { inScene, STATE } from './scene.js';

test('an endpoint of https:// at which nobody speaks TLS fails the step at once, and is not waited for till the time-out', () =>
  inScene(async (scene) => {
    await scene.putState(STATE);
    const { port } = new URL(scene.inputs['dynamodb_endpoint'] ?? '');
    const dynamodb_endpoint = `https://127.0.0.1:${port}`;
    const job = await scene.startJob('dynamodb', { inputs: { dynamodb_endpoint, lock_timeout: '1h' } });
    const main = await job.main();
    expect(main).toMatchObject({ exitCode: 1, errors: [{ title: 'DynamoDB unreachable' }] });
    expect(main.errors[0]?.message).toContain(dynamodb_endpoint);
  }));
