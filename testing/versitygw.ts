import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolPath } from './interop-tools.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Whom the server lets in, and nobody else. */
export const VERSITYGW_CREDENTIALS = { accessKeyId: 'testaccess', secretAccessKey: 'testsecretkey' };

/** A maintained S3 server, on a folder of its own. Keys `a` and `a/b` cannot both be there. */
export async function startVersitygw(): Promise<ServerProcess> {
  const root = await mkdtemp(join(tmpdir(), 'lockkeeper-versitygw-'));
  const folder = async (name: string): Promise<string> => {
    const path = join(root, name);
    await mkdir(path);
    return path;
  };
  const [data, versions] = [await folder('data'), await folder('versions')];
  const server = await startServerProcess({
    command: toolPath('versitygw'),
    args: (port) => [
      ...['--port', `127.0.0.1:${port}`, '--region', 'us-east-1', '--health', '/health', '--quiet'],
      ...['posix', '--versioning-dir', versions, data],
    ],
    env: {
      ROOT_ACCESS_KEY_ID: VERSITYGW_CREDENTIALS.accessKeyId,
      ROOT_SECRET_ACCESS_KEY: VERSITYGW_CREDENTIALS.secretAccessKey,
    },
    readyPath: '/health',
    isReady: (status) => status === 200,
  });
  return {
    endpoint: server.endpoint,
    close: async () => {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
