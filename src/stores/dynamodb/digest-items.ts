import { type AttributeValue, BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { BackendError } from '../../job/backend-error.js';
import type { Clock } from '../../job/clock.js';
import type { ConnectedDynamodb } from '../aws/clients.js';
import { send } from '../aws/send.js';

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const MOST_DIGESTS = 100;

/** What DynamoDB has not looked up, for it was throttled, is asked for again after these pauses. */
const PAUSES_MS = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000];

/**
 * Reads many of the digests that Terraform keeps beside its locks, with one request.
 *
 * @param ids The digest items' `LockID`s, all different, {@link MOST_DIGESTS} at most.
 * @returns The digests that there are, by their `LockID`s.
 * @throws BackendError also where it stays throttled
 */
export async function readDigests(
  dynamodb: ConnectedDynamodb,
  { table, ids, clock }: DigestItems,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const asked = { action: 'dynamodb:BatchGetItem', container: table, signal };
  const digests = new Map<string, string>();
  let keys: Record<string, AttributeValue>[] = ids.map((id) => ({ LockID: { S: id } }));
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    const command = new BatchGetItemCommand({
      RequestItems: { [table]: { Keys: keys, ConsistentRead: true } },
    });
    const answer = await send(dynamodb, asked, (client, options) => client.send(command, options));
    for (const { LockID, Digest } of Object.values(answer.Responses ?? {}).flat()) {
      if (LockID?.S !== undefined && Digest?.S !== undefined) digests.set(LockID.S, Digest.S);
    }
    keys = Object.values(answer.UnprocessedKeys ?? {}).flatMap(({ Keys = [] }) => Keys);
    if (keys.length === 0) return digests;
    if (pauseMs !== undefined) await clock.sleep(pauseMs, signal);
  }
  const attempts = PAUSES_MS.length + 1;
  const detail = `it left ${keys.length} items out each time`;
  throw new BackendError({ kind: 'throttled', action: asked.action, attempts, detail });
}

export interface DigestItems {
  readonly table: string;
  readonly ids: readonly string[];
  readonly clock: Clock;
}
