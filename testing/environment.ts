import { type EmbeddedDynamodb, startDynamodb } from './dynamodb-embedded.js';
import { type FaultProxy, startFaultProxy } from './fault-proxy.js';
import { type S3Double, type S3Settings, startS3Double } from './s3-double/index.js';

/** All servers that a scenario needs, with the bucket `state` and the table `locks`. */
export interface Servers {
  readonly s3: S3Double;
  readonly dynamodb: EmbeddedDynamodb;
  /** In front of the two. Inputs lead through them, so that any test can add faults. */
  readonly s3Proxy: FaultProxy;
  readonly dynamodbProxy: FaultProxy;
  /** Inputs of the root action that lead here; which lock to take is left to the test. */
  readonly inputs: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export const BUCKET = 'state';
export const TABLE = 'locks';
export const STATE_PATH = 'network/terraform.tfstate';

export async function startServers(options: Partial<S3Settings> = {}): Promise<Servers> {
  const [s3, dynamodb] = await Promise.all([startS3Double(options), startDynamodb()]);
  s3.createBucket(BUCKET);
  await dynamodb.createTable(TABLE);
  const s3Proxy = await startFaultProxy(s3.endpoint);
  const dynamodbProxy = await startFaultProxy(dynamodb.endpoint);
  return {
    s3,
    dynamodb,
    s3Proxy,
    dynamodbProxy,
    inputs: {
      bucket: BUCKET,
      key: STATE_PATH,
      region: 'us-east-1',
      endpoint: s3Proxy.endpoint,
      dynamodb_endpoint: dynamodbProxy.endpoint,
      use_path_style: 'true',
      access_key: 'test',
      secret_key: 'test',
    },
    close: async () => {
      await Promise.all([s3Proxy.close(), dynamodbProxy.close()]);
      await Promise.all([s3.close(), dynamodb.close()]);
    },
  };
}
