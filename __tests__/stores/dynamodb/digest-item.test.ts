import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { connectDynamodb } from '../../../src/stores/aws/clients.js';
import { dynamodbDigestReader } from '../../../src/stores/dynamodb/digest-item.js';
import { testIdentity } from '../../../testing/connections.js';
import { REACH } from '../../../testing/test-data.js';

const ID = 'states/network/terraform.tfstate-md5';

const dynamodb = await connectDynamodb({
  region: 'eu-central-1',
  maxAttempts: 1,
  identity: testIdentity,
  reach: REACH,
});
const mock = mockClient(dynamodb.client);
const digest = dynamodbDigestReader(dynamodb, 'locks', ID);

beforeEach(() => {
  mock.reset();
});

test('the digest is read consistently: Terraform may have written it a moment ago', async () => {
  mock.on(GetItemCommand).resolves({ Item: { LockID: { S: ID }, Digest: { S: 'c0f45e34' } } });
  expect(await digest()).toBe('c0f45e34');
  expect(mock.commandCalls(GetItemCommand).map(({ args: [command] }) => command.input)).toEqual([
    { TableName: 'locks', Key: { LockID: { S: ID } }, ConsistentRead: true },
  ]);
});

test.each([
  ['no item', {}],
  ['an item without a digest', { Item: { LockID: { S: ID } } }],
  ['a digest that is no text', { Item: { Digest: { N: '5' } } }],
])('%s is no digest', async (_, answer) => {
  mock.on(GetItemCommand).resolves(answer);
  expect(await digest()).toBeUndefined();
});

test('a refusal names the permission', async () => {
  mock.on(GetItemCommand).rejects(Object.assign(new Error('No.'), { name: 'AccessDeniedException' }));
  await expect(digest()).rejects.toHaveProperty('problem', {
    kind: 'access-denied',
    action: 'dynamodb:GetItem',
    resource: 'arn:aws:dynamodb:eu-central-1:*:table/locks',
    detail: 'No.',
  });
});

test('an abort is passed on', async () => {
  const reason = new Error('The job was cancelled.');
  mock.on(GetItemCommand).rejects(Object.assign(new Error('aborted'), { name: 'AbortError' }));
  await expect(digest(AbortSignal.abort(reason))).rejects.toBe(reason);
});
