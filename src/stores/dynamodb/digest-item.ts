import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { StateSource } from '../../state/state-source.js';
import type { DigestWriter } from '../../state/state-writer.js';
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

/**
 * Writes the digest, as Terraform does, but on a condition.
 *
 * @param id As for {@link dynamodbDigestReader}.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go putMD5
 */
export function dynamodbDigestWriter(dynamodb: ConnectedDynamodb, table: string, id: string): DigestWriter {
  const read = dynamodbDigestReader(dynamodb, table, id);
  return {
    async remove(text, signal) {
      const command = new DeleteItemCommand({
        TableName: table,
        Key: { LockID: { S: id } },
        ConditionExpression: 'Digest = :digest',
        ExpressionAttributeValues: { ':digest': { S: text } },
      });
      const asked = { action: 'dynamodb:DeleteItem', container: table, signal, expected: refusal };
      const answer = await send(dynamodb, asked, (client, options) => client.send(command, options));
      if (answer !== 'refused') return 'removed';
      // Taken away by an attempt without an answer, or by somebody else.
      return (await read(signal)) === undefined ? 'removed' : 'refused';
    },

    async put(md5, signal) {
      const command = new PutItemCommand({
        TableName: table,
        Item: { LockID: { S: id }, Digest: { S: md5 } },
        // The very same one may have been written by an attempt without an answer.
        ConditionExpression: 'attribute_not_exists(Digest) OR Digest = :digest',
        ExpressionAttributeValues: { ':digest': { S: md5 } },
      });
      const asked = { action: 'dynamodb:PutItem', container: table, signal, expected: refusal };
      const answer = await send(dynamodb, asked, (client, options) => client.send(command, options));
      return answer === 'refused' ? 'refused' : 'written';
    },
  };
}

const refusal = (error: unknown) =>
  error instanceof ConditionalCheckFailedException ? ('refused' as const) : undefined;
