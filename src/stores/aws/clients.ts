import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
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

const CONNECT_TIMEOUT_MS = 5_000;
/** A server that sends nothing for this long will not answer any more. */
const SILENCE_TIMEOUT_MS = 30_000;

/** @returns A client of the state's or the backups' S3. The SDK is loaded here: start-up pays only for what it uses. */
export async function connectS3(connection: S3Connection): Promise<ConnectedS3> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const open = (to: S3Connection, shared?: S3Client): ConnectedS3 => {
    const client = new S3Client({
      ...s3Options(to),
      ...(shared && { requestHandler: shared.config.requestHandler }),
    });
    client.middlewareStack.use(resending(to.identity));
    let single: ConnectedS3 | undefined;
    return {
      client,
      service: 'S3',
      connection: to,
      once() {
        if (to.maxAttempts === 1) return this;
        single ??= open({ ...to, maxAttempts: 1 }, client);
        return single;
      },
    };
  };
  return open(connection);
}

function s3Options(connection: S3Connection) {
  // Checksums that were not asked for break some S3-compatible stores: `skip_s3_checksum` is for them.
  const checksums = connection.skipS3Checksum ? ('WHEN_REQUIRED' as const) : ('WHEN_SUPPORTED' as const);
  return {
    ...clientOptions(connection),
    forcePathStyle: connection.usePathStyle,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
  };
}

/** @returns A client of the DynamoDB that has the lock table. */
export async function connectDynamodb(connection: Connection): Promise<ConnectedDynamodb> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(clientOptions(connection));
  client.middlewareStack.use(resending(connection.identity));
  return { client, service: 'DynamoDB', connection };
}

/** Nothing but the connection counts: post has to reach what main reached, whatever later steps leave in the environment. */
function clientOptions({ region, endpoint, maxAttempts, identity }: Connection) {
  const agent = { keepAlive: true, proxyEnv: process.env };
  return {
    region,
    endpoint,
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    retryMode: 'standard',
    maxAttempts,
    credentials: identity.provide,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      socketTimeout: SILENCE_TIMEOUT_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  };
}
