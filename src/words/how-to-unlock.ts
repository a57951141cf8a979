import type { Backend, LockKind, Places } from '../config/settings.js';
import type { Block } from '../job/blocks.js';
import type { HeldLock, LockParts } from '../lock/lock.js';
import { type LockPlace, lockPlace } from '../names/lock-place.js';
import { linked } from './linked-text.js';

/** In UTF-16 code units. */
const LONGEST_MESSAGE = 4_000;

/** These are pasted into a shell, and come from outside. */
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;
const SAFE_ETAG = /^"?[A-Za-z0-9-]{1,64}"?$/;

/** A record to free. Its version is unknown while a lock is being asked for. */
type Freeable = Pick<HeldLock, 'info'> & Partial<HeldLock>;
type Where = Pick<Places, 'backend' | 'locking'>;

/**
 * How to free a lock, for a person who knows that its holder is gone, to end a sentence with: "free it with …".
 *
 * Terraform knows only its own lock, and frees that of the workspace it is in. A lock of scope `pipeline` is freed with
 * the AWS CLI, and so is half a lock of two records, which Terraform frees with an error.
 */
export function unlockCommand(where: Where, held: Freeable): string {
  const commands = unlockCommands(where, held);
  if (commands.length > 0) return commands.map((command) => `\`${command}\``).join(' and ');
  const { path } = lockPlace(where.backend, where.locking.scope.kind);
  return `the S3 or DynamoDB console, where its record is ${path}`;
}

/**
 * What a failure tells in a summary, where its commands have a block of their own, to be copied; undefined where there
 * are none.
 *
 * @param tell The failure's message, given what to free the lock with.
 */
export function withCommandsBelow(
  tell: (how: string) => string,
  commands: readonly string[],
): readonly Block[] | undefined {
  if (commands.length === 0) return undefined;
  return [
    {
      kind: 'paragraph',
      text: linked(tell(commands.length > 1 ? 'these commands' : 'this command'), LONGEST_MESSAGE),
    },
    { kind: 'code', language: 'sh', lines: commands },
  ];
}

/** The exact commands that free it, one for each of its records; none where its ID may be more than a word to a shell. */
export function unlockCommands(
  { backend, locking: { lock, scope } }: Where,
  held: Freeable,
): readonly string[] {
  const place = lockPlace(backend, scope.kind);
  const id = held.info?.ID ?? '';
  if (!SAFE_ID.test(id)) return [];
  const stored = storedOf(lock, held.parts);
  if (scope.kind === 'state' && stored.kind === lock.kind) {
    const inWorkspace = backend.workspace === 'default' ? '' : `TF_WORKSPACE='${backend.workspace}' `;
    return [`${inWorkspace}terraform force-unlock -force ${id}`];
  }
  const etag = held.parts ? held.parts.lockfile?.version : held.version;
  return awsCommands(stored, backend, { place, id, etag });
}

/** What of a lock is there: of two records, one may be missing. */
export function storedOf(lock: LockKind, { lockfile, item }: LockParts = {}): LockKind {
  if (lock.kind !== 'both' || (lockfile === undefined) === (item === undefined)) return lock;
  return lockfile ? { kind: 'lockfile' } : { kind: 'dynamodb', table: lock.table };
}

interface Target {
  readonly place: LockPlace;
  readonly id: string;
  /** Of the lockfile, where it is known. */
  readonly etag?: string;
}

function awsCommands(lock: LockKind, backend: Backend, target: Target): string[] {
  switch (lock.kind) {
    case 'none':
      return [];
    case 'lockfile':
      return [deleteObject(backend, target)];
    case 'dynamodb':
      return [deleteItem(lock.table, backend, target)];
    case 'both':
      return [deleteObject(backend, target), deleteItem(lock.table, backend, target)];
  }
}

function deleteObject({ region, s3Endpoint }: Backend, { place, etag = '' }: Target): string {
  return (
    `aws s3api delete-object --bucket ${quoted(place.bucket)} --key ${quoted(place.lockfileKey)}` +
    `${SAFE_ETAG.test(etag) ? ` --if-match ${quoted(etag)}` : ''}${at(region, s3Endpoint)}`
  );
}

function deleteItem(table: string, { region, dynamodbEndpoint }: Backend, { place, id }: Target): string {
  return (
    `aws dynamodb delete-item --table-name ${quoted(table)} ` +
    `--key ${quoted(JSON.stringify({ LockID: { S: place.path } }))} --condition-expression 'contains(Info, :id)' ` +
    `--expression-attribute-values '{":id":{"S":"${id}"}}'${at(region, dynamodbEndpoint)}`
  );
}

const at = (region: string, endpoint: string | undefined) =>
  ` --region ${region}${endpoint ? ` --endpoint-url ${quoted(endpoint)}` : ''}`;

/** One word for a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
