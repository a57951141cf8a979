import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { StateSource } from '../../state/state-source.js';
import type { ConnectedDynamodb } from '../aws/clients.js';
import { send } from '../aws/send.js';

/**
 * Reads the digest that Terraform keeps beside the lock.
 *
 * @param id The digest item's `LockID`, `<bucket>/<state path>-md5`.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go getMD5
 */
export function dynamodbDigestReader(
  dynamodb: ConnectedDynamodb,
  table: string,
  id: string,
): StateSource['digest'] {
  const command = new GetItemCommand({ TableName: table, Key: { LockID: { S: id } }, ConsistentRead: true });
  return async (signal) => {
    const asked = { action: 'dynamodb:GetItem', container: table, signal };
    const { Item } = await send(dynamodb, asked, (client, options) => client.send(command, options));
    return Item?.['Digest']?.S;
  };
}
