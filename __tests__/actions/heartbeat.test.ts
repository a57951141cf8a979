import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { callHeartbeat } from '../../src/actions/heartbeat.js';
import { listen } from '../../testing/http-server.js';

const asked: string[] = [];

async function called(status: number | 'silence', signal = new AbortController().signal): Promise<string> {
  asked.length = 0;
  const server = await listen(
    createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (status !== 'silence') response.writeHead(status).end('said at length');
    }),
  );
  try {
    await callHeartbeat(`${server.endpoint}/ping/secret`, signal);
    return 'told';
  } catch (error) {
    return (error as Error).message;
  } finally {
    await server.close();
  }
}

test('a monitor is told by GET', async () => {
  expect(await called(204)).toBe('told');
  expect(asked).toEqual(['GET /ping/secret']);
});

test.each([404, 500])('that it answers with %d is told', async (status) => {
  expect(await called(status)).toBe(`it answered with status ${status}.`);
});

test('no error has its address', async () => {
  const controller = new AbortController();
  const message = called('silence', controller.signal);
  setImmediate(() => controller.abort(new Error('No answer within 10 s.')));
  expect(await message).toMatch(/^it could not be reached \(\w+\)\.$/);
  await expect(callHeartbeat('http://secret.invalid/secret', new AbortController().signal)).rejects.toThrow(
    /^it could not be reached \(\w+\)\.$/,
  );
});
