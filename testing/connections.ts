import {
  type ConnectedDynamodb,
  type ConnectedS3,
  connectDynamodb,
  connectS3,
  type S3Connection,
} from '../src/stores/aws/clients.js';
import { identityFrom } from '../src/stores/aws/identities/identity-from.js';
import type { Identity } from '../src/stores/aws/identity.js';
import type { Connected, Connection } from '../src/stores/aws/send.js';
import { testSurroundings } from './surroundings.js';
import { REACH } from './test-data.js';

/** Who the embedded servers let in. */
export const testIdentity: Identity = identityFrom(
  { kind: 'keys', accessKeyId: 'test', secretAccessKey: 'test' },
  testSurroundings(),
);

export function s3Connection(endpoint: string, differences: Partial<S3Connection> = {}): S3Connection {
  return {
    region: 'us-east-1',
    endpoint,
    maxAttempts: 3,
    usePathStyle: true,
    skipS3Checksum: false,
    identity: testIdentity,
    reach: REACH,
    ...differences,
  };
}

export function dynamodbConnection(endpoint: string, differences: Partial<Connection> = {}): Connection {
  return {
    region: 'us-east-1',
    endpoint,
    maxAttempts: 3,
    identity: testIdentity,
    reach: REACH,
    ...differences,
  };
}

/** Clients of servers, which are to be destroyed together. */
export interface Clients {
  s3(connection: S3Connection): Promise<ConnectedS3>;
  dynamodb(connection: Connection): Promise<ConnectedDynamodb>;
  destroy(): void;
}

export function newClients(): Clients {
  const connected: Connected<{ destroy(): void }>[] = [];
  const remember = async <C extends Connected<{ destroy(): void }>>(opening: Promise<C>): Promise<C> => {
    const client = await opening;
    connected.push(client);
    return client;
  };
  return {
    s3: (connection) => remember(connectS3(connection)),
    dynamodb: (connection) => remember(connectDynamodb(connection)),
    destroy: () => {
      for (const { client } of connected) client.destroy();
    },
  };
}
