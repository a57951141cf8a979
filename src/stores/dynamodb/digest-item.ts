import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { StateSource } from '../../state/state-source.js';
import { abortable, type ConnectedDynamodb, failure } from '../aws/clients.js';

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
  return async (signal) => {
    try {
      const { Item } = await dynamodb.client.send(
        new GetItemCommand({ TableName: table, Key: { LockID: { S: id } }, ConsistentRead: true }),
        abortable(signal),
      );
      return Item?.['Digest']?.S;
    } catch (error) {
      throw failure(
        error,
        { service: 'DynamoDB', action: 'dynamodb:GetItem', container: table },
        dynamodb,
        signal,
      );
    }
  };
}
