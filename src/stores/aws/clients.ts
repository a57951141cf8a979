import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { requestHandler } from './request-handler.js';
import { resending } from './resending.js';
import type { Connected, Connection } from './send.js';

/** How to reach an S3. */
export interface S3Connection extends Connection {
  readonly usePathStyle: boolean;
  readonly skipS3Checksum: boolean;
}

export interface ConnectedS3 extends Connected<S3Client, S3Connection> {
  /** The same store, where each request is sent once, whatever becomes of it. */
  once(): ConnectedS3;
}

export type ConnectedDynamodb = Connected<DynamoDBClient>;

/** @returns A client of the state's or the backups' S3. The SDK is loaded here: start-up pays only for what it uses. */
export async function connectS3(connection: S3Connection): Promise<ConnectedS3> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const options = await s3Options(connection);
  const open = (maxAttempts: number, shared?: S3Client): ConnectedS3 => {
    const requestHandler = shared?.config.requestHandler ?? options.requestHandler;
    const client = new S3Client({ ...options, maxAttempts, requestHandler });
    client.middlewareStack.use(resending(connection.identity));
    let single: ConnectedS3 | undefined;
    const connected: ConnectedS3 = {
      client,
      service: 'S3',
      connection: { ...connection, maxAttempts },
      once: () => {
        single ??= maxAttempts === 1 ? connected : open(1, client);
        return single;
      },
    };
    return connected;
  };
  return open(connection.maxAttempts);
}

async function s3Options(connection: S3Connection) {
  // Checksums that were not asked for break some S3-compatible stores: `skip_s3_checksum` is for them.
  const checksums = connection.skipS3Checksum ? ('WHEN_REQUIRED' as const) : ('WHEN_SUPPORTED' as const);
  return {
    ...(await clientOptions(connection)),
    forcePathStyle: connection.usePathStyle,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
  };
}

/** @returns A client of the DynamoDB that has the lock table. */
export async function connectDynamodb(connection: Connection): Promise<ConnectedDynamodb> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(await clientOptions(connection));
  client.middlewareStack.use(resending(connection.identity));
  return { client, service: 'DynamoDB', connection };
}

/**
 * What every client is made with. Nothing but the connection counts, and nothing of the environment: docs/decisions.md says why.
 */
export async function clientOptions({ region, endpoint, maxAttempts, identity, reach, roots }: Connection) {
  const isAtAws = endpoint === undefined;
  return {
    region,
    endpoint,
    ignoreConfiguredEndpointUrls: true,
    // An endpoint is used as it stands: the SDK refuses the two together.
    useFipsEndpoint: isAtAws && reach.fips,
    useDualstackEndpoint: isAtAws && reach.dualstack,
    retryMode: reach.retryMode,
    maxAttempts,
    credentials: identity.provide,
    requestHandler: await requestHandler(reach, roots),
  };
}
