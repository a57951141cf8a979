import { startDynamodbLocal } from './dynamodb-local.js';
import { BUCKET, type Servers, startServers, TABLE } from './environment.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { startMoto } from './moto.js';
import { type DynamodbView, type S3View, viewDynamodb, viewS3 } from './server-view.js';
import type { BackendPlace } from './terraform.js';

/** An S3 and a DynamoDB for real clients, with a bucket and a lock table. */
export interface InteropServers {
  /** In front of the two: all clients come by here, so a test sees who asks for what. */
  readonly s3Proxy: FaultProxy;
  readonly dynamodbProxy: FaultProxy;
  /** Past the proxies. */
  readonly s3: S3View;
  readonly dynamodb: DynamodbView;
  /** A state of its own for each test. */
  newPlace(): BackendPlace;
  close(): Promise<void>;
}

/** The ones that all tests use. */
export async function startEmbedded(): Promise<InteropServers> {
  return fromEmbedded(await startServers());
}

export function fromEmbedded({ s3, dynamodb, s3Proxy, dynamodbProxy, close }: Servers): InteropServers {
  return assemble({
    s3Proxy,
    dynamodbProxy,
    s3: viewS3(s3.endpoint),
    dynamodb: viewDynamodb(dynamodb.endpoint),
    close,
  });
}

/** Others' work: an S3 and a DynamoDB that know nothing of how we read their documentation. */
export async function startMotoAndDynamodbLocal(): Promise<InteropServers> {
  const moto = await startMoto();
  const local = await startDynamodbLocal().catch(async (error) => {
    await moto.close();
    throw error;
  });
  const [s3, dynamodb] = [viewS3(moto.endpoint), viewDynamodb(local.endpoint)];
  await s3.createBucket(BUCKET);
  await dynamodb.createTable(TABLE);
  const [s3Proxy, dynamodbProxy] = await Promise.all([
    startFaultProxy(moto.endpoint),
    startFaultProxy(local.endpoint),
  ]);
  return assemble({
    s3Proxy,
    dynamodbProxy,
    s3,
    dynamodb,
    close: async () => {
      await Promise.all([s3Proxy.close(), dynamodbProxy.close()]);
      await Promise.all([moto.close(), local.close()]);
    },
  });
}

function assemble(parts: Omit<InteropServers, 'newPlace'>): InteropServers {
  let states = 0;
  return {
    ...parts,
    newPlace: () => ({
      bucket: BUCKET,
      key: `network-${++states}/terraform.tfstate`,
      table: TABLE,
      s3Endpoint: parts.s3Proxy.endpoint,
      dynamodbEndpoint: parts.dynamodbProxy.endpoint,
    }),
    close: async () => {
      parts.s3.close();
      parts.dynamodb.close();
      await parts.close();
    },
  };
}
