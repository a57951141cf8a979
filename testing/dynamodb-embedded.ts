import {
  type AttributeValue,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type Listening, listen } from './http-server.js';

/** An item whose attributes are all strings, as those of a lock are. */
export type StringItem = Readonly<Record<string, string>>;

export interface EmbeddedDynamodb extends Listening {
  /** A table with one key of type string, `LockID` unless named. */
  createTable(name: string, options?: { hashKey?: string }): Promise<void>;

  /** Unconditional and strongly consistent: to set a scene and to look at its end. */
  putItem(table: string, item: StringItem): Promise<void>;
  getItem(table: string, key: StringItem): Promise<StringItem | undefined>;
  deleteItem(table: string, key: StringItem): Promise<void>;
  scan(table: string): Promise<StringItem[]>;
}

/**
 * DynamoDB in this process, on a free port of the loopback interface. Any credentials are taken. It does not know
 * `ReturnValuesOnConditionCheckFailure`, transactions and time to live.
 */
export async function startDynamodb(): Promise<EmbeddedDynamodb> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // dynalite throws when a client goes away in the middle of a request, which would end the test process.
  server.on('request', (request) => request.removeAllListeners('error').on('error', () => {}));
  const { endpoint, close } = await listen(server);
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  return {
    endpoint,
    close: () => {
      client.destroy();
      return close();
    },
    createTable: async (TableName, { hashKey = 'LockID' } = {}) => {
      await client.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: hashKey, KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: hashKey, AttributeType: 'S' }],
        }),
      );
    },
    putItem: async (TableName, item) => {
      await client.send(new PutItemCommand({ TableName, Item: toAttributes(item) }));
    },
    getItem: async (TableName, key) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName, Key: toAttributes(key), ConsistentRead: true }),
      );
      return Item && fromAttributes(Item);
    },
    deleteItem: async (TableName, key) => {
      await client.send(new DeleteItemCommand({ TableName, Key: toAttributes(key) }));
    },
    scan: async (TableName) => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
      return Items.map(fromAttributes);
    },
  };
}

function toAttributes(item: StringItem): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, { S: value }]));
}

/** Attributes that are not strings are shown as JSON. */
function fromAttributes(item: Record<string, AttributeValue>): StringItem {
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, value.S ?? JSON.stringify(value)]),
  );
}
