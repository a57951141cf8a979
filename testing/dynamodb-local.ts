import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolPath } from './interop-tools.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

const LAUNCHER = fileURLToPath(new URL('LoopbackDynamoDb.java', import.meta.url));

/** Amazon's own DynamoDB for development, in memory. Any credentials are taken. */
export function startDynamodbLocal(): Promise<ServerProcess> {
  const folder = toolPath('dynamodb_local');
  const libraries = join(folder, 'DynamoDBLocal_lib');
  const classPath = [join(folder, 'DynamoDBLocal.jar'), join(libraries, '*')].join(delimiter);
  return startServerProcess({
    command: toolPath('java'),
    args: (port) => [
      // A server that lives for seconds: start-up counts, throughput does not.
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Xmx256m',
      `-Djava.library.path=${libraries}`,
      '-cp',
      classPath,
      LAUNCHER,
      ...['-port', String(port), '-inMemory', '-sharedDb', '-disableTelemetry'],
    ],
  });
}
