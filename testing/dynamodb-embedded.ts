import dynalite from 'dynalite';
import { type Listening, listen } from './http-server.js';
import { type DynamodbView, type StringItem, viewDynamodb } from './server-view.js';

export interface EmbeddedDynamodb extends Listening, Pick<DynamodbView, 'createTable' | 'scan'> {
  /** Unconditional and strongly consistent: to set a scene and to look at its end. */
  putItem(table: string, item: StringItem): Promise<void>;
  getItem(table: string, key: LockKey): Promise<StringItem | undefined>;
  deleteItem(table: string, key: LockKey): Promise<void>;
}

interface LockKey {
  readonly LockID: string;
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
  const view = viewDynamodb(endpoint);
  return {
    endpoint,
    close: () => {
      view.close();
      return close();
    },
    createTable: view.createTable,
    scan: view.scan,
    putItem: view.put,
    getItem: (table, { LockID }) => view.get(table, LockID),
    deleteItem: (table, { LockID }) => view.delete(table, LockID),
  };
}
