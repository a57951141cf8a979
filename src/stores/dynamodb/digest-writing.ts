import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConnectedDynamodb } from '../aws/clients.js';
import { send } from '../aws/send.js';

/** The item that has a state's digest. */
export interface DigestItem {
  readonly table: string;
  /** Its `LockID`, `<bucket>/<state path>-md5`. */
  readonly id: string;
}

/**
 * Writes the digest of a state whose path is nobody else's, as Terraform does.
 *
 * @see https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/s3/client.go putMD5
 */
export async function putDigest(
  dynamodb: ConnectedDynamodb,
  { table, id }: DigestItem,
  { md5, signal }: { readonly md5: string; readonly signal?: AbortSignal },
): Promise<void> {
  const asked = { action: 'dynamodb:PutItem', container: table, signal };
  const command = new PutItemCommand({ TableName: table, Item: { LockID: { S: id }, Digest: { S: md5 } } });
  await send(dynamodb, asked, (client, options) => client.send(command, options));
}

/** Removes it again. One that is not there is no error. */
export async function deleteDigest(
  dynamodb: ConnectedDynamodb,
  { table, id }: DigestItem,
  signal?: AbortSignal,
): Promise<void> {
  const asked = { action: 'dynamodb:DeleteItem', container: table, signal };
  const command = new DeleteItemCommand({ TableName: table, Key: { LockID: { S: id } } });
  await send(dynamodb, asked, (client, options) => client.send(command, options));
}
