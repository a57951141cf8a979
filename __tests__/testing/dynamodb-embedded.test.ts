import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EmbeddedDynamodb, startDynamodb } from '../../testing/dynamodb-embedded.js';

describe('the embedded DynamoDB', () => {
  let dynamodb: EmbeddedDynamodb;
  let client: DynamoDBClient;

  beforeAll(async () => {
    dynamodb = await startDynamodb();
    await dynamodb.createTable('locks');
    client = new DynamoDBClient({
      endpoint: dynamodb.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });

  afterAll(async () => {
    client.destroy();
    await dynamodb.close();
  });

  test('shows to one side what the other side wrote', async () => {
    await dynamodb.putItem('locks', { LockID: 'state/a', Info: '{}' });
    expect(await dynamodb.getItem('locks', { LockID: 'state/a' })).toEqual({ LockID: 'state/a', Info: '{}' });
    expect(await dynamodb.scan('locks')).toHaveLength(1);

    await dynamodb.deleteItem('locks', { LockID: 'state/a' });
    expect(await dynamodb.getItem('locks', { LockID: 'state/a' })).toBeUndefined();
  });

  test('lets one of many conditional writes win', async () => {
    const writes = Array.from({ length: 20 }, (_, racer) =>
      client.send(
        new PutItemCommand({
          TableName: 'locks',
          Item: { LockID: { S: 'state/race' }, Info: { S: String(racer) } },
          ConditionExpression: 'attribute_not_exists(LockID)',
        }),
      ),
    );
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toBeInstanceOf(ConditionalCheckFailedException);
    }
  });

  test('knows tables whose key has another name', async () => {
    await dynamodb.createTable('other', { hashKey: 'Id' });
    await dynamodb.putItem('other', { Id: 'one' });
    expect(await dynamodb.scan('other')).toEqual([{ Id: 'one' }]);
  });
});
