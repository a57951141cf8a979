import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { formatHolder } from '../../../src/lock/holder-record.js';
import { LockLostError } from '../../../src/lock/lock.js';
import { formatLockInfo } from '../../../src/lock/lock-info.js';
import { connectDynamodb } from '../../../src/stores/aws/clients.js';
import { dynamodbLock } from '../../../src/stores/dynamodb/lock-item.js';
import { testIdentity } from '../../../testing/connections.js';
import {
  LOCK_PATH,
  lockHolder,
  lockInfo,
  lockRecord,
  REACH,
  theirInfo,
  theirLock,
} from '../../../testing/test-data.js';

const OURS = lockInfo();
const THEIRS = theirInfo();
const HOLDER = lockHolder();
const KEY = { LockID: { S: LOCK_PATH } };
const OUR_ITEM = {
  ...KEY,
  Info: { S: formatLockInfo(OURS) },
  Holder: { S: formatHolder(HOLDER) },
};
const THEIR_ITEM = { ...KEY, Info: { S: formatLockInfo(THEIRS) } };
const HELD = { info: OURS, holder: HOLDER, version: formatLockInfo(OURS) };

const dynamodb = await connectDynamodb({
  region: 'eu-central-1',
  maxAttempts: 1,
  identity: testIdentity,
  reach: REACH,
});
const mock = mockClient(dynamodb.client);
const lock = dynamodbLock(dynamodb, 'locks', LOCK_PATH);

beforeEach(() => {
  mock.reset();
});

/** The refusal as the service gives it; some servers leave the item out, or leave it empty. */
function refusal(item?: Record<string, AttributeValue>, attempts = 1): ConditionalCheckFailedException {
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: { httpStatusCode: 400, attempts },
    ...(item && { Item: item }),
  });
}

/** The inputs of the requests that were sent, in order. */
const sent = () => mock.calls().map(({ args: [command] }) => command.input as unknown);

describe('the requests', () => {
  test('taking it: a put of Terraform’s item, on condition that there is none', async () => {
    mock.on(PutItemCommand).resolves({});
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: true, held: HELD });
    expect(sent()).toEqual([
      {
        TableName: 'locks',
        Item: OUR_ITEM,
        ConditionExpression: 'attribute_not_exists(LockID)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    ]);
  });

  test('looking at it: a consistent read', async () => {
    mock.on(GetItemCommand).resolves({ Item: OUR_ITEM });
    expect(await lock.read()).toEqual(HELD);
    expect(sent()).toEqual([{ TableName: 'locks', Key: KEY, ConsistentRead: true }]);
  });

  test('replacing it: a put, on condition that the text is the one that was read', async () => {
    mock.on(PutItemCommand).resolves({});
    expect(
      await lock.replace({ ...lockRecord(), version: 'read before' }, { info: OURS, holder: HOLDER }),
    ).toEqual(HELD);
    expect(sent()).toEqual([
      {
        TableName: 'locks',
        Item: OUR_ITEM,
        ConditionExpression: 'Info = :version',
        ExpressionAttributeValues: { ':version': { S: 'read before' } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    ]);
  });

  test('removing it: a delete, on the same condition', async () => {
    mock.on(DeleteItemCommand).resolves({});
    await lock.remove(HELD);
    expect(sent()).toEqual([
      {
        TableName: 'locks',
        Key: KEY,
        ConditionExpression: 'Info = :version',
        ExpressionAttributeValues: { ':version': { S: HELD.version } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    ]);
  });
});

describe('a refused put', () => {
  test('names the holder from the refusal itself, without another request', async () => {
    mock.on(PutItemCommand).rejects(refusal(THEIR_ITEM));
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({
      acquired: false,
      by: theirLock(),
    });
    expect(sent()).toHaveLength(1);
  });

  test.each<[string, Record<string, AttributeValue> | undefined]>([
    ['has no item', undefined],
    ['has an empty item', {}],
  ])('that %s is followed by a consistent read', async (_, item) => {
    mock.on(PutItemCommand).rejects(refusal(item)).on(GetItemCommand).resolves({ Item: THEIR_ITEM });
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({
      acquired: false,
      by: theirLock(),
    });
    expect(sent().at(-1)).toEqual({ TableName: 'locks', Key: KEY, ConsistentRead: true });
  });

  test('whose item is gone when it is read is a lost race', async () => {
    mock.on(PutItemCommand).rejects(refusal()).on(GetItemCommand).resolves({});
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: false });
  });

  test('by our own record means that the lock is ours: the SDK had sent the request twice', async () => {
    mock.on(PutItemCommand).rejects(refusal(OUR_ITEM, 2));
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({ acquired: true, held: HELD });
  });

  test('by an item without Info is by nobody whom we can name', async () => {
    mock.on(PutItemCommand).rejects(refusal(KEY));
    expect(await lock.tryAcquire({ info: OURS, holder: HOLDER })).toEqual({
      acquired: false,
      by: { version: '' },
    });
  });

  test('is a lost lock to whoever wanted to replace it', async () => {
    mock.on(PutItemCommand).rejects(refusal(THEIR_ITEM));
    const replacing = lock.replace(HELD, { info: lockInfo({ ID: 'next' }), holder: HOLDER });
    await expect(replacing).rejects.toMatchObject({ name: 'LockLostError', by: theirLock() });
  });

  test('is a replacement if what refuses is the new record', async () => {
    mock.on(PutItemCommand).rejects(refusal(OUR_ITEM, 2));
    expect(await lock.replace({ ...lockRecord(), ...theirLock() }, { info: OURS, holder: HOLDER })).toEqual(
      HELD,
    );
  });
});

describe('a refused delete', () => {
  test('of a lock that somebody else has is a lost lock', async () => {
    mock.on(DeleteItemCommand).rejects(refusal(THEIR_ITEM));
    const removing = lock.remove(HELD);
    await expect(removing).rejects.toBeInstanceOf(LockLostError);
    await expect(removing).rejects.toHaveProperty('by', theirLock());
  });

  test('of an item that is gone is a lost lock, to nobody', async () => {
    mock.on(DeleteItemCommand).rejects(refusal()).on(GetItemCommand).resolves({});
    await expect(lock.remove(HELD)).rejects.toMatchObject({ name: 'LockLostError', by: undefined });
  });

  test('while our record is still there, after an attempt without an answer, released nothing', async () => {
    const refused = refusal(undefined, 2);
    Object.assign(refused.$metadata, { unanswered: true });
    mock.on(DeleteItemCommand).rejects(refused).on(GetItemCommand).resolves({ Item: OUR_ITEM });
    await expect(lock.remove(HELD)).rejects.toMatchObject({ name: 'LockLostError', by: HELD });
  });

  test('counts for more than the SDK’s second attempt, if the first one was answered', async () => {
    mock.on(DeleteItemCommand).rejects(refusal(THEIR_ITEM, 2));
    await expect(lock.remove(HELD)).rejects.toHaveProperty('by', theirLock());
  });
});

describe('any other answer is an error that says what was asked for', () => {
  const noTable = new ResourceNotFoundException({
    message: 'Requested resource not found',
    $metadata: { httpStatusCode: 400 },
  });
  const denied = Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException' });

  test.each([
    ['tryAcquire', () => lock.tryAcquire({ info: OURS, holder: HOLDER }), 'dynamodb:PutItem'],
    ['read', () => lock.read(), 'dynamodb:GetItem'],
    ['replace', () => lock.replace(HELD, { info: OURS, holder: HOLDER }), 'dynamodb:PutItem'],
    ['remove', () => lock.remove(HELD), 'dynamodb:DeleteItem'],
  ])('%s', async (_, call, action) => {
    mock.onAnyCommand().rejects(denied);
    await expect(call()).rejects.toHaveProperty('problem', {
      kind: 'access-denied',
      action,
      resource: 'arn:aws:dynamodb:eu-central-1:*:table/locks',
      detail: 'User is not authorized',
    });
    if (action === 'dynamodb:GetItem') return;
    mock.onAnyCommand().rejects(noTable);
    await expect(call()).rejects.toHaveProperty('problem.kind', 'no-such-table');
  });

  test('a table that does not exist holds no lock', async () => {
    mock.on(GetItemCommand).rejects(noTable);
    await expect(lock.read()).resolves.toBeUndefined();
  });

  test('also when it is the look at the holder that fails: it needs a permission of its own', async () => {
    mock.on(PutItemCommand).rejects(refusal()).on(GetItemCommand).rejects(denied);
    await expect(lock.tryAcquire({ info: OURS, holder: HOLDER })).rejects.toHaveProperty(
      'problem.action',
      'dynamodb:GetItem',
    );
  });
});
