import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isNoPlaceForLocks } from '../../job/backend-error.js';
import { formatHolder, parseHolder } from '../../lock/holder-record.js';
import { type HeldLock, type Lock, LockLostError, type LockRecord } from '../../lock/lock.js';
import { formatLockInfo, isSameInfo, parseLockInfo } from '../../lock/lock-info.js';
import { releaseById } from '../../lock/release.js';
import type { ConnectedDynamodb } from '../aws/clients.js';
import { lookAfter, mayHaveTakenEffect } from '../aws/resending.js';
import { send } from '../aws/send.js';

type Item = Record<string, AttributeValue>;

const ABSENT = { ConditionExpression: 'attribute_not_exists(LockID)' } as const;
const RETURN_REFUSER = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/** The record's text holds a UUID, so equal text is the same record. */
const unchanged = ({ version }: HeldLock) => ({
  ConditionExpression: 'Info = :version',
  ExpressionAttributeValues: { ':version': { S: version } },
});

/**
 * Terraform's lock in DynamoDB: an item whose `Info` is the lock info, with our `Holder` beside it.
 *
 * @param path `LockID` of the item: `<bucket>/<state path>`.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking
 */
export function dynamodbLock(dynamodb: ConnectedDynamodb, table: string, path: string): Lock {
  const address = { TableName: table, Key: { LockID: { S: path } } };

  async function read(signal?: AbortSignal): Promise<HeldLock | undefined> {
    try {
      const asked = { action: 'dynamodb:GetItem', container: table, signal };
      const { Item } = await send(dynamodb, asked, (client, options) =>
        client.send(new GetItemCommand({ ...address, ConsistentRead: true }), options),
      );
      return Item && heldFrom(Item);
    } catch (error) {
      if (isNoPlaceForLocks(error) && !dynamodb.connection.identity.isAnother?.()) return undefined;
      throw error;
    }
  }

  /** Writes the record on a condition. */
  async function put(
    record: LockRecord,
    condition: object,
    signal?: AbortSignal,
  ): Promise<HeldLock | ConditionalCheckFailedException> {
    const Item = itemFrom(path, record);
    const command = new PutItemCommand({ TableName: table, Item, ...condition, ...RETURN_REFUSER });
    const asked = { action: 'dynamodb:PutItem', container: table, signal, expected: refusal };
    const answer = await send(dynamodb, asked, (client, options) => client.send(command, options));
    return isRefusal(answer) ? answer : heldFrom(Item);
  }

  /** Who refused a conditional write: in the answer itself where the service gives it, else by a consistent read. */
  async function refuser(
    { Item = {} }: ConditionalCheckFailedException,
    signal?: AbortSignal,
  ): Promise<HeldLock | undefined> {
    return Object.keys(Item).length > 0 ? heldFrom(Item) : read(signal);
  }

  async function remove(held: HeldLock, signal?: AbortSignal): Promise<void> {
    const command = new DeleteItemCommand({ ...address, ...unchanged(held), ...RETURN_REFUSER });
    const asked = { action: 'dynamodb:DeleteItem', container: table, signal, expected: refusal };
    const answer = await send(dynamodb, asked, (client, options) => client.send(command, options));
    if (!isRefusal(answer)) return;
    const mayBeDone = mayHaveTakenEffect(answer);
    const by = await lookAfter(mayBeDone, () => refuser(answer, signal));
    // Taken away by an attempt without an answer.
    if (mayBeDone && by?.version !== held.version) return;
    throw new LockLostError(path, by);
  }

  return {
    path,
    read,
    remove,

    async tryAcquire(record, signal) {
      const written = await put(record, ABSENT, signal);
      if (!isRefusal(written)) return { acquired: true, held: written };
      const by = await refuser(written, signal);
      // Refused by our own record, which an attempt without an answer has written.
      if (by?.info?.ID === record.info.ID) return { acquired: true, held: by };
      return { acquired: false, by };
    },

    async replace(held, record, signal) {
      const written = await put(record, unchanged(held), signal);
      if (!isRefusal(written)) return written;
      const by = await refuser(written, signal);
      if (by && isSameInfo(by.info, record.info)) return by;
      throw new LockLostError(path, by);
    },

    free: (id, signal) => releaseById({ read, remove }, id, signal),
  };
}

/** The condition of a write does not hold: another record is there, or none. */
function isRefusal(answer: unknown): answer is ConditionalCheckFailedException {
  return answer instanceof ConditionalCheckFailedException;
}

const refusal = (error: unknown) => (isRefusal(error) ? error : undefined);

function itemFrom(path: string, { info, holder }: LockRecord): Item {
  return {
    LockID: { S: path },
    Info: { S: formatLockInfo(info) },
    ...(holder && { Holder: { S: formatHolder(holder) } }),
  };
}

function heldFrom(item: Item): HeldLock {
  const text = item['Info']?.S ?? '';
  return { version: text, info: parseLockInfo(text), holder: parseHolder(item['Holder']?.S) };
}
