import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Proxies } from '../../config/settings.js';
import type { Service } from '../../job/backend-error.js';
import { translateError } from './errors.js';
import type { Identity } from './identity.js';
import { resending } from './resending.js';

/** How to reach a service: the part of the configuration that a client needs. */
export interface Connection {
  readonly region: string;
  readonly endpoint?: string;
  /** How often a failed request is tried again, beyond the first attempt. */
  readonly maxRetries: number;
  readonly identity: Identity;
  readonly proxies?: Proxies;
}

/** How to reach an S3. */
export interface S3Connection extends Connection {
  readonly usePathStyle: boolean;
  readonly skipS3Checksum: boolean;
}

/** A client and the facts that its errors are told with. */
export interface Connected<Client, To extends Connection = Connection> {
  readonly client: Client;
  readonly connection: To;
}

export type ConnectedS3 = Connected<S3Client, S3Connection>;
export type ConnectedDynamodb = Connected<DynamoDBClient>;

/** In milliseconds. A server that sends nothing for so long as `socketTimeout` will not answer any more. */
const TIMEOUTS = { connectionTimeout: 5_000, socketTimeout: 30_000 };

/** @returns A client of the state's or the backups' S3. The SDK is loaded here: start-up pays only for what it uses. */
export async function connectS3(connection: S3Connection): Promise<ConnectedS3> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    ...(await clientOptions(connection)),
    forcePathStyle: connection.usePathStyle,
    // Checksums that were not asked for break some S3-compatible stores: `skip_s3_checksum` is for them.
    requestChecksumCalculation: connection.skipS3Checksum ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED',
    responseChecksumValidation: connection.skipS3Checksum ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED',
  });
  client.middlewareStack.use(resending(connection.identity));
  return { client, connection };
}

/** @returns A client of the DynamoDB that has the lock table. */
export async function connectDynamodb(connection: Connection): Promise<ConnectedDynamodb> {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(await clientOptions(connection));
  client.middlewareStack.use(resending(connection.identity));
  return { client, connection };
}

/** Nothing but the connection counts: post has to reach what main reached, whatever later steps leave in the environment. */
async function clientOptions({ region, endpoint, maxRetries, identity, proxies }: Connection) {
  return {
    region,
    endpoint,
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    retryMode: 'standard',
    maxAttempts: maxRetries + 1,
    credentials: identity.provide,
    requestHandler: proxies
      ? (await import('./proxied-requests.js')).handlerThrough(proxies, TIMEOUTS)
      : TIMEOUTS,
  };
}

/** The options of a `send` that ends when `signal` aborts. */
export const abortable = (signal?: AbortSignal) => (signal ? { abortSignal: signal } : {});

/** One request, as its errors are told. */
export interface Asked {
  readonly service: Service;
  /** The IAM action, as `s3:PutObject`. */
  readonly action: string;
  /** The bucket or the table. */
  readonly container: string;
  /** The object's key, where there is one. */
  readonly key?: string;
}

/**
 * The error to throw for what `send` threw: the signal's reason if it was aborted, else a `BackendError`.
 *
 * @param error What the SDK threw, after the caller has handled the answers that it expects.
 */
export function failure(
  error: unknown,
  asked: Asked,
  { connection }: Connected<unknown>,
  signal?: AbortSignal,
): unknown {
  if (signal?.aborted) return signal.reason;
  return translateError(error, {
    ...asked,
    resource: arnOf(asked, connection.region),
    region: connection.region,
    credentialsTried: connection.identity.described,
    endpoint: connection.endpoint,
  });
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function arnOf({ service, container, key }: Asked, region: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  if (service === 'DynamoDB') {
    return container.startsWith('arn:')
      ? container
      : `arn:${partition}:dynamodb:${region}:*:table/${container}`;
  }
  return `arn:${partition}:s3:::${container}${key === undefined ? '' : `/${key}`}`;
}
