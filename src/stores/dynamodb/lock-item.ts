import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isNoPlaceForLocks } from '../../job/backend-error.js';
import { formatHolder, parseHolder } from '../../lock/holder-record.js';
import { type Attempt, type HeldLock, type Holder, type Lock, LockLostError } from '../../lock/lock.js';
import { formatLockInfo, type LockInfo, parseLockInfo } from '../../lock/lock-info.js';
import { abortable, type ConnectedDynamodb, failure } from '../aws/clients.js';
import { mayHaveTakenEffect } from '../aws/resending.js';

type Item = Record<string, AttributeValue>;

const ABSENT = 'attribute_not_exists(LockID)';
/** The record's text holds a UUID, so equal text is the same record. */
const UNCHANGED = { ConditionExpression: 'Info = :version' } as const;
const RETURN_REFUSER = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * Terraform's lock in DynamoDB: an item whose `Info` is the lock info, with our `Holder` beside it.
 *
 * @param path `LockID` of the item: `<bucket>/<state path>`.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking
 */
export function dynamodbLock(dynamodb: ConnectedDynamodb, table: string, path: string): Lock {
  const { client } = dynamodb;
  const failed = (error: unknown, action: string, signal?: AbortSignal) =>
    failure(error, { service: 'DynamoDB', action: `dynamodb:${action}`, container: table }, dynamodb, signal);

  async function read(signal?: AbortSignal): Promise<HeldLock | undefined> {
    try {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { LockID: { S: path } }, ConsistentRead: true }),
        abortable(signal),
      );
      return Item && heldFrom(Item);
    } catch (error) {
      const translated = failed(error, 'GetItem', signal);
      if (isNoPlaceForLocks(translated)) return undefined;
      throw translated;
    }
  }

  /** Who refused a conditional write: in the answer itself where the service gives it, else by a consistent read. */
  async function refuser(error: ConditionalCheckFailedException, signal?: AbortSignal) {
    return error.Item && Object.keys(error.Item).length > 0 ? heldFrom(error.Item) : read(signal);
  }

  return {
    path,
    read,

    async tryAcquire(info, holder, signal): Promise<Attempt> {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: itemFrom(path, info, holder),
            ConditionExpression: ABSENT,
            ...RETURN_REFUSER,
          }),
          abortable(signal),
        );
        return { acquired: true, held: heldFrom(itemFrom(path, info, holder)) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw failed(error, 'PutItem', signal);
        const by = await refuser(error, signal);
        // Our own record refuses us when the first answer was lost and the SDK sent the request again.
        if (by?.info?.ID === info.ID) return { acquired: true, held: by };
        return { acquired: false, by };
      }
    },

    async replace(held, info, holder, signal): Promise<HeldLock> {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: itemFrom(path, info, holder),
            ...UNCHANGED,
            ExpressionAttributeValues: { ':version': { S: held.version } },
            ...RETURN_REFUSER,
          }),
          abortable(signal),
        );
        return heldFrom(itemFrom(path, info, holder));
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw failed(error, 'PutItem', signal);
        const by = await refuser(error, signal);
        if (by?.info?.ID === info.ID) return by;
        throw new LockLostError(path, by);
      }
    },

    async remove(held, signal): Promise<void> {
      try {
        await client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: { LockID: { S: path } },
            ...UNCHANGED,
            ExpressionAttributeValues: { ':version': { S: held.version } },
            ...RETURN_REFUSER,
          }),
          abortable(signal),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw failed(error, 'DeleteItem', signal);
        const by = await refuser(error, signal);
        // An earlier attempt got no answer: it took the lock away, and somebody else may have it by now.
        if (by?.version !== held.version && mayHaveTakenEffect(error)) return;
        throw new LockLostError(path, by);
      }
    },
  };
}

function itemFrom(path: string, info: LockInfo, holder: Holder): Item {
  return {
    LockID: { S: path },
    Info: { S: formatLockInfo(info) },
    Holder: { S: formatHolder(holder) },
  };
}

function heldFrom(item: Item): HeldLock {
  const text = item['Info']?.S ?? '';
  const info = parseLockInfo(text);
  const holder = parseHolder(item['Holder']?.S);
  return { version: text, info, holder };
}
