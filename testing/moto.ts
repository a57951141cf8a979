import { fileURLToPath } from 'node:url';
import { toolPath } from './interop-tools.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const SCRIPT = fileURLToPath(new URL('moto_locked.py', import.meta.url));

/** S3 and DynamoDB at one endpoint. Any credentials are taken. */
export function startMoto(): Promise<ServerProcess> {
  return startServerProcess({
    command: toolPath('moto_python'),
    args: (port) => [SCRIPT, String(port)],
  });
}
