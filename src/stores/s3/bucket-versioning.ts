import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { BucketVersioning } from '../../state/bucket-versioning.js';
import type { ConnectedS3 } from '../aws/clients.js';
import { send } from '../aws/send.js';

/**
 * Asks a bucket whether it keeps the versions of its objects.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html: a bucket that never did says nothing
 */
export async function readBucketVersioning(
  s3: ConnectedS3,
  bucket: string,
  signal?: AbortSignal,
): Promise<BucketVersioning> {
  const asked = { action: 's3:GetBucketVersioning', container: bucket, signal };
  const command = new GetBucketVersioningCommand({ Bucket: bucket });
  const { Status } = await send(s3, asked, (client, options) => client.send(command, options));
  switch (Status) {
    case 'Enabled':
      return 'enabled';
    case 'Suspended':
      return 'suspended';
    case undefined:
      return 'disabled';
  }
}
